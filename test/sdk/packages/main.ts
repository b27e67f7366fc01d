/**
 * The packages in all surroundings that we promise: ESM and CommonJS projects on Node 22 and 24, and the test runners that
 * people use, `@concord/testing` in their tests. `npm test` has the short form of it, `install.test.ts`.
 *
 * Usage: node test/sdk/packages/main.ts      takes some minutes and a registry
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, packAll } from './published.ts';
import { UserProject, type Outcome } from './user-project.ts';

/** As packages that carry the binary, like the one that this repository runs on. */
const NODES: Readonly<Record<string, string>> = { 'Node 22': '22', 'Node 24': '24' };
const RUNNERS = { vitest: '^5', jest: '^30' };
/** The majors that `@concord/nestjs` is for. */
const NESTS = ['11', '12'];
const PLATFORM_PACKAGE = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

let failures = 0;
function judge(what: string, { status, stdout, stderr }: Outcome): void {
  if (status !== 0) failures += 1;
  console.log(`${status === 0 ? '✔' : '✖'} ${what}: ${stdout.trim().split('\n').at(-1) ?? ''}`);
  if (status !== 0) console.log(`${stdout}\n${stderr}`);
}

await build();
const directory = await mkdtemp(join(tmpdir(), 'concord-matrix-'));
try {
  const tarballs = await packAll(directory);
  for (const [node, version] of Object.entries(NODES)) {
    for (const [type, program] of [
      ['module', 'main.mjs'],
      ['commonjs', 'main.cjs'],
    ] as const) {
      const folder = join(directory, `${type}-${version}`);
      const project = await UserProject.create(folder, type, tarballs, {
        [PLATFORM_PACKAGE]: version,
      });
      const binary = join(folder, 'node_modules', PLATFORM_PACKAGE, 'bin', 'node');
      const { stdout } = await project.run(binary, ['--version']);
      judge(`${stdout.trim()}, ${type}`, await project.run(binary, [program]));
      if (node === 'Node 22' || type === 'commonjs') continue;
      judge('node:test', await project.run(binary, ['--test', 'story.node.mjs']));
    }
  }
  for (const major of NESTS) {
    const peers = ['common', 'core', 'microservices', 'platform-express'].map(
      (name) => [`@nestjs/${name}`, `^${major}`] as const,
    );
    const project = await UserProject.create(join(directory, `nest-${major}`), 'module', tarballs, {
      ...Object.fromEntries(peers),
      'reflect-metadata': '^0.2.0',
      rxjs: '^7.8.0',
    });
    judge(`Nest ${major}`, await project.run(process.execPath, ['nest.mjs']));
  }
  const project = await UserProject.create(join(directory, 'runners'), 'module', tarballs, RUNNERS);
  const node = process.execPath;
  judge(
    'vitest',
    await project.run(node, [project.bin('vitest'), 'run', 'vitest.test.mjs', '--dir', '.']),
  );
  judge(
    'jest',
    await project.run(node, [
      ...['--experimental-vm-modules', project.bin('jest'), '--rootDir', '.'],
      ...[
        '--testMatch',
        '**/story.jest.mjs',
        '--transform',
        '{}',
        '--moduleFileExtensions',
        'mjs',
        'js',
        'json',
        'node',
      ],
    ]),
  );
} finally {
  await rm(directory, { recursive: true, force: true });
}
process.exitCode = failures === 0 ? 0 : 1;
