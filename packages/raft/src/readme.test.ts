/**
 * Runs the example in the README, so that it cannot rot.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { mock, test } from 'node:test';

test('the example in the README applies what it proposes', async () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const source = example.replace("'@concord/raft'", `'${import.meta.resolve('./index.ts')}'`);
  const print = mock.method(console, 'log', () => undefined);
  await import(`data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(source))}`);
  const printed = print.mock.calls.map(({ arguments: line }) => line.join(' '));
  print.mock.restore();
  assert.deepEqual(printed, ['apply 1 ', 'apply 2 hello']);
});
