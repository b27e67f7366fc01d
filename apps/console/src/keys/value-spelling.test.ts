import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readValue, spell, SPELLINGS, spellingOf } from './value-spelling.ts';
import { bytesOf } from './wire-bytes.ts';

test('bytes survive every spelling that they have', () => {
  const bytes = Uint8Array.from({ length: 40 }, (_, at) => (at * 37) % 256);
  assert.equal(spellingOf(bytes), 'hex');
  for (const spelling of ['hex', 'base64'] as const) {
    assert.deepEqual(bytesOf(readValue(spell(bytes, spelling), spelling)), bytes, spelling);
  }
  const text = new TextEncoder().encode('grüße');
  assert.equal(spellingOf(text), 'text');
  for (const spelling of SPELLINGS) {
    assert.deepEqual(readValue(spell(text, spelling), spelling), { text: 'grüße' }, spelling);
  }
});

test('digits are written in pairs, sixteen a line', () => {
  assert.equal(spell(new Uint8Array(17), 'hex'), `${Array(16).fill('00').join(' ')}\n00`);
});

test('a draft that is not spelled so is refused', () => {
  assert.throws(() => readValue('0g', 'hex'), SyntaxError);
  assert.throws(() => readValue('*', 'base64'), SyntaxError);
});
