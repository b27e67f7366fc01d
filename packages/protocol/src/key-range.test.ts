/**
 * Key ranges against a brute-force oracle: all keys over a small alphabet, tested one by one against the
 * rules of `range_end` as etcd documents them.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fromByteString, type ByteString } from './byte-string.ts';
import {
  ALL_KEYS,
  contains,
  decodeKeyRange,
  isEmpty,
  isSingleKey,
  keyRange,
  overlaps,
  prefixEnd,
  prefixRange,
  singleKey,
} from './key-range.ts';

/** Bytes at both ends and around the sign bit: where wrong comparisons show. */
const ALPHABET = ['\0', '\x01', 'a', '\x7f', '\x80', '\xfe', '\xff'];

const keysOf = (length: number): ByteString[] =>
  length === 0 ? [''] : keysOf(length - 1).flatMap((key) => ALPHABET.map((byte) => key + byte));

/** All keys of one to four bytes. */
const KEYS = [1, 2, 3, 4].flatMap(keysOf);

const byteStrings = (lengths: { minLength: number; maxLength: number }): fc.Arbitrary<ByteString> =>
  fc.array(fc.constantFrom(...ALPHABET), lengths).map((bytes) => bytes.join(''));

const anyKey = byteStrings({ minLength: 1, maxLength: 3 });
const anyEnd = byteStrings({ minLength: 0, maxLength: 3 });

/** Byte by byte, unsigned, as the protocol orders keys. */
function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function inRange(candidate: ByteString, key: ByteString, rangeEnd: ByteString): boolean {
  const [bytes, from, to] = [candidate, key, rangeEnd].map(fromByteString) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  if (to.length === 0) return compareBytes(bytes, from) === 0;
  const afterFrom = compareBytes(bytes, from) >= 0;
  return to.length === 1 && to[0] === 0 ? afterFrom : afterFrom && compareBytes(bytes, to) < 0;
}

describe('a key range', () => {
  test('contains exactly the keys that the protocol says', () => {
    fc.assert(
      fc.property(anyKey, anyEnd, (key, rangeEnd) => {
        const range = decodeKeyRange(fromByteString(key), fromByteString(rangeEnd));
        for (const candidate of KEYS) {
          assert.equal(contains(range, candidate), inRange(candidate, key, rangeEnd));
        }
      }),
    );
  });

  test('is empty exactly if it contains no key', () => {
    fc.assert(
      fc.property(anyKey, anyEnd, (key, rangeEnd) => {
        const range = keyRange(key, rangeEnd);
        assert.equal(isEmpty(range), !KEYS.some((candidate) => contains(range, candidate)));
      }),
    );
  });

  test('overlaps another exactly if a key is in both', () => {
    fc.assert(
      fc.property(anyKey, anyEnd, anyKey, anyEnd, (keyA, endA, keyB, endB) => {
        const [a, b] = [keyRange(keyA, endA), keyRange(keyB, endB)];
        const shared = KEYS.some((key) => contains(a, key) && contains(b, key));
        assert.equal(overlaps(a, b), shared);
        assert.equal(overlaps(b, a), shared);
      }),
    );
  });

  test('is a single key exactly if it contains one key and its end is that key with a zero byte', () => {
    fc.assert(
      fc.property(anyKey, anyEnd, (key, rangeEnd) => {
        const expected = rangeEnd === '' || rangeEnd === key + '\0';
        assert.equal(isSingleKey(keyRange(key, rangeEnd)), expected);
      }),
    );
  });
});

describe('a prefix', () => {
  test('has a range of exactly the keys that begin with it', () => {
    fc.assert(
      fc.property(byteStrings({ minLength: 0, maxLength: 3 }), (prefix) => {
        const range = prefixRange(prefix);
        for (const key of KEYS) assert.equal(contains(range, key), key.startsWith(prefix));
      }),
    );
  });

  for (const [prefix, end] of [
    ['a', 'b'],
    ['a\xff', 'b'],
    ['a\xff\xff', 'b'],
    ['a\x00', 'a\x01'],
    ['\xfe', '\xff'],
    ['\xff', undefined],
    ['\xff\xff', undefined],
    ['', undefined],
  ] as const) {
    test(`${JSON.stringify(prefix)} ends at ${end === undefined ? 'no key' : JSON.stringify(end)}`, () => {
      assert.equal(prefixEnd(prefix), end);
    });
  }
});

describe('the named ranges', () => {
  test('all keys are all keys', () => {
    assert.ok(KEYS.every((key) => contains(ALL_KEYS, key)));
    assert.deepEqual(keyRange('\0', '\0'), { from: '\0', to: undefined });
  });

  test('a single key ends before the next possible key', () => {
    assert.deepEqual(singleKey('k'), { from: 'k', to: 'k\0' });
    assert.equal(contains(singleKey('k'), 'k\0'), false);
  });

  test('a range that ends where it begins, or before, is empty and overlaps nothing', () => {
    assert.ok(isEmpty(keyRange('b', 'b')));
    assert.ok(isEmpty(keyRange('b', 'a')));
    assert.equal(overlaps(keyRange('b', 'b'), ALL_KEYS), false);
  });
});
