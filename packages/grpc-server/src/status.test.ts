import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Metadata } from './metadata.ts';
import { percentEncode } from './status.ts';

test('messages of printable ASCII stay as they are, but for the percent sign', () => {
  const printable = 'etcdserver: key not found ~!@#$^&*()_+{}|:"<>?';
  assert.equal(percentEncode(printable), printable);
  assert.equal(percentEncode('100%'), '100%25');
});

test('everything else is encoded byte by byte, and decodes again', () => {
  assert.equal(percentEncode('a\nb'), 'a%0Ab');
  assert.equal(percentEncode('grün'), 'gr%C3%BCn');
  const text = 'tab\t nul\0 emoji 🦀 100% 漢字 ';
  assert.equal(decodeURIComponent(percentEncode(text)), text);
});

test('metadata gives first values, all values, and binary ones decoded', () => {
  const metadata = new Metadata(['a', '1', 'b-bin', 'AQI', 'a', '2', 'b-bin', 'AwQ=,BQ==']);
  assert.equal(metadata.get('a'), '1');
  assert.equal(metadata.get('missing'), undefined);
  assert.deepEqual(metadata.getAll('a'), ['1', '2']);
  assert.deepEqual(metadata.getBinary('b-bin'), Uint8Array.of(1, 2));
  assert.deepEqual(metadata.getAllBinary('b-bin'), [
    Uint8Array.of(1, 2),
    Uint8Array.of(3, 4),
    Uint8Array.of(5),
  ]);
  assert.equal(metadata.getBinary('missing-bin'), undefined);
  assert.equal([...metadata].length, 4);
});
