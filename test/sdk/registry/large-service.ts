/** The short form of `scale.ts`: every change of a large service arrives, soon, and in few publications. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SdkTarget } from '../harness/each-backend.ts';
import { followLargeService } from './scale.ts';

export function largeService(target: SdkTarget): void {
  test('a large service is followed through hundreds of changes a second', async () => {
    const report = await followLargeService({
      endpoints: target.endpoints,
      namespace: target.corner(),
      instances: 2000,
      changesPerSecond: 500,
      seconds: 1,
    });
    assert.equal(report.changes, 500);
    // The rest may be late where a machine does other things: the full form has the figures.
    assert.ok(report.lagMs.p50 < 100, `half of the changes took ${report.lagMs.p50} ms`);
    assert.ok(report.publications <= 500);
  });
}
