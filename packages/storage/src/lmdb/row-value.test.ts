/** A stored value carries the CRC-32 that zlib computes, and damage to either is noticed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { checksumBytes, openValue, sealValue } from './row-value.ts';

test('the checksum of a value is its CRC-32, short or long', () => {
  for (let length = 0; length < 100; length++) {
    const value = Uint8Array.from({ length }, (_, i) => (i * 37 + length * 101) & 0xff);
    const stored = new Uint8Array(length + checksumBytes);
    stored.set(value);
    const sealed = Buffer.from(sealValue(stored));
    assert.equal(sealed.readUInt32LE(length), crc32(value));
    assert.deepEqual(openValue(sealed, sealed.length), value);
    sealed[length >>> 1] = (sealed[length >>> 1] as number) ^ 1;
    assert.equal(openValue(sealed, sealed.length), undefined);
  }
});
