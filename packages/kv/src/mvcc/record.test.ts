/** Records are the bytes of the generated encoder, and are taken apart without decoding them whole. */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { encode, fromByteString, KeyValue } from '@concord/protocol';
import { chainStart } from './key-version.ts';
import type { KeyVersion } from './key-version.ts';
import { encodeDelete, encodePut, recordOf } from './revision-row.ts';
import {
  encodeDeletion,
  keyOfRecord,
  leaseOfRecord,
  valueOfRecord,
  versionOfRecord,
  withoutValue,
} from './record.ts';
import type { RecordedVersion } from './record.ts';

const KEYS = ['a', '\0\xff', 'k'.repeat(127), 'k'.repeat(128), 'k'.repeat(20_000)];
const VALUES = ['', 'v', '\0', 'v'.repeat(128), 'v'.repeat(70_000)];
const REVISIONS = [1, 127, 128, 2 ** 31 - 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER];
const LEASES = [0n, 1n, 127n, 128n, 2n ** 63n - 1n, -1n, -(2n ** 63n)];

const first: KeyVersion = {
  ...chainStart,
  modRevision: 9,
  subRevision: 0,
  createRevision: 9,
  version: 1,
  lease: 0n,
  isTombstone: false,
};

const samples = KEYS.flatMap((key, a) =>
  VALUES.flatMap((value, b) =>
    LEASES.map((lease, c) => {
      const at = (offset: number): number =>
        REVISIONS[(a + b + c + offset) % REVISIONS.length] ?? 0;
      return { key, value, lease, createRevision: at(0), modRevision: at(1), version: at(2) };
    }),
  ),
);

const encodeRecord = (fields: RecordedVersion & { key: string; value: Uint8Array }): Uint8Array =>
  recordOf(encodePut(fields.key, fields.value, fields, undefined));
const encodeTombstone = (key: string): Uint8Array => recordOf(encodeDelete(key, first));

test('a record is what the generated encoder makes, and stays so while others are made', () => {
  const records = samples.map((sample) =>
    encodeRecord({ ...sample, value: fromByteString(sample.value) }),
  );
  samples.forEach((sample, at) => {
    const bytes = { key: fromByteString(sample.key), value: fromByteString(sample.value) };
    const expected = encode(KeyValue, KeyValue.create({ ...sample, ...bytes }));
    deepEqual(Buffer.compare(records[at] as Uint8Array, expected), 0, `sample ${at}`);
  });
});

test('each part of a record is found', () => {
  for (const sample of samples) {
    const record = encodeRecord({ ...sample, value: fromByteString(sample.value) });
    equal(keyOfRecord(record), sample.key);
    equal(Buffer.from(valueOfRecord(record)).toString('latin1'), sample.value);
    equal(leaseOfRecord(record), sample.lease);
    equal(versionOfRecord(record), sample.version);
    const kv = KeyValue.decode(record);
    deepEqual(KeyValue.decode(withoutValue(record)), { ...kv, value: new Uint8Array() });
  }
});

test('a tombstone has the key alone, a deletion its revision besides', () => {
  deepEqual(KeyValue.decode(encodeTombstone('a')), KeyValue.create({ key: fromByteString('a') }));
  deepEqual(
    KeyValue.decode(encodeDeletion('a', 2 ** 40)),
    KeyValue.create({ key: fromByteString('a'), modRevision: 2 ** 40 }),
  );
  deepEqual([versionOfRecord(encodeTombstone('a')), leaseOfRecord(encodeTombstone('a'))], [0, 0n]);
});
