/** How long tokens live, and what ends them. */
import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Tokens } from './tokens.ts';

const TTL_MS = 10_000;

test('a token is good for its index alone', () => {
  const tokens = new Tokens(TTL_MS);
  tokens.issue('alice', 'hash', 7, 0);
  equal(tokens.use('hash', 7, 1)?.user, 'alice');
  equal(tokens.use('hash', 8, 1), undefined);
  equal(tokens.use('other', 7, 1), undefined);
});

test('each use lets a token live on, and without any it ends', () => {
  const tokens = new Tokens(TTL_MS);
  tokens.issue('alice', 'hash', 1, 0);
  for (let now = 9000; now <= 90_000; now += 9000) equal(tokens.use('hash', 1, now)?.user, 'alice');
  equal(tokens.use('hash', 1, 90_000 + TTL_MS), undefined);
});

test('what has expired is forgotten, what was used meanwhile is not', () => {
  const tokens = new Tokens(TTL_MS);
  for (const name of ['a', 'b', 'c']) tokens.issue(name, name, 1, 0);
  tokens.use('a', 1, 5000);
  tokens.tick(TTL_MS);
  equal(tokens.count, 1);
  equal(tokens.use('a', 1, TTL_MS)?.user, 'a');
});

test("a user's tokens are revoked, and others' are not", () => {
  const tokens = new Tokens(TTL_MS);
  tokens.issue('alice', 'a1', 1, 0);
  tokens.issue('alice', 'a2', 2, 0);
  tokens.issue('bob', 'b', 3, 0);
  const session = tokens.use('a1', 1, 1);
  tokens.revokeOf('alice');
  equal(session?.isRevoked, true);
  equal(tokens.use('a2', 2, 1), undefined);
  equal(tokens.use('b', 3, 1)?.isRevoked, false);
  tokens.revokeAll();
  equal(tokens.count, 0);
});

test('time ends a token, and not what was opened with it', () => {
  const tokens = new Tokens(TTL_MS);
  tokens.issue('alice', 'a', 1, 0);
  const session = tokens.use('a', 1, 0);
  tokens.tick(TTL_MS);
  equal(tokens.count, 0);
  equal(session?.isRevoked, false);
});

test('there are never more than the limit, and the longest unused goes first', () => {
  const tokens = new Tokens(TTL_MS);
  for (let i = 0; i <= 100_000; i++) tokens.issue('alice', `hash ${i}`, i + 1, 0);
  equal(tokens.count, 100_000);
  equal(tokens.use('hash 0', 1, 1), undefined);
  equal(tokens.use('hash 1', 2, 1)?.user, 'alice');
});
