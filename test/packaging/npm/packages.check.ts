/**
 * Goal: every package that is not private is ready to be published: it holds what it needs and nothing else, and finds what
 * it asks for. Method: `npm pack --dry-run` of all of them. The SDK's packages are installed, too: test/sdk/packages.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { ROOT, build } from '../../sdk/packages/published.ts';

const run = promisify(execFile);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly license?: string;
  readonly engines?: { readonly node?: string };
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const manifests = new Map(
  globSync(['packages/*/package.json', 'apps/*/package.json'], { cwd: ROOT }).map((file) => [
    file.slice(0, -'/package.json'.length),
    JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Manifest,
  ]),
);
const published = [...manifests].filter(([, manifest]) => manifest.private !== true);
const versions = new Map(published.map(([, { name, version }]) => [name, version]));
const folders = new Map(published.map(([folder, { name }]) => [name, folder]));

/** What a package may hold. */
const WANTED = /^(?:package\.json|README\.md|LICENSE|[A-Z]+\.md|bin\/[\w-]+|dist\/.*|src\/.*)$/;
const UNWANTED =
  /\.test\.|\.fixture\.|\/harness\/|tsbuildinfo|(?:^|\/)\.|node_modules|\.db$|\.log$/;

describe('the packages', () => {
  const packed = new Map<string, readonly string[]>();

  before(async () => {
    await build(published.map(([folder]) => join(ROOT, folder)));
    const workspaces = published.flatMap(([folder]) => ['-w', folder]);
    const flags = ['pack', '--dry-run', '--json', '--ignore-scripts'];
    const { stdout } = await run('npm', [...flags, ...workspaces], {
      cwd: ROOT,
      maxBuffer: 64 * 1024 * 1024,
    });
    const answers = Object.values(
      JSON.parse(stdout) as Record<string, { name: string; files: { path: string }[] }>,
    );
    for (const { name, files } of answers)
      packed.set(
        name,
        files.map(({ path }) => path),
      );
  });

  for (const [folder, manifest] of published) {
    const { name } = manifest;
    const files = (): readonly string[] => packed.get(name) ?? [];

    test(`${name} holds what runs, its types, a README and the licence, and nothing else`, () => {
      for (const file of ['package.json', 'README.md', 'LICENSE'])
        assert.ok(files().includes(file), file);
      assert.ok(files().some((file) => file.startsWith('dist/') && file.endsWith('.js')));
      const strange = files().filter((file) => !WANTED.test(file) || UNWANTED.test(file));
      assert.deepEqual(strange, []);
    });

    test(`${name} finds in itself what it exports and runs`, () => {
      const targets = Object.values(manifest.exports ?? {}).flatMap((target) =>
        typeof target === 'string' ? [target] : publicTargets(target),
      );
      for (const target of [...targets, ...Object.values(manifest.bin ?? {})]) {
        assert.ok(files().includes(target.replace(/^\.\//, '')), target);
      }
      for (const program of Object.values(manifest.bin ?? {})) {
        assert.equal(statSync(join(ROOT, folder, program)).mode & 0o111, 0o111, program);
      }
    });

    test(`${name} asks for versions that are published with it, and runs nothing when it is installed`, () => {
      assert.equal(manifest.license, 'Apache-2.0');
      assert.match(manifest.engines?.node ?? '', /^>=22/);
      const scripts = Object.keys(manifest.scripts ?? {}).filter((script) =>
        /install|prepare|prepack/.test(script),
      );
      assert.deepEqual(scripts, []);
      const asked = { ...manifest.peerDependencies, ...manifest.dependencies };
      for (const [dependency, version] of Object.entries(asked)) {
        assert.doesNotMatch(version, /^(?:workspace|file|link):|\*/, dependency);
        if (dependency.startsWith('@concord/')) {
          assert.equal(
            version,
            versions.get(dependency),
            `${dependency}: the version of this repository`,
          );
        }
      }
    });

    test(`${name} asks for every package that it imports`, () => {
      const asked = new Set([
        name,
        ...Object.keys({ ...manifest.peerDependencies, ...manifest.dependencies }),
      ]);
      const missing = new Set<string>();
      for (const file of files().filter(
        (each) => /^dist\/.*\.js$/.test(each) && !each.includes('console/'),
      )) {
        for (const imported of importsOf(
          readFileSync(join(ROOT, folders.get(name)!, file), 'utf8'),
        )) {
          if (!isBuiltin(imported) && !asked.has(packageOf(imported)))
            missing.add(`${packageOf(imported)} in ${file}`);
        }
      }
      assert.deepEqual([...missing], []);
    });
  }
});

/** Our own condition is for this repository alone, and nobody who installs a package sets it. */
const publicTargets = (target: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(target).flatMap(([condition, path]) =>
    condition === '@concord/source' ? [] : [path],
  );

/** Statements at the beginnings of lines, as compilers write them. */
function importsOf(source: string): readonly string[] {
  return [
    ...source.matchAll(
      /^(?:import|export)\b[^'"\n;]*?from ["']([^."'/][^"'\n]*)["'];?$|^import ["']([^."'/][^"'\n]*)["'];?$/gm,
    ),
  ]
    .map(([, from, bare]) => from ?? bare ?? '')
    .filter((path) => path !== '');
}

const packageOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');
