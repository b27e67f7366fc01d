/**
 * The joint view of saved log and unsaved tail: reads across their border, and the search for the
 * place where two logs can agree.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { below, createRandom } from './harness/random.ts';
import { entry } from './harness/lone.ts';
import { AssertionError, ENTRY_OVERHEAD_BYTES, MemoryLog } from './index.ts';
import { ReplicatedLog } from './replicated-log.ts';
import { WriteQueue } from './write-queue.ts';

const SEED = 11;

/** A log of these terms, the first of which are saved. */
function logOf(terms: readonly number[], saved: number, compacted = 0): ReplicatedLog {
  const memory = new MemoryLog();
  memory.append(terms.slice(0, saved).map((term, i) => entry(i + 1, term)));
  memory.compact(compacted);
  const log = new ReplicatedLog(memory, new WriteQueue(), 0, compacted);
  terms.slice(saved).forEach((term, i) => {
    log.append(entry(saved + i + 1, term));
  });
  return log;
}

suite('the replicated log', () => {
  test('reads go across the border between what is saved and what is not', () => {
    const log = logOf([1, 1, 2, 2, 3], 3);
    const indexes = (from: number, end: number, bytesMax = Infinity): readonly number[] =>
      (log.entries(from, end, bytesMax) ?? []).map(({ index }) => index);
    assert.deepEqual(indexes(2, 6), [2, 3, 4, 5]);
    assert.deepEqual(indexes(1, 3), [1, 2]);
    assert.deepEqual(indexes(4, 6), [4, 5]);
    assert.deepEqual(indexes(2, 6, 3 * ENTRY_OVERHEAD_BYTES), [2, 3, 4]);
    assert.deepEqual(indexes(2, 6, 2 * ENTRY_OVERHEAD_BYTES), [2, 3]);
    assert.deepEqual(log.last, { term: 3, index: 5 });
  });

  test('what is compacted cannot be read', () => {
    const log = logOf([1, 1, 2, 2], 3, 2);
    assert.equal(log.entries(2, 4, Infinity), undefined);
    assert.deepEqual(
      [1, 2, 3].map((index) => log.term(index)),
      [undefined, 1, 2],
    );
  });

  test(`the last position not above a term is what a linear search finds (seed ${String(SEED)})`, () => {
    const random = createRandom(SEED);
    for (let i = 0; i < 2_000; i++) {
      let term = 1;
      const terms = Array.from({ length: below(random, 12) }, () => (term += below(random, 2)));
      const saved = below(random, terms.length + 1);
      const compacted = below(random, saved + 1);
      const log = logOf(terms, saved, compacted);
      const [index, bound] = [below(random, 14), below(random, 8)];
      let expected = Math.min(index, terms.length);
      while (expected >= compacted && (log.term(expected) ?? Infinity) > bound) expected--;
      assert.equal(log.lastNotAbove(index, bound), expected, terms.join());
    }
  });

  test('a committed entry is never overwritten', () => {
    const log = logOf([1, 1], 2);
    log.commitTo(2);
    assert.throws(() => {
      log.merge([entry(2, 9)]);
    }, AssertionError);
  });

  test('a log that lacks entries known to be committed is refused', () => {
    const memory = new MemoryLog();
    memory.append([entry(1, 1)]);
    assert.throws(() => new ReplicatedLog(memory, new WriteQueue(), 2, 0), AssertionError);
    assert.throws(() => new ReplicatedLog(memory, new WriteQueue(), 0, 2), AssertionError);
  });
});
