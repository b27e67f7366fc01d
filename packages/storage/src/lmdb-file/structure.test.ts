/**
 * Goal: every file that LMDB writes is found sound, whatever was committed to it, and damage that LMDB must not be shown
 * is named by its page, never by an exception of another kind.
 * Method: random batches, some with rows in runs of pages and with readers that hold old pages, the file looked at after
 * each; then fields of pages of each kind are changed one by one. `SEED=n` takes other batches.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { tables, type StoreBatch, type Table } from '@concord/kv';
import { LmdbStore } from '../lmdb/lmdb-store.ts';
import type { StoreView } from '../lmdb/store-view.ts';
import { pageKinds } from './page.ts';
import { PageFault } from './page-fault.ts';
import { checkStructure, type WalkDepth } from './structure.ts';

const seed = Number(process.env['SEED'] ?? 1);
const pageBytes = 4096;

let root: string;
before(() => {
  root = mkdtempSync(join(tmpdir(), 'concord-structure-'));
});
after(() => rmSync(root, { recursive: true, force: true }));

function openStore(directory: string): LmdbStore {
  const onFailure = (error: Error): void => {
    throw error;
  };
  return new LmdbStore({ directory, onFailure });
}

const commit = (store: LmdbStore, batch: StoreBatch): Promise<void> =>
  new Promise((resolve) => store.commit(batch, resolve));
const close = (store: LmdbStore): Promise<void> => new Promise((resolve) => store.close(resolve));

function check(path: string, depth: WalkDepth): void {
  checkStructure(path, tables, () => depth);
}

/** mulberry32. */
function randomFrom(state: number): (n: number) => number {
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

function randomBatch(below: (n: number) => number): StoreBatch {
  const batch = new Map<Table, Map<string, Uint8Array | null>>();
  for (const table of tables) {
    if (below(2) === 0) continue;
    const rows = new Map<string, Uint8Array | null>();
    for (let i = below(below(10) === 0 ? 2000 : 100); i > 0; i--) {
      const key = (below(50) === 0 ? 'l'.repeat(below(2500)) : 'key') + String(below(5000));
      const bytes = below(20) === 0 ? below(30_000) : below(200);
      rows.set(key, below(5) < 2 ? null : new Uint8Array(bytes));
    }
    batch.set(table, rows);
  }
  return batch;
}

test(`what LMDB writes is sound after every commit, with readers of old states and after restarts (SEED=${seed})`, async () => {
  const below = randomFrom(seed);
  const directory = join(root, 'random');
  let store = openStore(directory);
  const views: StoreView[] = [];
  for (let round = 0; round < 80; round++) {
    await commit(store, randomBatch(below));
    if (below(8) === 0) views.push(store.view());
    if (below(8) === 0) views.shift()?.close();
    if (below(16) === 0) {
      views.length = 0;
      await close(store);
      store = openStore(directory);
    }
    for (const depth of ['whole', 'branches'] as const) check(join(directory, 'data.mdb'), depth);
  }
  await close(store);
});

interface Field {
  readonly kind: number;
  readonly name: string;
  readonly offset: number;
  readonly value: number;
  readonly found: RegExp;
}

const fields: readonly Field[] = [
  { kind: pageKinds.leaf, name: 'number', offset: 0, value: 0xff, found: /the number/ },
  { kind: pageKinds.leaf, name: 'transaction', offset: 13, value: 1, found: /has not been/ },
  { kind: pageKinds.leaf, name: 'kind', offset: 18, value: 4, found: /the kind 4/ },
  { kind: pageKinds.leaf, name: 'end of the places', offset: 21, value: 0x40, found: /no room/ },
  { kind: pageKinds.leaf, name: 'a place', offset: 25, value: 0xff, found: /outside of its part/ },
  { kind: pageKinds.branch, name: 'number', offset: 0, value: 0xff, found: /the number/ },
  { kind: pageKinds.branch, name: 'start of the nodes', offset: 23, value: 0, found: /no room/ },
];

/** A store whose newest state has pages of all kinds. */
async function variedStore(name: string): Promise<string> {
  const directory = join(root, name);
  const store = openStore(directory);
  const rows = Array.from(
    { length: 2000 },
    (_, i) => [`key${1000 + i}`, new Uint8Array(100)] as const,
  );
  await commit(store, new Map([['current', new Map(rows)]]));
  await commit(store, new Map([['meta', new Map([['large', new Uint8Array(9000)]])]]));
  await close(store);
  return join(directory, 'data.mdb');
}

/** The pages of a kind that are in use: a change of any other is not noticed. */
function pageOf(path: string, sound: Buffer, kind: number): number {
  for (let at = 2 * pageBytes; at < sound.length; at += pageBytes) {
    if (sound.readUInt16LE(at + 18) !== kind) continue;
    const changed = Buffer.from(sound);
    changed[at] = (changed[at] as number) ^ 1;
    writeFileSync(path, changed);
    try {
      check(path, 'whole');
    } catch {
      return at;
    }
  }
  throw new Error(`no page of kind ${kind}`);
}

test('a field of a page that has changed is named with its page', async () => {
  const path = await variedStore('fields');
  const sound = readFileSync(path);
  for (const { kind, name, offset, value, found } of fields) {
    const at = pageOf(path, sound, kind);
    const changed = Buffer.from(sound);
    changed[at + offset] = value;
    writeFileSync(path, changed);
    assert.throws(() => check(path, 'whole'), { page: at / pageBytes, found }, name);
    if (kind === pageKinds.branch) assert.throws(() => check(path, 'branches'), { found }, name);
  }
  writeFileSync(path, sound);
  check(path, 'whole');
});

test('a key of a branch that has changed is found by the branches alone, a row that is hidden by the leaves', async () => {
  const path = await variedStore('hidden');
  const sound = readFileSync(path);
  const branch = pageOf(path, sound, pageKinds.branch);
  const second = branch + 24 + sound.readUInt16LE(branch + 26);
  const bent = Buffer.from(sound);
  bent[second + 8] = 0xff;
  writeFileSync(path, bent);
  assert.throws(() => check(path, 'branches'), /out of order/);

  // The last place of a leaf is cut off: its row would be missing, and nothing else would be wrong.
  const leaf = pageOf(path, sound, pageKinds.leaf);
  const cut = Buffer.from(sound);
  cut.writeUInt16LE(cut.readUInt16LE(leaf + 20) - 2, leaf + 20);
  writeFileSync(path, cut);
  check(path, 'branches');
  assert.throws(() => check(path, 'whole'), { page: leaf / pageBytes });
});

test('whatever bit of the pages has changed, the file is sound or a page is named', async (context) => {
  const path = await variedStore('flips');
  const sound = readFileSync(path);
  const below = randomFrom(seed);
  const counts = { sound: 0, named: 0 };
  for (let i = 0; i < 400; i++) {
    const changed = Buffer.from(sound);
    // Headers and places are where the structure is; the rest of a page is rows.
    const at = below(sound.length / pageBytes) * pageBytes + below(i % 2 === 0 ? 64 : pageBytes);
    changed[at] = (changed[at] as number) ^ (1 << below(8));
    writeFileSync(path, changed);
    try {
      check(path, 'whole');
      counts.sound++;
    } catch (error) {
      assert.ok(error instanceof PageFault, String(error));
      counts.named++;
    }
  }
  context.diagnostic(JSON.stringify(counts));
});
