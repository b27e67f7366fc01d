/** Who guesses is slowed down; who mistypes is not, and nobody is locked out by others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GuessLimit } from './guess-limit.ts';

class Guessing {
  nowMs = 0;
  readonly limit = new GuessLimit(() => this.nowMs);

  /** Wrong passwords one after the other, each as soon as it is let. Answers how long they took. */
  guess(user: string, peer: string, count: number): number {
    const startMs = this.nowMs;
    for (let i = 0; i < count; i++) {
      this.nowMs += this.limit.waitMs(user, peer);
      this.limit.wrong(user, peer);
    }
    return this.nowMs - startMs;
  }
}

test('a few mistakes cost nothing', () => {
  const guessing = new Guessing();
  assert.equal(guessing.guess('alice', '10.0.0.1:5000', 10), 0);
  assert.ok(guessing.limit.waitMs('alice', '10.0.0.1:5001') > 0);
});

test('a hundred guesses take more than half an hour, whatever port they come from', () => {
  const guessing = new Guessing();
  let tookMs = 0;
  for (let i = 0; i < 100; i++) tookMs += guessing.guess('alice', `10.0.0.1:${5000 + i}`, 1);
  assert.ok(tookMs > 30 * 60_000, `${tookMs} ms`);
});

test('a right password clears what was counted from that address', () => {
  const guessing = new Guessing();
  guessing.guess('alice', '10.0.0.1:5000', 15);
  guessing.nowMs += guessing.limit.waitMs('alice', '10.0.0.1:5000');
  guessing.limit.right('alice', '10.0.0.1:5000');
  assert.equal(guessing.limit.waitMs('alice', '10.0.0.1:5000'), 0);
});

test('an address that tries many users is slowed down', () => {
  const guessing = new Guessing();
  for (let i = 0; i < 40; i++) guessing.guess(`user${i}`, '10.0.0.1:5000', 1);
  assert.ok(guessing.limit.waitMs('another', '10.0.0.1:5000') > 1000);
  assert.equal(guessing.limit.waitMs('another', '10.0.0.2:5000'), 0);
});

test('however many strangers guess, the user waits a second at most', () => {
  const guessing = new Guessing();
  for (let i = 0; i < 1000; i++) guessing.limit.wrong('alice', `10.0.${i >> 8}.${i & 255}:1`);
  const waitMs = guessing.limit.waitMs('alice', '192.168.0.1:1');
  assert.ok(waitMs > 0 && waitMs <= 1000, `${waitMs} ms`);
});

test('addresses of IPv6 and local sockets are told apart', () => {
  const guessing = new Guessing();
  guessing.guess('alice', '[::1]:5000', 11);
  assert.ok(guessing.limit.waitMs('alice', '[::1]:6000') > 0);
  assert.equal(guessing.limit.waitMs('alice', '[::2]:5000'), 0);
  assert.equal(guessing.limit.waitMs('alice', '/run/concord.sock'), 0);
});

test('memory is bounded, and what is old is forgotten', () => {
  const guessing = new Guessing();
  for (let i = 0; i < 50_000; i++) guessing.limit.wrong(`user${i}`, `10.${i >> 8}.0.${i & 255}:1`);
  assert.ok(guessing.limit.entryCount <= 10_003, String(guessing.limit.entryCount));
  guessing.nowMs += 601_000;
  guessing.limit.wrong('alice', '10.0.0.1:1');
  assert.equal(guessing.limit.entryCount, 3);
});
