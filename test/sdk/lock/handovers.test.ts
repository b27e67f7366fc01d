/**
 * Goal: no two holders write to a store that checks the token, though processes stand still. Method: the short form of
 * `handovers.ts`; the long one: `node --conditions=@concord/source test/sdk/lock/handovers.ts --handovers 5000`.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachBackend } from '../harness/each-backend.ts';
import { runHandovers, SHORT_LEASES } from './handovers.ts';

const HANDOVERS = 100;

onEachBackend(
  'contenders that stand still',
  (target) => {
    test('never write over each other: the token stops whoever comes too late', async () => {
      const seed = Date.now() % 2 ** 31;
      const [endpoint = ''] = target.endpoints;
      const report = await runHandovers({
        contenders: 3,
        endpoint,
        handovers: HANDOVERS,
        seed,
        pauseChance: 1 / 200,
      });
      const told = `seed ${seed}: ${JSON.stringify(report)}`;
      assert.deepEqual(report.violations, [], told);
      assert.ok(report.handovers >= HANDOVERS, told);
      assert.ok(report.stoppedByToken >= 1, told);
    });
  },
  { flags: SHORT_LEASES },
);
