/**
 * Compares the window with a plain array of entries under random use, and checks the byte limit.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ENTRY_OVERHEAD_BYTES, entriesBytes } from './entry-size.ts';
import { EntryWindow } from './entry-window.ts';
import { below, createRandom } from './harness/random.ts';
import { AssertionError, type Entry } from './index.ts';

const SEED = 7;

function entryOf(index: number, bytes: number): Entry {
  return { term: 1, index, kind: 'normal', data: new Uint8Array(bytes) };
}

suite('a window of entries', () => {
  test(`holds what an array would hold, whatever is done to it (seed ${String(SEED)})`, () => {
    const random = createRandom(SEED);
    const window = new EntryWindow(5);
    let model: Entry[] = [];
    let first = 5;
    for (let i = 0; i < 5_000; i++) {
      const dice = random();
      if (dice < 0.5) {
        for (let n = below(random, 50); n > 0; n--) {
          const next = entryOf(first + model.length, below(random, 9));
          window.push(next);
          model.push(next);
        }
      } else if (dice < 0.9) {
        const dropped = below(random, 60);
        window.dropBefore(first + dropped);
        first += Math.min(dropped, model.length);
        model = model.slice(dropped);
      } else {
        const kept = below(random, model.length + 1);
        window.truncate(first + kept);
        model = model.slice(0, kept);
      }
      assert.deepEqual([window.first, window.end], [first, first + model.length]);
      assert.equal(window.bytes, entriesBytes(model));
      const from = below(random, model.length + 1);
      const end = from + below(random, model.length - from + 1);
      const slice = window.slice(first + from, first + end, Infinity);
      assert.deepEqual(
        slice.map(({ index }) => index),
        model.slice(from, end).map((e) => e.index),
      );
      assert.equal(window.at(first + from), model[from]);
      assert.equal(window.at(first - 1), undefined);
    }
  });

  test('a slice is cut where it would weigh too much, but never to nothing', () => {
    const window = new EntryWindow(1);
    for (let index = 1; index <= 3; index++) window.push(entryOf(index, 10));
    const weight = 10 + ENTRY_OVERHEAD_BYTES;
    const lengths = [0, weight, 2 * weight - 1, 2 * weight, 9 * weight].map(
      (bytesMax) => window.slice(1, 4, bytesMax).length,
    );
    assert.deepEqual(lengths, [1, 1, 1, 2, 3]);
    assert.deepEqual(window.slice(2, 2, 0), []);
  });

  test('a gap is refused', () => {
    const window = new EntryWindow(1);
    assert.throws(() => {
      window.push(entryOf(2, 0));
    }, AssertionError);
  });
});
