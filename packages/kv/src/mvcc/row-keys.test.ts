/** Keys of rows: their order is the order of what they stand for, and they can be taken apart again. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { decodeKeyVersion, encodeKeyVersion } from './key-version.ts';
import type { KeyVersion } from './key-version.ts';
import {
  etcdRevisionKey,
  isTombstoneKey,
  mainRevisionOf,
  revisionKey,
  subRevisionOf,
} from './revision-key.ts';
import { keyOfVersion, versionKey, versionsEnd, versionsStart } from './version-key.ts';

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

/** In order; several are prefixes of others, and differ in zero bytes. */
const USER_KEYS = [
  '\0',
  '\0\0',
  '\0\x01',
  '\0\xff',
  '\x01',
  'a',
  'a\0',
  'a\0\0',
  'a\0b',
  'a\x01',
  'a\xff',
  'b',
  '\xff',
];

test('version keys ascend by user key, zero bytes and prefixes included, and descend by revision', () => {
  const revisions = REVISIONS.toReversed();
  const subs = NUMBERS.toReversed();
  const keys = USER_KEYS.flatMap((key) =>
    revisions.flatMap((main) => subs.map((sub) => versionKey(key, main, sub))),
  );
  deepEqual(keys.toSorted(), keys);
  for (const key of USER_KEYS) equal(keyOfVersion(versionKey(key, 5, 1)), key);
});

test('all versions of a key lie between its start and its end, those of others do not', () => {
  for (const key of USER_KEYS) {
    for (const other of USER_KEYS) {
      for (const row of [
        versionKey(other, 0, 0),
        versionKey(other, Number.MAX_SAFE_INTEGER, 2 ** 32 - 1),
      ]) {
        equal(row >= versionsStart(key) && row < versionsEnd(key), key === other);
      }
    }
  }
});

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
      };
      // A view into a larger buffer, as stores hand them out.
      const row = Uint8Array.of(9, ...encodeKeyVersion(version), 9).subarray(1, -1);
      deepEqual(decodeKeyVersion(row), version);
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
    }).length === 5,
  );
});
