/** What the cache answers is what was read, for as long as it remembers it and longer for whoever holds it. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { RecordCache } from './record-cache.ts';

const CHUNK_BYTES = 256 * 1024;

/** A record that tells its revision in every byte. */
const recordOf = (main: number, sub: number, length: number): Uint8Array =>
  new Uint8Array(length).fill((main * 31 + sub * 7) % 251);

test('a record comes back without what lay behind it in its row', () => {
  const cache = new RecordCache();
  const row = Uint8Array.of(1, 2, 3, 9, 9);
  deepEqual(cache.add(5, 0, row, 3), Uint8Array.of(1, 2, 3));
  row.fill(0);
  deepEqual(cache.get(5, 0), Uint8Array.of(1, 2, 3));
  equal(cache.get(5, 1), undefined);
  equal(cache.get(6, 0), undefined);
});

test('changes of one revision are told apart', () => {
  const cache = new RecordCache();
  for (let sub = 0; sub < 128; sub++) cache.add(7, sub, recordOf(7, sub, 40), 40);
  for (let sub = 0; sub < 128; sub++) deepEqual(cache.get(7, sub), recordOf(7, sub, 40));
});

test('a change that is taken back is forgotten, its neighbours are not', () => {
  const cache = new RecordCache();
  cache.add(3, 0, Uint8Array.of(1), 1);
  cache.add(3, 1, Uint8Array.of(2), 1);
  cache.forget(3, 1);
  equal(cache.get(3, 1), undefined);
  deepEqual(cache.get(3, 0), Uint8Array.of(1));
  deepEqual(cache.add(3, 1, Uint8Array.of(4), 1), cache.get(3, 1));
});

test('memory is bounded: the oldest go, and what was handed out stays as it was', () => {
  const cache = new RecordCache(2 * CHUNK_BYTES);
  const first = cache.add(1, 0, recordOf(1, 0, 1000), 1000);
  for (let main = 2; main <= 2000; main++) cache.add(main, 0, recordOf(main, 0, 1000), 1000);
  equal(cache.get(1, 0), undefined);
  deepEqual(first, recordOf(1, 0, 1000));
  const kept = Array.from({ length: 2000 }, (_, index) => index + 1).filter(
    (main) => cache.get(main, 0) !== undefined,
  );
  const perChunk = Math.floor(CHUNK_BYTES / 1004);
  ok(kept.length > perChunk && kept.length <= 2 * perChunk, `${kept.length} are kept`);
  equal(kept.at(-1), 2000);
  equal(kept[0], 2001 - kept.length, 'the newest without a gap');
  for (const main of kept) deepEqual(cache.get(main, 0), recordOf(main, 0, 1000));
});

test('records of all sizes up to the largest that it takes survive the edges of chunks', () => {
  const cache = new RecordCache(4 * CHUNK_BYTES);
  ok(!cache.takes(CHUNK_BYTES / 8 + 1));
  for (let main = 1; main < 400; main++) {
    const length = (main * 7919) % (CHUNK_BYTES / 8 + 1);
    ok(cache.takes(length));
    cache.add(main, 0, recordOf(main, 0, length), length);
    for (const back of [0, 1, 5]) {
      if (main - back < 1) continue;
      const lengthBefore = ((main - back) * 7919) % (CHUNK_BYTES / 8 + 1);
      deepEqual(cache.get(main - back, 0), recordOf(main - back, 0, lengthBefore));
    }
  }
});

for (const changes of [1, 2, 10, 128]) {
  test(`100,000 records find a place each, written by transactions of ${changes}`, () => {
    const cache = new RecordCache();
    const revisions = 100_000 / changes;
    const record = new Uint8Array(8);
    for (let main = 1; main <= revisions; main++) {
      for (let sub = 0; sub < changes; sub++) cache.add(main, sub, record, record.length);
    }
    let found = 0;
    for (let main = 1; main <= revisions; main++) {
      for (let sub = 0; sub < changes; sub++) if (cache.get(main, sub) !== undefined) found++;
    }
    ok(found > 99_000, `${found} are found`);
  });
}

test('a revision beyond 32 bits is no stranger, and one in the same place takes it', () => {
  const cache = new RecordCache();
  const main = 2 ** 45 + 3;
  cache.add(main, 2, Uint8Array.of(8), 1);
  deepEqual(cache.get(main, 2), Uint8Array.of(8));
  cache.add(main - 2 ** 18, 2, Uint8Array.of(9), 1);
  equal(cache.get(main, 2), undefined);
});
