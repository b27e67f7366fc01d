/** The rolling hash: equal for equal histories, different for any difference, and it goes on after a restart. */
import { equal, notEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore } from '../memory-store.ts';
import { MvccStore } from '../mvcc/mvcc-store.ts';
import { deleteRange, put } from '../mvcc/requests.fixture.ts';
import { RollingHash } from './rolling-hash.ts';

type Write = (store: MvccStore) => void;

/** The hash of a history of writes, each an entry of its own. */
function hashOf(writes: readonly Write[], term = 1): bigint {
  const hash = new RollingHash();
  const store = MvccStore.open(new MemoryStore(), {
    leaseExists: () => true,
    onChange: (changes) => {
      for (const change of changes) hash.change(change);
    },
  });
  writes.forEach((write, at) => {
    hash.entry(at + 1, term);
    write(store);
  });
  return hash.value;
}

const putOf =
  (key: string, value: string, lease = 0n): Write =>
  (store) =>
    void store.put(put(key, value, { lease }));
const deleteOf =
  (key: string): Write =>
  (store) =>
    void store.deleteRange(deleteRange(key));

const base = [putOf('a', 'some value'), putOf('b', ''), deleteOf('a')];

test('the same history has the same hash', () => equal(hashOf(base), hashOf(base)));

const others: readonly [string, readonly Write[]][] = [
  ['another value of the same length', [putOf('a', 'some valuf'), putOf('b', ''), deleteOf('a')]],
  ['another key', [putOf('a', 'some value'), putOf('c', ''), deleteOf('a')]],
  ['a lease', [putOf('a', 'some value'), putOf('b', '', 1n), deleteOf('a')]],
  ['another order', [putOf('b', ''), putOf('a', 'some value'), deleteOf('a')]],
  ['a byte moved from value to value', [putOf('a', 'some valu'), putOf('b', 'e'), deleteOf('a')]],
  ['an entry that changed nothing', [...base, deleteOf('x')]],
  ['an entry less', base.slice(0, 2)],
];

for (const [difference, writes] of others) {
  test(`${difference} makes another hash`, () => notEqual(hashOf(writes), hashOf(base)));
}

test('another term makes another hash', () => notEqual(hashOf(base, 2), hashOf(base)));

test('a hash that is saved goes on where it was', () => {
  const whole = new RollingHash();
  const saved = new RollingHash();
  whole.entry(1, 1);
  saved.entry(1, 1);
  const restored = new RollingHash(saved.value);
  whole.entry(2, 3);
  restored.entry(2, 3);
  equal(restored.value, whole.value);
});

test('every single bit of a record counts, wherever the record lies in its buffer', () => {
  const source = { kind: 'put', key: '', revision: 5, subRevision: 0, lease: 0n } as const;
  const rest = { previousLease: 0n, isCreate: false, previous: () => undefined };
  const hash = (record: Uint8Array): bigint => {
    const rolling = new RollingHash();
    rolling.change({ ...source, ...rest, record });
    return rolling.value;
  };
  for (let length = 0; length < 40; length++) {
    const record = Uint8Array.from({ length }, (_, i) => i * 37);
    const moved = Uint8Array.of(1, 2, 3, ...record).subarray(3);
    equal(hash(moved), hash(record));
    for (let bit = 0; bit < length * 8; bit++) {
      const flipped = record.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      notEqual(hash(flipped), hash(record), `length ${length}, bit ${bit}`);
    }
  }
});
