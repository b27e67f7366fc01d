/**
 * Falsifies correct runs, to see that the checkers would notice. Each mutation breaks a promise by its making, so what
 * is not noticed is a hole in a checker.
 */
import type { Random } from '@concord/testing';
import { judge, type RunRecord } from '../record.ts';
import { answerMutations, type Mutation } from './answer-mutations.ts';
import { logMutations } from './log-mutations.ts';
import type { Specimen } from './specimen.ts';
import { watchMutations } from './watch-mutations.ts';

export const mutations: ReadonlyMap<string, Mutation> = new Map([
  ...Object.entries(answerMutations),
  ...Object.entries(logMutations),
  ...Object.entries(watchMutations),
]);

export interface Score {
  tried: number;
  caught: number;
}

/** Tries one mutation, where the run offers the occasion. Answers whether it was noticed. */
export function attempt(
  mutation: Mutation,
  specimen: Specimen,
  random: Random,
): 'caught' | 'missed' | 'no occasion' {
  const mutated = mutation(specimen, random);
  if (mutated === undefined) return 'no occasion';
  return isNoticed(mutated) ? 'caught' : 'missed';
}

function isNoticed(record: RunRecord): boolean {
  try {
    judge(record);
    return false;
  } catch (error) {
    // A checker that stumbles has not noticed anything.
    if (error instanceof TypeError || error instanceof RangeError) throw error;
    return true;
  }
}
