/** Files are read as they were written, or not at all. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { decodeSnapshot, encodeSnapshot, readSnapshot, writeSnapshot } from './snapshot-file.ts';

const saved = {
  service: 'orders',
  revision: 7,
  savedAt: 1000,
  instances: [{ id: 'a', value: { address: 'a', port: 1 }, createRevision: 2, modRevision: 3 }],
  overrides: [],
};
const other = { ...saved, service: 'payments', instances: [] };

const directory = await mkdtemp(join(tmpdir(), 'snapshot-'));
after(() => rm(directory, { recursive: true }));

test('a service is read from among those that were written', async () => {
  const path = join(directory, 'new', 'capsule');
  await writeSnapshot(path, [other, saved]);
  assert.deepEqual(await readSnapshot(path, 'orders'), saved);
  assert.equal(await readSnapshot(path, 'unknown'), undefined);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(join(directory, 'new')), ['capsule']);
});

test('a file that is not there is nothing', async () => {
  assert.equal(await readSnapshot(join(directory, 'none'), 'orders'), undefined);
});

test('writers at the same time leave one whole file', async () => {
  const path = join(directory, 'contended');
  await Promise.all(Array.from({ length: 10 }, () => writeSnapshot(path, [saved])));
  assert.deepEqual(await readSnapshot(path, 'orders'), saved);
});

for (const [what, text, problem] of [
  ['empty', '', /no snapshot/],
  ['something else', '{"a":1}\n{}\n', /no snapshot/],
  ['of a later version', '{"format":"concord-registry-snapshot","version":9}\n{}\n', /version 9/],
  ['cut off', encodeSnapshot([saved]).slice(0, -20), /checksum/],
  ['altered', encodeSnapshot([saved]).replace('"port":1', '"port":2'), /checksum/],
] as const) {
  test(`a file that is ${what} is refused`, async () => {
    assert.throws(() => decodeSnapshot(text), problem);
    const path = join(directory, 'bad');
    await writeFile(path, text);
    await assert.rejects(readSnapshot(path, 'orders'), problem);
  });
}
