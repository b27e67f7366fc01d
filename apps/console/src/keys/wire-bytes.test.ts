import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOf, fromBase64, fromHex, hexDump, nameOf, toHex, wireOf } from './wire-bytes.ts';

test('bytes that are text are written as text, all others as base64, and both come back', () => {
  assert.deepEqual(wireOf(new TextEncoder().encode('grüße')), { text: 'grüße' });
  const bytes = Uint8Array.of(0xff, 0x00, 0x61);
  assert.deepEqual(wireOf(bytes), { base64: '/wBh' });
  assert.deepEqual(bytesOf(wireOf(bytes)), bytes);
});

test('a key that is no text has a name that shows every byte', () => {
  assert.equal(nameOf({ base64: '/wBh' }), '\\xff\\x00\\x61');
  assert.equal(nameOf({ text: '/db/url' }), '/db/url');
});

test('hexadecimal digits may be parted by blanks; half a byte is refused', () => {
  assert.deepEqual(fromHex('ff 00\n61'), Uint8Array.of(0xff, 0, 0x61));
  assert.equal(toHex(Uint8Array.of(255, 1)), 'ff01');
  assert.throws(() => fromHex('abc'), /pairs of hexadecimal digits/);
  assert.throws(() => fromBase64('not base64!'), /not base64/);
});

test('a dump has sixteen bytes a line, and a short last line keeps its columns', () => {
  const lines = hexDump(new TextEncoder().encode('0123456789abcdef\n!')).split('\n');
  assert.equal(lines.length, 2);
  assert.match(lines[0]!, /^00000000 {2}30 31 .* 66 {2}0123456789abcdef$/);
  assert.match(lines[1]!, /^00000010 {2}0a 21 +·!$/);
  assert.equal(lines[0]!.indexOf('0123456789abcdef'), lines[1]!.indexOf('·!'));
});
