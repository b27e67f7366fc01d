/** Goal: a member killed by SIGKILL under load keeps its promises. `npm run crash` runs longer campaigns. */
import { equal, ok } from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { concordKind } from '../bench/server-under-test.ts';
import { runCampaign } from './campaign.ts';

const ROUNDS = 10;

const kind = concordKind();
const skip = kind === undefined && 'the server is not built: npm run build';

test(`${ROUNDS} kills under load lose nothing that was acknowledged`, { skip }, async (context) => {
  const seed = randomInt(2 ** 31);
  context.diagnostic(`seed ${seed}`);
  try {
    const { rounds, acknowledged } = await runCampaign({
      kind: kind!,
      rounds: ROUNDS,
      seed,
      log: (line) => context.diagnostic(line),
    });
    equal(rounds, ROUNDS);
    ok(acknowledged > ROUNDS, `there was load: ${acknowledged} operations were acknowledged`);
  } catch (error) {
    throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    });
  }
});
