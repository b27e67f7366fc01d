/** The packages that users install, and how they become the tarballs that a registry would hand out. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const ROOT = resolve(import.meta.dirname, '../../..');

/** What people import. Each has an API report. */
export const PUBLISHED = [
  'protocol',
  'client',
  'registry',
  'config',
  'lock',
  'sdk',
  'nestjs',
  'testing',
] as const;

export type Published = (typeof PUBLISHED)[number];

/** What a member in a test needs besides. */
const SERVER_SIDE = [
  'packages/raft',
  'packages/kv',
  'packages/grpc-server',
  'packages/storage',
  'apps/server',
];

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

export const directoryOf = (name: Published): string => join(ROOT, 'packages', name);

export const manifestOf = (name: Published): Manifest =>
  JSON.parse(readFileSync(join(directoryOf(name), 'package.json'), 'utf8')) as Manifest;

/** Compiles what has changed since the last time: JavaScript and declarations, for all packages. */
export async function build(
  projects: readonly string[] = PUBLISHED.map(directoryOf),
): Promise<void> {
  const node = process.execPath;
  await run(node, [join(ROOT, 'node_modules/.bin/tsc'), '--build', ...projects], { cwd: ROOT });
  await run(node, ['--conditions=@concord/source', join(ROOT, 'bin/build.ts'), '--quiet'], {
    cwd: ROOT,
  });
}

/** Packs everything into `directory`. Answers the tarballs by the names of the packages. */
export async function packAll(directory: string): Promise<ReadonlyMap<string, string>> {
  const folders = [...PUBLISHED.map((name) => `packages/${name}`), ...SERVER_SIDE];
  const workspaces = folders.flatMap((folder) => ['-w', folder]);
  const { stdout } = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', directory, ...workspaces],
    { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 },
  );
  // npm 11 answers a list, later ones an object by name.
  const packed = Object.values(
    JSON.parse(stdout) as Record<string, { name: string; filename: string }>,
  );
  return new Map(packed.map(({ name, filename }) => [name, join(directory, filename)]));
}
