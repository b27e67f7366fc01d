/** Keys of rows: their order is the order of what they stand for, and they can be taken apart again. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { chainStart, decodeKeyVersion, encodeKeyVersion } from './key-version.ts';
import type { ChangePosition, KeyVersion } from './key-version.ts';
import {
  etcdRevisionKey,
  isTombstoneKey,
  mainRevisionOf,
  revisionKey,
  subRevisionOf,
} from './revision-key.ts';
import { encodePut, linkOf, recordOf } from './revision-row.ts';

const NUMBERS = [0, 1, 127, 128, 255, 256, 65_535, 2 ** 31, 2 ** 32 - 1];
const REVISIONS = [...NUMBERS, 2 ** 32, 2 ** 40 + 7, Number.MAX_SAFE_INTEGER];

test('revision keys ascend by main revision, then by sub-revision, tombstones included', () => {
  const keys = REVISIONS.flatMap((main) =>
    NUMBERS.flatMap((sub) => [revisionKey(main, sub, false), revisionKey(main, sub, true)]),
  );
  deepEqual(keys.toSorted(), keys);
  for (const main of REVISIONS) {
    for (const sub of NUMBERS) {
      const key = revisionKey(main, sub, sub % 2 === 0);
      deepEqual([mainRevisionOf(key), subRevisionOf(key)], [main, sub]);
      equal(isTombstoneKey(key), sub % 2 === 0);
    }
  }
});

test('a revision key becomes the one of etcd by an underscore', () => {
  const key = '\0\0\0\0\0\0\x01\x02_\0\0\0\0\0\0\0\x03';
  equal(etcdRevisionKey(revisionKey(258, 3, false)), key);
  equal(etcdRevisionKey(revisionKey(258, 3, true)), `${key}t`);
});

/** As many as there can be, with the largest numbers. */
const LANDMARKS = Array.from({ length: 13 }, (_, level): ChangePosition => ({
  modRevision: Number.MAX_SAFE_INTEGER - level,
  subRevision: 2 ** 32 - 1,
  isTombstone: level % 2 === 0,
}));

test('what is known of a version survives its row, whatever the numbers', () => {
  for (const number of REVISIONS) {
    for (const lease of [0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n)]) {
      const version: KeyVersion = {
        modRevision: number,
        subRevision: Math.min(number, 2 ** 32 - 1),
        createRevision: number,
        version: number,
        lease,
        isTombstone: number === 127,
        depth: number,
        landmarks: LANDMARKS.slice(0, Number(BigInt.asUintN(8, lease)) % 14),
      };
      // A view into a larger buffer, as stores hand them out.
      const row = Uint8Array.of(9, ...encodeKeyVersion(version), 9).subarray(1, -1);
      deepEqual(decodeKeyVersion(row), version);
      const value = Uint8Array.of(1);
      const change = encodePut('k', value, version, version);
      deepEqual(linkOf(change), version);
      deepEqual(recordOf(change), recordOf(encodePut('k', value, version, undefined)));
      equal(linkOf(encodePut('k', value, version, undefined)), undefined);
    }
  }
  ok(
    encodeKeyVersion({
      modRevision: 9,
      subRevision: 0,
      createRevision: 9,
      version: 1,
      lease: 0n,
      isTombstone: false,
      ...chainStart,
    }).length === 6,
  );
});
