/** Hashing beside the event loop, and no more of it than there is time for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Passwords, TooManyPasswords } from './passwords.ts';

test('passwords are hashed and checked in another thread, while this one runs on', async () => {
  const passwords = new Passwords({ kind: 'memory-hard' });
  let turns = 0;
  const turning = setInterval(() => turns++, 1);
  const hash = await passwords.hash('secret');
  clearInterval(turning);
  assert.ok(turns > 0);
  assert.equal(await passwords.matches('secret', hash), true);
  assert.equal(await passwords.matches('wrong', hash), false);
  await passwords.stop();
});

test('without a hash the answer is no, whatever the password', async () => {
  const passwords = new Passwords({ kind: 'bcrypt', cost: 4 });
  for (const password of ['', 'x']) {
    assert.equal(await passwords.matches(password, undefined), false);
  }
  await passwords.stop();
});

test('of too many at once the last are refused, and the others answered', async () => {
  const passwords = new Passwords({ kind: 'bcrypt', cost: 4 });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 120 }, (_, i) => passwords.hash(`secret ${i}`)),
  );
  const refused = outcomes.filter(({ status }) => status === 'rejected');
  assert.equal(refused.length, 20);
  for (const outcome of refused) {
    assert.ok(outcome.status === 'rejected' && outcome.reason instanceof TooManyPasswords);
  }
  await passwords.stop();
});

test('who waits when the thread ends is told, and the next one is served', async () => {
  const passwords = new Passwords({ kind: 'memory-hard' });
  const waiting = passwords.hash('secret');
  await passwords.stop();
  await assert.rejects(waiting, /thread has ended/);
  assert.equal(typeof (await passwords.hash('again')), 'string');
  await passwords.stop();
});
