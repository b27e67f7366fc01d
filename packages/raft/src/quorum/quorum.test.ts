/**
 * Compares the arithmetic of quorums with a deliberately dumb model: try every subset.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { below, createRandom, type Random } from '../harness/random.ts';
import type { MemberId } from '../index.ts';
import { quorumOutcome, quorumReached } from './joint.ts';
import { majorityOutcome, majorityReached, majoritySize } from './majority.ts';

const SEED = 20_261_120;
const ROUNDS = 2_000;

/** Whether `agreeing` is more than half of `voters`; of no voters, nobody is enough. */
function dumbMajority(voters: readonly MemberId[], agreeing: ReadonlySet<MemberId>): boolean {
  return voters.filter((id) => agreeing.has(id)).length * 2 > voters.length || voters.length === 0;
}

/** The highest of all values that a majority has reached, found by trying each. */
function dumbReached(
  voters: readonly MemberId[],
  acknowledged: ReadonlyMap<MemberId, number>,
): number {
  const reached = [0, ...acknowledged.values()].filter((value) =>
    dumbMajority(voters, new Set(voters.filter((id) => (acknowledged.get(id) ?? 0) >= value))),
  );
  return Math.max(...reached);
}

function someVoters(random: Random, sizeMax: number): readonly MemberId[] {
  return Array.from({ length: 9 }, (_, i) => BigInt(i + 1))
    .filter(() => random() < 0.5)
    .slice(0, sizeMax);
}

suite('quorums', () => {
  test('a majority is more than half', () => {
    assert.deepEqual([1, 2, 3, 4, 5, 6, 7].map(majoritySize), [1, 2, 2, 3, 3, 4, 4]);
  });

  test(`what a majority has reached is what the dumb model says (seed ${String(SEED)})`, () => {
    const random = createRandom(SEED);
    for (let i = 0; i < ROUNDS; i++) {
      const voters = someVoters(random, 7);
      if (voters.length === 0) continue;
      const values = new Map(voters.map((id) => [id, below(random, 5)]));
      const actual = majorityReached(voters, (id) => values.get(id) ?? 0);
      assert.equal(actual, dumbReached(voters, values), JSON.stringify([...values.values()]));
    }
  });

  test(`what both halves have reached is what the dumb model says (seed ${String(SEED)})`, () => {
    const random = createRandom(SEED);
    for (let i = 0; i < ROUNDS; i++) {
      const joint = { voters: someVoters(random, 5), votersOutgoing: someVoters(random, 5) };
      if (joint.voters.length === 0) continue;
      const everybody = [...joint.voters, ...joint.votersOutgoing];
      const values = new Map(everybody.map((id) => [id, below(random, 5)]));
      const expected =
        joint.votersOutgoing.length === 0
          ? dumbReached(joint.voters, values)
          : Math.min(dumbReached(joint.voters, values), dumbReached(joint.votersOutgoing, values));
      assert.equal(
        quorumReached(joint, (id) => values.get(id) ?? 0),
        expected,
      );
    }
  });

  test(`an election is won or lost exactly when no missing vote can change it (seed ${String(SEED)})`, () => {
    const random = createRandom(SEED);
    for (let i = 0; i < ROUNDS; i++) {
      const joint = { voters: someVoters(random, 4), votersOutgoing: someVoters(random, 4) };
      if (joint.voters.length === 0) continue;
      const everybody = [...new Set([...joint.voters, ...joint.votersOutgoing])];
      const votes = new Map(
        everybody.map((id) => [id, [true, false, undefined][below(random, 3)]]),
      );
      const wins = (missing: boolean): boolean => {
        const yes = new Set(everybody.filter((id) => votes.get(id) ?? missing));
        return dumbMajority(joint.voters, yes) && dumbMajority(joint.votersOutgoing, yes);
      };
      const expected = wins(false) ? 'won' : wins(true) ? 'pending' : 'lost';
      assert.equal(
        quorumOutcome(joint, (id) => votes.get(id)),
        expected,
      );
    }
  });

  test('a set without voters decides nothing by itself and holds up nobody', () => {
    assert.equal(
      majorityReached([], () => 0),
      Infinity,
    );
    assert.equal(
      majorityOutcome([], () => undefined),
      'won',
    );
    assert.equal(
      quorumReached({ voters: [], votersOutgoing: [] }, () => 9),
      0,
    );
    assert.equal(
      quorumOutcome({ voters: [], votersOutgoing: [] }, () => true),
      'pending',
    );
  });
});
