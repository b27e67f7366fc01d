/**
 * Goal: each thing that a record header says about its place is checked, on its own.
 * Method: a header that belongs, and one changed field a row.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  hasValidChecksum,
  headerBytes,
  headerFault,
  readHeader,
  readUint53,
  recordBytes,
  recordTypes,
  sealRecord,
  writeUint53,
  type RecordHeader,
} from './record.ts';

const place = { segment: 2 ** 32 + 7, offset: 1024, previous: 0xdeadbeef, number: 2 ** 40 + 3 };
const payloadLength = 100;

function sealed(): { bytes: Uint8Array; header: RecordHeader } {
  const bytes = new Uint8Array(headerBytes + payloadLength).fill(5, headerBytes);
  const view = new DataView(bytes.buffer);
  sealRecord(view, recordTypes.batch, payloadLength, place);
  return { bytes, header: readHeader(view, 0) };
}

test('a record that was sealed for a place belongs there', () => {
  const { bytes, header } = sealed();
  assert.equal(headerFault(header, place, bytes.length), undefined);
  assert.ok(hasValidChecksum(bytes, header));
});

const faults: readonly [string, Partial<RecordHeader>, RegExp][] = [
  ['an unknown type', { type: 5 }, /record type 5/],
  ['type zero', { type: 0 }, /record type 0/],
  ['another segment', { segment: 8 }, /segment 8/],
  ['another offset', { offset: 1536 }, /offset 1536/],
  ['another number', { number: place.number + 1 }, /record number/],
  ['another predecessor', { previous: 1 }, /follows checksum 00000001/],
  ['a length beyond the file', { length: payloadLength + 1 }, /a record of 101 bytes/],
];

for (const [name, change, found] of faults) {
  test(`a header with ${name} does not belong`, () => {
    const { bytes, header } = sealed();
    assert.match(headerFault({ ...header, ...change }, place, bytes.length)?.found ?? '', found);
  });
}

test('the checksum covers every byte but itself', () => {
  const { bytes, header } = sealed();
  for (let i = 4; i < bytes.length; i++) {
    bytes[i] = (bytes[i] as number) ^ 1;
    assert.equal(hasValidChecksum(bytes, header), false, `byte ${i}`);
    bytes[i] = (bytes[i] as number) ^ 1;
  }
});

test('a record occupies whole sectors', () => {
  assert.deepEqual([0, 480, 481, 992, 993].map(recordBytes), [512, 512, 1024, 1024, 1536]);
});

test('every safe integer survives as 64 bits', () => {
  const view = new DataView(new ArrayBuffer(8));
  for (const value of [0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 40 + 3, Number.MAX_SAFE_INTEGER]) {
    writeUint53(view, 0, value);
    assert.equal(readUint53(view, 0), value);
    assert.equal(view.getBigUint64(0, true), BigInt(value));
  }
});
