/**
 * Goal: the checkers notice when a promise is broken. Method: correct runs are falsified in every way that
 * `mutator.ts` knows, some thousand times; `main.ts` does it more often.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '@concord/testing';
import { judgeRegisters, registersOf } from '../checkers/registers.ts';
import { simulate } from '../simulation.ts';
import { attempt, mutations } from './mutator.ts';
import { registerMutations } from './register-mutations.ts';
import { Specimen } from './specimen.ts';

const SEEDS = Array.from({ length: 16 }, (_, i) => i + 1);
const TIMES = 4;
const REGISTER_SEEDS = Array.from({ length: 25 }, (_, i) => i + 1);

test('whatever is falsified in a run is noticed', () => {
  const occasions = new Set<string>();
  for (const seed of SEEDS) {
    const specimen = new Specimen(simulate(seed).record);
    const random = new Random(seed);
    for (const [name, mutation] of mutations) {
      for (let i = 0; i < TIMES; i++) {
        const result = attempt(mutation, specimen, random);
        assert.notEqual(result, 'missed', `${name}, seed ${seed}, number ${i}`);
        if (result === 'caught') occasions.add(name);
      }
    }
  }
  const unused = [...mutations.keys()].filter((name) => !occasions.has(name));
  assert.deepEqual(unused, [], 'every mutation has found its occasion');
});

test('whatever is falsified in registers is noticed by the search, which knows no revisions', () => {
  const verdicts = { linearizable: 0, 'not-linearizable': 0, undecided: 0 };
  for (const seed of REGISTER_SEEDS) {
    const history = registersOf(simulate(seed).record.history);
    const random = new Random(seed);
    if (judgeRegisters(history) !== 'linearizable') continue;
    for (const [name, mutation] of Object.entries(registerMutations)) {
      const mutated = mutation(history, random);
      if (mutated === undefined) continue;
      const verdict = judgeRegisters(mutated);
      verdicts[verdict]++;
      assert.notEqual(verdict, 'linearizable', `${name}, seed ${seed}`);
    }
  }
  // Where many calls were never answered the search may have to give up.
  assert.ok(verdicts['not-linearizable'] > 10 * verdicts.undecided, JSON.stringify(verdicts));
  assert.ok(verdicts['not-linearizable'] > 30, JSON.stringify(verdicts));
});
