import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestFormat, indentJson, show } from './value-formats.ts';
import { fromHex } from './wire-bytes.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

test('each value is shown first in the format that tells most', () => {
  for (const [bytes, format] of [
    [utf8('postgres://db:5432'), 'text'],
    [utf8('{"max": 10}'), 'json'],
    [utf8('{"max": '), 'text'],
    [utf8('pool:\n  max: 10\n# why\nhosts:\n- a\n'), 'yaml'],
    [utf8('hello world\nhow: are you'), 'text'],
    [utf8(''), 'text'],
    [fromHex('089601120774657374696e67'), 'protobuf'],
    [fromHex('fffe0001'), 'hex'],
  ] as const) {
    assert.equal(bestFormat(bytes), format, new TextDecoder().decode(bytes));
  }
});

test('indented JSON keeps the digits of large numbers, the order of names and what is inside texts', () => {
  assert.equal(
    indentJson('{"id":9007199254740993,"b":[1,[],{}],"a":"x, {y}: \\"z\\""}'),
    '{\n  "id": 9007199254740993,\n  "b": [\n    1,\n    [],\n    {}\n  ],\n  "a": "x, {y}: \\"z\\""\n}',
  );
});

test('a format that does not fit says why', () => {
  assert.deepEqual(show(fromHex('ff'), 'text'), { fits: false, reason: 'not-text' });
  const shown = show(utf8('{"a":}'), 'json');
  assert.ok(!shown.fits && shown.reason === 'not-json' && shown.detail !== '');
  assert.deepEqual(show(utf8('x'), 'protobuf'), { fits: false, reason: 'not-protobuf' });
});
