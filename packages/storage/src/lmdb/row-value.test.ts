/**
 * A row carries the CRC-32 that zlib computes of its table, key and value, and damage to any of them is noticed: the same
 * value is refused under another key, in another table, and with its key and value divided elsewhere.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { checksumBytes, checksumSeed, openRow, sealRow } from './row-value.ts';

const seed = checksumSeed('current');

test('the checksum of a row is the CRC-32 of key and value, short or long', () => {
  for (let length = 0; length < 100; length++) {
    const value = Uint8Array.from({ length }, (_, i) => (i * 37 + length * 101) & 0xff);
    const key = '\xffkey\0'.repeat(length % 13);
    const stored = new Uint8Array(length + checksumBytes);
    stored.set(value);
    const sealed = Buffer.from(sealRow(seed, key, stored));
    const expected = crc32(value, crc32(Buffer.from(key, 'latin1'), (seed ^ key.length) >>> 0));
    assert.equal(sealed.readUInt32LE(length), expected);
    assert.deepEqual(openRow(seed, key, sealed), value);
    assert.equal(openRow(checksumSeed('tombstones'), key, sealed), undefined);
    assert.equal(openRow(seed, `${key}\0`, sealed), undefined);
    for (let at = 0; at < key.length; at++) {
      const other = String.fromCharCode(key.charCodeAt(at) ^ (1 << (at % 8)));
      assert.equal(openRow(seed, key.slice(0, at) + other + key.slice(at + 1), sealed), undefined);
    }
    sealed[length >>> 1] = (sealed[length >>> 1] as number) ^ 1;
    assert.equal(openRow(seed, key, sealed), undefined);
  }
});

test('the bytes of a row divided elsewhere between key and value are another row', () => {
  const stored = sealRow(seed, 'ke', new Uint8Array([...Buffer.from('yvalue'), 0, 0, 0, 0]));
  assert.ok(openRow(seed, 'ke', stored));
  assert.equal(openRow(seed, 'key', stored.subarray(1)), undefined);
  assert.equal(openRow(seed, 'k', new Uint8Array([0x65, ...stored])), undefined);
});
