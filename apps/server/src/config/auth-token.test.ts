/** `--auth-token` in etcd's notation, and what is wrong with others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAuthToken } from './auth-token.ts';

test('the kinds', () => {
  assert.deepEqual(parseAuthToken('simple'), { kind: 'simple' });
  assert.deepEqual(parseAuthToken(''), { kind: 'none' });
  assert.deepEqual(parseAuthToken('jwt,pub-key=a.pub,priv-key=a.key,sign-method=RS512,ttl=10m'), {
    kind: 'jwt',
    method: 'RS512',
    publicKeyFile: 'a.pub',
    privateKeyFile: 'a.key',
    ttlMs: 600_000,
  });
  assert.deepEqual(parseAuthToken('jwt,sign-method=EdDSA,pub-key=b'), {
    kind: 'jwt',
    method: 'EdDSA',
    publicKeyFile: 'b',
    privateKeyFile: undefined,
    ttlMs: 300_000,
  });
});

const wrong: readonly [given: string, message: RegExp][] = [
  ['oauth', /simple, or jwt/],
  ['jwt', /sign-method=METHOD with one of RS256/],
  ['jwt,sign-method=none,priv-key=a', /one of RS256/],
  ['jwt,sign-method=RS256', /priv-key=FILE to make tokens/],
  ['jwt,sign-method=HS256,pub-key=a', /priv-key=FILE with the secret/],
  ['jwt,sign-method=RS256,priv-key=a,key=b', /got "key=b"/],
  ['jwt,sign-method=RS256,priv-key', /got "priv-key"/],
  ['jwt,sign-method=RS256,priv-key=a,priv-key=b', /priv-key once/],
  ['jwt,sign-method=RS256,priv-key=a,ttl=soon', /length of time/],
  ['jwt,sign-method=RS256,priv-key=a,ttl=0s', /above 0/],
];
for (const [given, message] of wrong) {
  test(`--auth-token ${given} is refused, and says what would be right`, () => {
    assert.throws(() => parseAuthToken(given), { name: 'FlagError', message });
  });
}
