/**
 * Makes a failing program short: takes out ever smaller pieces as long as it still fails. Not minimal, but
 * a page instead of a book.
 */
import type { Program } from './step.ts';

/** A trial starts two servers and takes seconds. */
const TRIALS_MAX = 150;

/** The shortest program found of which `fails` still says true; `program` itself is known to fail. */
export async function shrink(
  program: Program,
  fails: (candidate: Program) => Promise<boolean>,
): Promise<Program> {
  let shortest = program;
  let trials = 0;
  for (let size = Math.ceil(program.length / 2); size >= 1; size = Math.floor(size / 2)) {
    // From the front: what comes first is the least likely to matter.
    for (let start = 0; start < shortest.length && trials < TRIALS_MAX;) {
      const candidate = [...shortest.slice(0, start), ...shortest.slice(start + size)];
      trials++;
      if (candidate.length > 0 && (await fails(candidate))) shortest = candidate;
      else start += size;
    }
  }
  return shortest;
}
