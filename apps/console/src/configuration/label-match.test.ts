import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLabelMatch, printLabelMatch } from './label-match.ts';

test('a match is read and written back the same', () => {
  const read = parseLabelMatch(' version=1.4 ,zone=a | b,');
  assert.ok('match' in read);
  assert.deepEqual(read.match, { version: '1.4', zone: ['a', 'b'] });
  assert.equal(printLabelMatch(read.match), 'version=1.4, zone=a|b');
  assert.deepEqual(parseLabelMatch('url=a=b'), { match: { url: 'a=b' } });
});

test('what cannot be meant is named', () => {
  for (const [text, fault] of [
    ['', 'empty'],
    ['zone', 'no-equals-sign'],
    ['=a', 'no-name'],
    ['zone=', 'no-value'],
    ['zone=a|', 'no-value'],
    ['a=1,a=2', 'twice'],
  ] as const) {
    const read = parseLabelMatch(text);
    assert.equal('fault' in read ? read.fault : undefined, fault, text);
  }
});
