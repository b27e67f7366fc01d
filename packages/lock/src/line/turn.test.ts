/** Goal: the rules of the line. Method: lines written as words; a dumb model for random ones. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ClaimKind } from './claim.ts';
import type { Place } from './place.ts';
import { disagreeing, divide, inTheWay } from './turn.ts';

/** `w` a writer, `r` a reader, a digit: so many of three permits; the oldest first. */
function line(text: string, permits = 3): Place[] {
  return text.split('').map((letter, index) => ({
    key: `name/${index}`,
    createRevision: index + 10,
    lease: BigInt(index + 1),
    claim: kind(letter, permits),
    value: '',
  }));
}

function kind(letter: string, permits: number): ClaimKind {
  if (letter === 'w') return { mode: 'exclusive' };
  if (letter === 'r') return { mode: 'shared' };
  return { mode: 'permits', permits, count: Number(letter) };
}

const holdersOf = (text: string): number => divide(line(text)).holders.length;

describe('the turn in a line', () => {
  test('a writer has it alone', () => {
    assert.deepEqual(['', 'w', 'ww', 'wr', 'wrw'].map(holdersOf), [0, 1, 1, 1, 1]);
  });

  test('readers share it until a writer stands between them', () => {
    assert.deepEqual(['r', 'rr', 'rrw', 'rwr', 'rrwrr'].map(holdersOf), [1, 2, 2, 1, 2]);
  });

  test('permits add up, and a small claim does not overtake a large one', () => {
    assert.deepEqual(['111', '1111', '21', '221', '3', '131'].map(holdersOf), [3, 3, 2, 1, 1, 1]);
  });

  test('a lock of another kind takes all of a semaphore, and waits for all of it', () => {
    assert.deepEqual(['w1', '1w1', 'r1'].map(holdersOf), [1, 1, 1]);
  });

  test('a writer watches its neighbour, a reader the nearest writer, a semaphore everybody', () => {
    const newestFirst = (text: string): Place[] => line(text).reverse();
    const keys = (mine: string, ahead: string): string[] =>
      inTheWay(kind(mine, 3), newestFirst(ahead)).map(({ key }) => key);
    assert.deepEqual(keys('w', 'wrr'), ['name/2']);
    assert.deepEqual(keys('r', 'wwrr'), ['name/1']);
    assert.deepEqual(keys('1', '12'), ['name/1', 'name/0']);
    assert.deepEqual(keys('1', '11'), []);
  });

  test('who counts on another number of permits is found', () => {
    const ahead = line('1', 4);
    assert.equal(disagreeing(kind('1', 3), ahead), ahead[0]);
    assert.equal(disagreeing(kind('1', 4), ahead), undefined);
    assert.equal(disagreeing({ mode: 'exclusive' }, ahead), undefined);
  });

  test('nobody overtakes, and everybody who has the turn may have it together, in every line of five', () => {
    for (const text of combinations('wr12', 5)) {
      const places = line(text);
      const { holders, waiters } = divide(places);
      assert.deepEqual([...holders, ...waiters], places, text);
      assert.ok(compatible(holders), text);
      if (waiters[0] !== undefined) assert.ok(!compatible([...holders, waiters[0]]), text);
    }
  });
});

/** Whether so many may have a lock at the same time: the definition, not the rule. */
function compatible(places: readonly Place[]): boolean {
  const modes = new Set(places.map(({ claim }) => claim.mode));
  if (places.length <= 1) return true;
  if (modes.size > 1 || modes.has('exclusive')) return false;
  if (modes.has('shared')) return true;
  return places.reduce((sum, { claim }) => sum + ('count' in claim ? claim.count : 0), 0) <= 3;
}

function combinations(letters: string, length: number): string[] {
  if (length === 0) return [''];
  return combinations(letters, length - 1).flatMap((rest) =>
    letters.split('').map((l) => l + rest),
  );
}
