/**
 * What raft relies on when it reads a log: its bounds, the term before the first entry, and what an
 * overlapping append leaves behind.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { entry } from './harness/lone.ts';
import { AssertionError, createConfiguration, MemoryLog } from './index.ts';

function logOf(...terms: readonly number[]): MemoryLog {
  const log = new MemoryLog();
  log.append(terms.map((term, i) => entry(i + 1, term)));
  return log;
}

suite('a log in memory', () => {
  test('an empty log begins at 1 and knows the term before', () => {
    const log = new MemoryLog();
    assert.deepEqual([log.firstIndex(), log.lastIndex(), log.term(0)], [1, 0, 0]);
    assert.equal(log.term(1), undefined);
  });

  test('an append that overlaps cuts the log before its first entry', () => {
    const log = logOf(1, 1, 1);
    log.append([entry(2, 2)]);
    assert.deepEqual([log.lastIndex(), log.term(2), log.term(3)], [2, 2, undefined]);
  });

  test('after a compaction only the term of the last compacted position is known', () => {
    const log = logOf(1, 2, 3);
    log.compact(2);
    assert.deepEqual(
      [1, 2, 3].map((index) => log.term(index)),
      [undefined, 2, 3],
    );
    assert.equal(log.firstIndex(), 3);
    log.compact(1);
    assert.equal(log.firstIndex(), 3);
    log.compact(3);
    assert.deepEqual([log.firstIndex(), log.lastIndex(), log.term(3)], [4, 3, 3]);
  });

  test('a snapshot takes the place of everything', () => {
    const log = logOf(1, 1, 1);
    const configuration = createConfiguration([1n]);
    const snapshot = { term: 4, index: 9, configuration, data: new Uint8Array(0) };
    log.applySnapshot(snapshot);
    assert.deepEqual([log.firstIndex(), log.lastIndex(), log.term(9)], [10, 9, 4]);
    assert.equal(log.snapshot(), snapshot);
    assert.equal(log.bytes, 0);
  });

  test('gaps, and writing over what is compacted, are refused', () => {
    const log = logOf(1, 1, 1);
    log.compact(2);
    for (const index of [2, 5]) {
      assert.throws(() => {
        log.append([entry(index, 1)]);
      }, AssertionError);
    }
    assert.throws(() => {
      log.compact(4);
    }, AssertionError);
  });

  test('appending in batches while compacting takes time in proportion to what is appended', () => {
    const log = new MemoryLog();
    const batch = 100;
    for (let from = 1; from <= 200_000; from += batch) {
      log.append(Array.from({ length: batch }, (_, i) => entry(from + i, 1)));
      if (from > 50_000) log.compact(from - 50_000);
    }
    assert.equal(log.lastIndex(), 200_000);
    assert.equal(log.entries(199_990, 200_001, Infinity).length, 11);
  });
});
