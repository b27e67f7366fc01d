/** Goal: the site can be built, its links lead somewhere, and what it names is there. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const pages = globSync('docs/**/*.md', { cwd: root, exclude: ['docs/node_modules/**'] });

test('the site is built, without a link that leads nowhere', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'concord-site-'));
  try {
    const builder = join(root, 'node_modules/vitepress/bin/vitepress.js');
    const flags = ['build', join(root, 'docs'), '--outDir', directory];
    await promisify(execFile)(process.execPath, [builder, ...flags]);
    for (const page of ['index', 'operations', 'sdk/registry', 'zh/guides/start']) {
      assert.ok(existsSync(join(directory, `${page}.html`)), page);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test('every script that a page names is one of package.json', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const named = pages.flatMap((page) =>
    [...readFileSync(join(root, page), 'utf8').matchAll(/npm run ([a-z:]+)/g)].map(
      ([, script = '']) => ({ page, script }),
    ),
  );
  assert.ok(named.length > 0, 'pages name scripts');
  assert.deepEqual(
    named.filter(({ script }) => !(script in scripts)),
    [],
  );
});
