/** Every key has one string, and comes back from it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { keyBytes, keyText } from './key-text.ts';

test('UTF-8 is what it spells, the replacement character too', () => {
  for (const text of ['', '/a/b', 'größe', '日本', '😀', 'a\ufffdb']) {
    assert.equal(keyText(Buffer.from(text)), text);
    assert.deepEqual(Buffer.from(keyBytes(text)), Buffer.from(text));
  }
});

test('any bytes come back, and different bytes have different strings', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
      assert.deepEqual(Buffer.from(keyBytes(keyText(a))), Buffer.from(a));
      assert.equal(keyText(a) === keyText(b), Buffer.compare(a, b) === 0);
    }),
  );
});

test('halves, overlong forms and surrogates are no UTF-8', () => {
  for (const hex of ['ff', 'c0af', 'e28261', 'f0908d', 'eda080', '61ff62', 'f5808080']) {
    const bytes = Buffer.from(hex, 'hex');
    assert.deepEqual(Buffer.from(keyBytes(keyText(bytes))), bytes, hex);
  }
});
