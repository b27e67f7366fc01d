/** How large a write may be: exactly as large as an etcd that adds the least to it takes it. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { payloadOf } from '@concord/kv';
import { etcdErrors } from '@concord/protocol';
import { Limits } from './limits.ts';

function limitsOf(requestBytesMax: number): Limits {
  return new Limits({
    requestBytesMax,
    txnOpsMax: 128,
    quotaBytes: Infinity,
    usedBytes: () => 0,
    isOutOfSpace: () => false,
    raiseNoSpace: () => assert.fail('there is space'),
  });
}

describe('the size of a request', () => {
  // Measured: etcd 3.4.23 with an id of 9 bytes takes a put of 1,572,847 bytes by default, and no more.
  const cases: readonly [requestBytesMax: number, bytesMax: number][] = [
    [1_572_864, 1_572_847],
    [10_000, 9_984],
    [16_400, 16_383],
    [142, 127],
    [143, 127],
    [144, 128],
  ];
  for (const [requestBytesMax, bytesMax] of cases) {
    test(`is at most ${bytesMax} of ${requestBytesMax} replicated bytes`, () => {
      const limits = limitsOf(requestBytesMax);
      const payload = (bytes: number) => payloadOf('put', new Uint8Array(bytes));
      assert.equal(limits.refuseSize(payload(bytesMax)), undefined);
      assert.equal(limits.refuseSize(payload(bytesMax + 1)), etcdErrors.ErrRequestTooLarge);
    });
  }
});
