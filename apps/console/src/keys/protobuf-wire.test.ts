import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printMessage, readMessage } from './protobuf-wire.ts';
import { fromHex } from './wire-bytes.ts';

test('a message is read without its schema, with messages inside of it', () => {
  // { 1: 150, 2: "testing", 3: { 1: 150 }, 4: fixed32 1, 5: fixed64 2 }
  const fields = readMessage(
    fromHex('089601 120774657374696e67 1a03089601 2501000000 290200000000000000'),
  );
  assert.ok(fields !== undefined);
  assert.deepEqual(
    fields.map(({ field, kind }) => [field, kind]),
    [
      [1, 'varint'],
      [2, 'text'],
      [3, 'message'],
      [4, 'fixed32'],
      [5, 'fixed64'],
    ],
  );
  assert.equal(printMessage(fields.slice(0, 3)), '1: 150\n2: "testing"\n3 {\n  1: 150\n}');
});

test('bytes with a piece that belongs to no field are no message', () => {
  for (const hex of [
    '08',
    '0896',
    '1207746573',
    '00',
    '0b',
    '25010000',
    '2902',
    'ffffffffffffffffffffff',
  ]) {
    assert.equal(readMessage(fromHex(hex)), undefined, hex);
  }
});

test('a length beyond the end is refused, however large', () => {
  assert.equal(readMessage(fromHex('12ffffffffffffffffff01')), undefined);
});
