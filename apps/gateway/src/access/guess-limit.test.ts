import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GuessLimit } from './guess-limit.ts';

test('five wrong ones cost nothing, each further one twice the wait of the one before', () => {
  let nowMs = 0;
  const limit = new GuessLimit(() => nowMs);
  for (let i = 0; i < 5; i += 1) {
    assert.equal(limit.waitMs('alice', '1.1.1.1'), 0);
    limit.noteAttempt('alice', '1.1.1.1');
  }
  assert.equal(limit.waitMs('alice', '1.1.1.1'), 1000);
  nowMs += 1000;
  assert.equal(limit.waitMs('alice', '1.1.1.1'), 0);
  limit.noteAttempt('alice', '1.1.1.1');
  assert.equal(limit.waitMs('alice', '1.1.1.1'), 2000);
});

test('what strangers guess makes the right user wait a second at most', () => {
  const limit = new GuessLimit(() => 0);
  for (let i = 0; i < 1000; i += 1) limit.noteAttempt('alice', `10.0.${i >> 8}.${i & 255}`);
  assert.equal(limit.waitMs('alice', '1.1.1.1'), 1000);
});

test('a source that asks for many users waits, whoever it asks for next', () => {
  const limit = new GuessLimit(() => 0);
  for (let i = 0; i < 30; i += 1) limit.noteAttempt(`user${i}`, '1.1.1.1');
  assert.ok(limit.waitMs('somebody', '1.1.1.1') > 30_000);
  assert.equal(limit.waitMs('somebody', '2.2.2.2'), 0);
});

test('the right password lets its user begin anew, and the source has not guessed', () => {
  const limit = new GuessLimit(() => 0);
  for (let i = 0; i < 6; i += 1) limit.noteAttempt('alice', '1.1.1.1');
  limit.noteRight('alice', '1.1.1.1');
  assert.equal(limit.waitMs('alice', '1.1.1.1'), 0);
});
