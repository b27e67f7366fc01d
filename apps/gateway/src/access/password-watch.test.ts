import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Log } from '../log.ts';
import { PasswordWatch, type HeldToken, type TokenState } from './password-watch.ts';

/** Tokens as a cluster knows them. */
class TestCluster {
  readonly states = new Map<string, TokenState>();
  /** Until when the sessions of whom have ended. */
  readonly ended: [user: string, untilMs: number][] = [];
  readonly watch = new PasswordWatch(
    {
      hold: (token) => this.#held(token),
      ownToken: () => Promise.resolve('own'),
      endAllOf: (user, untilMs) => Promise.resolve(void this.ended.push([user, untilMs])),
      log: { info: () => undefined, error: () => undefined } as unknown as Log,
    },
    60_000,
  );

  #held(token: string): HeldToken {
    return {
      state: () => Promise.resolve(this.states.get(token) ?? 'valid'),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
}

test('who has another password loses the sessions, and nobody else does', async () => {
  const cluster = new TestCluster();
  await using watch = cluster.watch;
  await watch.add('ann', 'of ann', Date.now());
  await watch.add('bob', 'of bob', Date.now());
  await watch.look();
  assert.equal(cluster.ended.length, 0);
  cluster.states.set('of ann', 'forgotten');
  await watch.look();
  await watch.look();
  assert.deepEqual(
    cluster.ended.map(([user]) => user),
    ['ann'],
  );
});

test('sessions that began after the password was good for the last time go on', async () => {
  const cluster = new TestCluster();
  await using watch = cluster.watch;
  await watch.add('ann', 'of ann', 1000);
  cluster.states.set('of ann', 'forgotten');
  await watch.look();
  assert.deepEqual(cluster.ended, [['ann', 1000]]);
});

test('a member that forgot everybody, or does not answer, says nothing of a password', async () => {
  const cluster = new TestCluster();
  await using watch = cluster.watch;
  await watch.add('ann', 'of ann', 1000);
  cluster.states.set('of ann', 'forgotten').set('own', 'unknown');
  await watch.look();
  cluster.states.set('own', 'forgotten');
  await watch.look();
  assert.deepEqual(cluster.ended, []);
  // Who signs in again is watched again, beside a new token of the gateway.
  cluster.states.clear();
  await watch.add('ann', 'of ann', 1000);
  cluster.states.set('of ann', 'forgotten');
  await watch.look();
  assert.deepEqual(cluster.ended, [['ann', 1000]]);
});
