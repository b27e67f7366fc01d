/**
 * UTF-8 against the platform's own decoder where text is valid, and against itself where it isn't: any bytes
 * come back as they were.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeUtf8, utf8Length, writeUtf8 } from './utf8.ts';

function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  assert.equal(writeUtf8(text, bytes, 0), bytes.length);
  return bytes;
}

const decodeAll = (bytes: Uint8Array): string => decodeUtf8(bytes, 0, bytes.length);

describe('UTF-8', () => {
  test('valid text is written and read as the platform does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const expected = new TextEncoder().encode(text);
        assert.deepEqual(encodeUtf8(text), expected);
        assert.equal(decodeAll(expected), text);
      }),
      { numRuns: 1000 },
    );
  });

  test('any bytes survive being read and written', () => {
    const byte = fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(0xed, 0xf0, 0xf4, 0xe0),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 24 }), (bytes) => {
        assert.deepEqual([...encodeUtf8(decodeAll(Uint8Array.from(bytes)))], bytes);
      }),
      { numRuns: 2000 },
    );
  });

  test('what the platform calls invalid is what gets escaped', () => {
    const platform = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 6 }), (bytes) => {
        const text = decodeAll(bytes);
        if (/[\udc80-\udcff]/.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))) {
          assert.throws(() => platform.decode(bytes));
        } else {
          assert.equal(platform.decode(bytes), text);
        }
      }),
      { numRuns: 5000 },
    );
  });

  for (const [what, bytes] of [
    ['a continuation byte alone', [0x80]],
    ['a sequence cut short', [0xc3]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['an overlong three-byte form', [0xe0, 0x80, 0x80]],
    ['an encoded surrogate', [0xed, 0xb2, 0x80]],
    ['a code point beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ] as const) {
    test(`${what} becomes one escape a byte`, () => {
      const text = decodeAll(Uint8Array.from(bytes));
      assert.deepEqual(
        Array.from(text, (unit) => unit.charCodeAt(0)),
        bytes.map((byte) => 0xdc00 | byte),
      );
    });
  }

  test('a lone surrogate that stands for no byte is written as U+FFFD', () => {
    assert.deepEqual([...encodeUtf8('\ud800')], [0xef, 0xbf, 0xbd]);
    assert.deepEqual([...encodeUtf8('\udc00')], [0xef, 0xbf, 0xbd]);
  });

  test('escapes that together make valid UTF-8 are read back as that text', () => {
    assert.equal(decodeAll(encodeUtf8('\udcc3\udcbc')), 'ü');
  });

  test('a long text is read whole', () => {
    const text = 'x'.repeat(100_000) + 'é';
    assert.equal(decodeAll(new TextEncoder().encode(text)), text);
  });
});
