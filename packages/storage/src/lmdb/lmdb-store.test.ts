/**
 * Goal: the store behaves like a sorted map, whatever the keys look like, and across restarts.
 * Method: random batches against a model that is a plain object, every read compared.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { StoreBatch, Table } from '@concord/kv';
import { LmdbStore } from './lmdb-store.ts';
import { storedKeyBytesMax } from './stored-key.ts';

let root: string;
before(() => {
  root = mkdtempSync(join(tmpdir(), 'concord-store-'));
});
after(() => rmSync(root, { recursive: true, force: true }));

function openStore(name: string): LmdbStore {
  return new LmdbStore({
    directory: join(root, name),
    onFailure: (error) => {
      throw error;
    },
  });
}

function commit(store: LmdbStore, batch: StoreBatch): Promise<void> {
  return new Promise((resolve) => store.commit(batch, resolve));
}

function close(store: LmdbStore): Promise<void> {
  return new Promise((resolve) => store.close(resolve));
}

function batchOf(rows: Record<string, string | null>, table: Table = 'current'): StoreBatch {
  const writes = Object.entries(rows).map(
    ([key, value]) => [key, value === null ? null : bytes(value)] as const,
  );
  return new Map([[table, new Map(writes)]]);
}

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const text = (value: Uint8Array | undefined): string | undefined =>
  value === undefined ? undefined : Buffer.from(value).toString('latin1');

function scan(
  store: LmdbStore,
  range: { from: string; to?: string; reverse?: boolean },
  table: Table = 'current',
): [string, string][] {
  const rows: [string, string][] = [];
  store.scan(table, range, (key, value) => void rows.push([key, text(value) as string]));
  return rows;
}

/** mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('a committed batch is visible to get and scan when its callback comes, and not partly before', async () => {
  const store = openStore('visible');
  const committed = commit(store, batchOf({ a: '1', b: '2', c: '' }));
  assert.equal(store.get('current', 'a'), undefined);
  await committed;
  assert.equal(text(store.get('current', 'a')), '1');
  assert.equal(text(store.get('current', 'c')), '');
  assert.equal(store.get('current', 'd'), undefined);
  assert.equal(store.get('leases', 'a'), undefined);
  assert.deepEqual(scan(store, { from: '' }), [
    ['a', '1'],
    ['b', '2'],
    ['c', ''],
  ]);
  await commit(store, batchOf({ b: null, d: '4' }));
  assert.deepEqual(scan(store, { from: 'b', reverse: true }), [
    ['d', '4'],
    ['c', ''],
  ]);
  await close(store);
});

test('a value that was read can be copied with slice', async () => {
  const store = openStore('slice');
  await commit(store, batchOf({ a: 'first', b: 'other' }));
  const kept = store.get('current', 'a')?.slice();
  store.get('current', 'b');
  assert.equal(text(kept), 'first');
  await close(store);
});

test('a scan stops when its visitor says so, and may be nested', async () => {
  const store = openStore('nested');
  await commit(store, batchOf({ a: '1', b: '2', c: '3' }));
  const seen: string[] = [];
  store.scan('current', { from: 'a' }, (key) => {
    store.scan('current', { from: 'b' }, (inner) => {
      seen.push(key + inner);
      return inner < 'b';
    });
    assert.equal(text(store.get('current', 'c')), '3');
    return key < 'b';
  });
  assert.deepEqual(seen, ['ab', 'bb']);
  await close(store);
});

test('batches are committed in the order given, and all of them before the store closes', async () => {
  const store = openStore('order');
  const order: number[] = [];
  for (let i = 0; i < 20; i++) {
    store.commit(batchOf({ key: String(i) }), () => {
      order.push(i);
      assert.ok(Number(text(store.get('current', 'key'))) >= i);
    });
  }
  await close(store);
  assert.deepEqual(
    order,
    Array.from({ length: 20 }, (_, i) => i),
  );
  const again = openStore('order');
  assert.equal(text(again.get('current', 'key')), '19');
  await close(again);
});

test('a value of ten megabytes and a key of a megabyte and a half come back as they were', async () => {
  const store = openStore('large');
  const key = 'k'.repeat(1_500_000);
  const value = new Uint8Array(10_000_000).map((_, i) => i % 251);
  await commit(
    store,
    new Map([
      [
        'current',
        new Map([
          [key, value],
          ['small', value],
        ]),
      ],
    ]),
  );
  assert.deepEqual(Buffer.compare(store.get('current', key) ?? new Uint8Array(), value), 0);
  assert.deepEqual(Buffer.compare(store.get('current', 'small') ?? new Uint8Array(), value), 0);
  await close(store);
});

test('size counts what deletions give back', async () => {
  const store = openStore('size');
  const rows = Array.from({ length: 2000 }, (_, i) => [`key${i}`, new Uint8Array(1000)] as const);
  await commit(store, new Map([['current', new Map(rows)]]));
  const full = store.size();
  assert.ok(full.usedBytes > 2_000_000 && full.usedBytes <= full.allocatedBytes);
  await commit(store, new Map([['current', new Map(rows.map(([key]) => [key, null]))]]));
  const empty = store.size();
  assert.ok(empty.usedBytes < 500_000, `${empty.usedBytes} bytes are said to be in use`);
  assert.ok(empty.allocatedBytes >= full.allocatedBytes);
  await close(store);
});

test('a row that has changed on disk is refused, and stops the member', async () => {
  const directory = join(root, 'rotten');
  const store = openStore('rotten');
  await commit(store, batchOf({ a: 'x'.repeat(1000), b: 'needle', c: 'z'.repeat(1000) }));
  await close(store);
  const content = readFileSync(join(directory, 'data.mdb'));
  for (let at = content.indexOf('needle'); at >= 0; at = content.indexOf('needle', at + 1)) {
    content[at] = 'N'.charCodeAt(0);
  }
  writeFileSync(join(directory, 'data.mdb'), content);
  const failures: Error[] = [];
  const rotten = new LmdbStore({ directory, onFailure: (error) => failures.push(error) });
  const refused = { code: 'store-corrupt', message: /"b"/ };
  assert.equal(rotten.get('current', 'a')?.length, 1000);
  assert.throws(() => rotten.get('current', 'b'), refused);
  assert.throws(() => scan(rotten, { from: '' }), refused);
  assert.equal(failures.length, 1);
  await close(rotten);
});

test('a file that is no store, or half of one, is refused by name', async () => {
  const directory = join(root, 'no-store');
  const store = openStore('no-store');
  await commit(store, batchOf({ a: '1' }));
  await close(store);
  const file = join(directory, 'data.mdb');
  const sound = readFileSync(file);
  const damaged = [
    Buffer.alloc(16384, 'no store '),
    sound.subarray(0, 100),
    sound.subarray(0, 5000),
    sound.subarray(0, 8192),
    Buffer.from(sound).fill(0, 0, 4096),
    Buffer.from(sound).fill(0, 4096, 8192),
  ];
  for (const content of damaged) {
    writeFileSync(file, content);
    assert.throws(() => openStore('no-store'), { code: 'store-corrupt', path: file });
  }
});

test('a store that the power ended before its first commit is begun anew', async () => {
  for (const content of [Buffer.alloc(0), Buffer.alloc(8192)]) {
    const directory = join(root, `begun-${content.length}`);
    mkdirSync(directory);
    writeFileSync(join(directory, 'data.mdb'), content);
    const store = openStore(`begun-${content.length}`);
    await commit(store, batchOf({ a: '1' }));
    assert.equal(text(store.get('current', 'a')), '1');
    await close(store);
  }
});

const seed = Number(process.env['SEED'] ?? 20261120);

test(`random batches and reads agree with a sorted map (SEED=${seed})`, async () => {
  const random = randomFrom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const long = (length: number): string => 'p'.repeat(length);
  const key = (): string => {
    const tail = Array.from({ length: below(3) }, () => String.fromCharCode(below(3) * 127)).join(
      '',
    );
    const lengths = [
      0,
      1,
      2,
      5,
      100,
      storedKeyBytesMax - 2,
      storedKeyBytesMax - 1,
      storedKeyBytesMax,
    ];
    const length = random() < 0.7 ? (lengths[below(lengths.length)] as number) : below(4000);
    return long(length) + tail;
  };
  let store = openStore('model');
  const model = new Map<string, string>();
  for (let round = 0; round < 60; round++) {
    const rows = new Map<string, Uint8Array | null>();
    for (let i = below(40); i >= 0; i--) {
      const existing = [...model.keys()][below(model.size + 1)];
      const chosen = random() < 0.4 && existing !== undefined ? existing : key();
      const value = random() < 0.3 ? null : `v${round}-${i}`.repeat(below(200));
      rows.set(chosen, value === null ? null : bytes(value));
    }
    await commit(store, new Map([['current', rows]]));
    for (const [name, value] of rows) {
      if (value === null) model.delete(name);
      else model.set(name, text(value) as string);
    }
    if (round % 20 === 19) {
      await close(store);
      store = openStore('model');
    }
    const sorted = [...model].sort(([a], [b]) => (a < b ? -1 : 1));
    for (let i = 0; i < 10; i++) {
      const [from, to] = [key(), key()];
      const reverse = random() < 0.5;
      const isOpen = random() < 0.3;
      const range = isOpen ? { from, reverse } : { from, to, reverse };
      const expected = sorted.filter(([name]) => name >= from && (isOpen || name < to));
      assert.deepEqual(scan(store, range, 'current'), reverse ? expected.reverse() : expected);
      assert.equal(text(store.get('current', from)), model.get(from));
    }
  }
  await close(store);
});
