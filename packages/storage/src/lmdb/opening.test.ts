/**
 * Goal: a store that a process did not close is looked at page by page before LMDB is shown it, and one that this
 * process has just built is not.
 * Method: `in-use` is left behind, or not, beside a file with a leaf that has lost a row.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { LmdbStore } from './lmdb-store.ts';
import { assertStoreFile } from './opening.ts';

const pageBytes = 4096;
const leafKind = 2;

let root: string;
before(() => {
  root = mkdtempSync(join(tmpdir(), 'concord-opening-'));
});
after(() => rmSync(root, { recursive: true, force: true }));

function openStore(directory: string): LmdbStore {
  return new LmdbStore({
    directory,
    onFailure: (error) => {
      throw error;
    },
  });
}

/** Hides the last row of the leaf of table `current`, as a bit in its header would. */
function hideRow(path: string, key: string): void {
  const content = readFileSync(path);
  for (let at = 2 * pageBytes; at < content.length; at += pageBytes) {
    const isLeaf = content.readUInt16LE(at + 18) === leafKind;
    if (isLeaf && content.subarray(at, at + pageBytes).includes(key))
      content.writeUInt16LE(content.readUInt16LE(at + 20) - 2, at + 20);
  }
  writeFileSync(path, content);
}

test('a store is marked while it is open, and looked at as a whole when the mark is left behind', async () => {
  const directory = join(root, 'store');
  const mark = join(directory, 'in-use');
  const store = openStore(directory);
  assert.ok(existsSync(mark));
  const rows = new Map([
    ['a', new Uint8Array(10)],
    ['needle', new Uint8Array(10)],
  ]);
  await new Promise<void>((resolve) => store.commit(new Map([['current', rows]]), resolve));
  await new Promise<void>((resolve) => store.close(resolve));
  assert.ok(!existsSync(mark));

  const file = join(directory, 'data.mdb');
  hideRow(file, 'needle');
  const refused = { code: 'store-corrupt', path: file, message: /page \d+ has .* Restore/ };
  assertStoreFile(directory, 'built');
  for (const origin of ['found', 'suspect'] as const)
    assert.throws(() => assertStoreFile(directory, origin), refused);
  writeFileSync(mark, '');
  assert.throws(() => openStore(directory), refused);
  assert.ok(existsSync(mark), 'the next start looks again');
});
