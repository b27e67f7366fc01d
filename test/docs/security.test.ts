/** docs/security.md promises what tests prove: each that it names is there; and what it says of packages holds. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/security.md'), 'utf8');

test('every test that docs/security.md names exists', () => {
  const named = [...page.matchAll(/`([\w./-]+\.test\.ts)`/g)].map(([, path = '']) => path);
  assert.ok(named.length > 40, `${named.length} tests`);
  assert.deepEqual(
    named.filter((path) => !existsSync(join(root, path))),
    [],
  );
});

test('every section of docs/security.md names a test, or says why not', () => {
  const sections = page.split(/^## /m).slice(1);
  assert.ok(sections.length > 5);
  const bare = sections.filter((section) => !section.includes('.test.ts`'));
  assert.deepEqual(
    bare.map((section) => section.split('\n')[0]),
    ['What counts as a vulnerability', 'What is not there'],
  );
});

test('every version of a dependency is exact', () => {
  const manifests = globSync(
    ['package.json', '{packages,apps}/*/package.json', 'test/package.json'],
    {
      cwd: root,
    },
  );
  assert.ok(manifests.length > 5);
  for (const manifest of manifests) {
    const parsed = JSON.parse(readFileSync(join(root, manifest), 'utf8')) as Record<
      string,
      Record<string, string> | undefined
    >;
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
      const loose = Object.entries(parsed[kind] ?? {}).filter(
        ([name, version]) =>
          !name.startsWith('@concord/') && !/^\d+\.\d+\.\d+[\w.-]*$/.test(version),
      );
      assert.deepEqual(loose, [], manifest);
    }
  }
});
