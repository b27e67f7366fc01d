/** Paths of items in URLs: with slashes as they are, and percent-encoded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../http/problem.ts';
import { addressOf, routedConfigUrl } from './item-path.ts';

test('slashes as they are become one parameter, and the operation behind them stays', () => {
  const cases: [string, string][] = [
    ['db/url', 'db%2Furl'],
    ['db/url/history', 'db%2Furl/history'],
    ['db/url/history?limit=1&x=a/b', 'db%2Furl/history?limit=1&x=a/b'],
    ['a/b/c/rollout?x', 'a%2Fb%2Fc/rollout?x'],
    ['/db/url', '%2Fdb%2Furl'],
    ['db%2Furl/history', 'db%2Furl/history'],
    ['db%2Fhistory', 'db%2Fhistory'],
    ['db%2Furl/nonsense', 'db%2Furl/nonsense'],
    ['db/history/history', 'db%2Fhistory/history'],
    ['history', 'history'],
    ['release', 'release'],
    ['', ''],
  ];
  for (const [given, routed] of cases) {
    assert.equal(
      routedConfigUrl(`/v1/configs/default/${given}`),
      `/v1/configs/default/${routed}`,
      given,
    );
  }
  for (const other of ['/v1/configs', '/v1/configs/default', '/v1/services/a/b/c', '/']) {
    assert.equal(routedConfigUrl(other), other);
  }
});

test('what cannot be an item is refused by the part of the path', () => {
  const cases: [string, string, string][] = [
    ['de fault', 'x', 'path.namespace'],
    ['default', '', 'path.path'],
    ['default', 'a//b', 'path.path'],
    ['default', '../x', 'path.path'],
    ['default', 'x'.repeat(600), 'path.path'],
  ];
  for (const [namespace, path, field] of cases) {
    assert.throws(
      () => addressOf({ namespace, path }),
      (error) => error instanceof Problem && error.details.errors?.[0]?.field === field,
    );
  }
  assert.equal(addressOf({ namespace: 'default', path: '/db/url' }).path, 'db/url');
});
