/** Makes a program that differs short, by leaving out ever smaller pieces of it. */
import { findDifference } from './lockstep.ts';
import type { V2Step } from './program.ts';

/** A trial starts two servers. */
const TRIALS_MAX = 40;

export async function shrinkSteps(program: readonly V2Step[]): Promise<readonly V2Step[]> {
  let shortest = program;
  let trials = 0;
  for (let size = Math.ceil(program.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < shortest.length && trials < TRIALS_MAX;) {
      const candidate = [...shortest.slice(0, start), ...shortest.slice(start + size)];
      trials += 1;
      if (candidate.length > 0 && (await findDifference(candidate)) !== undefined)
        shortest = candidate;
      else start += size;
    }
  }
  return shortest;
}
