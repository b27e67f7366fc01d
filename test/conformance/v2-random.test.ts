/**
 * Random programs get the same answers from Concord and from etcd 3.4. A short run with every `npm test`;
 * `CONCORD_V2_CALLS` and `CONCORD_V2_SEED` make long ones, in programs of 500 calls each.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shrinkSteps } from './v2/shrink-steps.ts';
import { findDifference } from './v2/lockstep.ts';
import { skipReason } from './v2/pair.ts';
import { V2Generator } from './v2/program.ts';

const CALLS = Number(process.env['CONCORD_V2_CALLS'] ?? 500);
const SEED = Number(process.env['CONCORD_V2_SEED'] ?? 1);
const PROGRAM_STEPS = 500;

test('random programs of v2 requests get the same answers', { skip: skipReason }, async () => {
  for (let done = 0, seed = SEED; done < CALLS; done += PROGRAM_STEPS, seed++) {
    const program = new V2Generator(seed).program(Math.min(PROGRAM_STEPS, CALLS - done));
    const found = await findDifference(program);
    if (found === undefined) continue;
    const shortest = await shrinkSteps(program.slice(0, found.at + 1));
    assert.fail(
      `seed ${seed}, step ${found.at}: ${found.message}\nthe shortest program found that differs:\n` +
        shortest.map((step) => JSON.stringify(step)).join('\n'),
    );
  }
});
