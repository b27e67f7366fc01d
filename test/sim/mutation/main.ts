/**
 * `node test/sim/mutation/main.ts [--mutations N] [--from SEED]`: falsifies runs until so many mutations were tried,
 * and tells how many of each kind the checkers noticed.
 */
import { parseArgs } from 'node:util';
import { Random } from '@concord/testing';
import { simulate } from '../simulation.ts';
import { attempt, mutations, type Score } from './mutator.ts';
import { Specimen } from './specimen.ts';

const PER_SEED = 200;

const { values } = parseArgs({
  options: {
    mutations: { type: 'string', default: '20000' },
    from: { type: 'string', default: '1' },
  },
});

const scores = new Map<string, Score>(
  [...mutations.keys()].map((name) => [name, { tried: 0, caught: 0 }]),
);
const wanted = Number(values.mutations);
let tried = 0;
for (let seed = Number(values.from); tried < wanted; seed++) {
  const specimen = new Specimen(simulate(seed).record);
  const random = new Random(seed);
  for (let i = 0; i < PER_SEED; i++) {
    const name = random.pick([...mutations.keys()]);
    const result = attempt(mutations.get(name)!, specimen, random);
    const score = scores.get(name)!;
    if (result === 'no occasion') continue;
    tried++;
    score.tried++;
    if (result === 'caught') score.caught++;
    else console.log(`missed: ${name}, seed ${seed}, number ${i}`);
  }
}
let caught = 0;
for (const [name, score] of scores) {
  caught += score.caught;
  console.log(`${String(score.caught).padStart(7)} of ${String(score.tried).padStart(7)}  ${name}`);
}
console.log(`${caught} of ${tried} noticed (${((100 * caught) / tried).toFixed(3)} %)`);
