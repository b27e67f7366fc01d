/** JSON strings as Go's encoder writes them: etcd was asked for every row. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeUtf8, goString } from './go-json.ts';

const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

const rows: readonly (readonly [string, bytes: string, json: string])[] = [
  ['plain text stays', 'a b~\x7f', '"a b~\x7f"'],
  ['quotes and backslashes are escaped', '"\\', '"\\"\\\\"'],
  ['common control characters have short escapes', '\n\r\t', '"\\n\\r\\t"'],
  ['others are numbered', '\0\x08\x0c\x1f', '"\\u0000\\u0008\\u000c\\u001f"'],
  ['what is special in HTML is escaped', '<&>', '"\\u003c\\u0026\\u003e"'],
  ['letters of other scripts stay', bytesOf('äß€😀'), '"äß€😀"'],
  ['line separators are escaped', bytesOf('\u2028\u2029'), '"\\u2028\\u2029"'],
  ['a replacement character that was sent stays', bytesOf('\ufffd'), '"\ufffd"'],
  ['a byte that is no UTF-8 is one escape', '\xff', '"\\ufffd"'],
  ['so is each byte of a sequence that is cut', '\xe2\x82', '"\\ufffd\\ufffd"'],
  ['of a surrogate', '\xed\xa0\x80', '"\\ufffd\\ufffd\\ufffd"'],
  ['of a spelling that is too long', '\xc0\x80', '"\\ufffd\\ufffd"'],
  ['and of what lies beyond the last character', '\xf5\x80', '"\\ufffd\\ufffd"'],
];

for (const [name, bytes, json] of rows) test(name, () => assert.equal(goString(bytes), json));

test('every character is decoded as TextDecoder does', () => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (let point = 0; point < 0x110000; point += point < 0x1000 ? 1 : 97) {
    if (point >= 0xd800 && point < 0xe000) continue;
    const utf8 = Buffer.from(String.fromCodePoint(point), 'utf8');
    assert.equal(decodeUtf8(utf8.toString('latin1')), decoder.decode(utf8));
  }
});
