/** Goal: a member killed by SIGKILL under load keeps its promises. `npm run crash` runs longer campaigns. */
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
    await runCampaign({
      kind: kind!,
      rounds: ROUNDS,
      seed,
      log: (line) => context.diagnostic(line),
    });
  } catch (error) {
    throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    });
  }
});
