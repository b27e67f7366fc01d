/** Paths and the keys that come of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError } from '@concord/client';
import { acknowledgementKey, historyKey, itemAddress, itemKey, itemName } from './address.ts';

test('a path with and without a slash in front is the same item', () => {
  assert.equal(
    itemKey(itemAddress('test', '/db/url', 'default')),
    '/concord/config/items/default/db/url',
  );
  assert.equal(
    itemKey(itemAddress('test', 'db/url', 'default')),
    '/concord/config/items/default/db/url',
  );
});

test('histories and acknowledgements have the path as one segment', () => {
  const address = itemAddress('test', '/db/url', 'blue');
  assert.equal(historyKey(address, 12), '/concord/config/history/blue/db%2Furl/0000000012');
  assert.equal(
    acknowledgementKey(address, 'pod/1'),
    '/concord/config/acknowledgements/blue/db%2Furl/pod%2F1',
  );
  assert.equal(itemName(address), 'blue:db/url');
});

test('a path that cannot be meant is refused, with what is wrong with it', () => {
  const cases: [unknown, RegExp][] = [
    ['', /path "" is empty/],
    ['/', /is empty/],
    ['/db//url', /path "\/db\/\/url" has an empty segment/],
    ['db/', /has an empty segment/],
    ['//db', /has an empty segment/],
    ['a/../b', /has the segment "\.\."/],
    ['a\u0000b', /control character/],
    ['\ud800', /surrogate/],
    ['x'.repeat(513), /more than 512 bytes/],
    [7, /is no string/],
  ];
  for (const [path, text] of cases) {
    assert.throws(
      () => itemAddress('config.watch', path, 'default'),
      (error) => ConcordError.is(error, 'INVALID_ARGUMENT') && text.test(error.message),
      String(path),
    );
  }
  assert.throws(() => itemAddress('config.watch', 'a', 'x/y'), /option "namespace" is "x\/y"/);
});
