/**
 * Goal: whoever loses a lock knows it before another can have it, even when no timer of theirs could run. Method: event
 * loops that are blocked, lines that are cut, leases that are revoked; a witness past the proxies says what the server has.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError, op } from '@concord/client';
import { assertFresh, ClusterFenceStore } from '@concord/lock';
import { onEachBackend } from '../harness/each-backend.ts';
import { aborted, isError } from './expectation.ts';
import { SHORT_LEASES } from './handovers.ts';
import { Participants, standing } from './participants.ts';

/** What servers give with short election time-outs; by default it is 2 s at least. */
const TTL_MS = 1_000;

onEachBackend(
  'a lock that is lost',
  (target) => {
    test('after an event loop that stood still for two TTLs: the first statement that uses it throws', async () => {
      await using services = new Participants(target);
      const a = await services.join('a');
      const used = [];
      for (const name of ['/asserted', '/guarded', '/left']) {
        used.push(await a.lock.acquire(name, { ttl: TTL_MS }));
      }
      const [asserted, guarded, left] = used;
      const leadership = await a.election.campaign('/leader', { ttl: TTL_MS });
      const guard = guarded!.guard();

      blockEventLoop(2 * TTL_MS);
      assert.throws(() => asserted!.assertHeld(), isError('LOCK_LOST', /this process stood still/));
      assert.throws(() => guarded!.guard(), isError('LOCK_LOST'));
      assert.equal(left!.remainingMs, 0);
      const proclaimed = leadership.proclaim('still me');
      const written = a.client.kv.txn().if(guard).then(op.put('/written', 'too late')).commit();
      assert.equal(await left!.release(), 'already-lost');

      await assert.rejects(proclaimed, isError('LOCK_LOST'));
      assert.equal((await written).succeeded, false);
      for (const { signal } of [...used, leadership]) {
        assert.ok(ConcordError.is(await aborted(signal), 'LOCK_LOST'));
      }
    });

    test('to a cluster that is away: its signal aborts before the next in line can have it', async () => {
      await using services = new Participants(target);
      const a = await services.join('a');
      const lock = await a.lock.acquire('/jobs', { ttl: TTL_MS });
      const lostAt = aborted(lock.signal).then(() => performance.now());
      const isKeyGone = gone(target, `${services.namespace}${lock.key}`);
      target.lines.at(0).cut();
      const [lostMs, goneMs] = await Promise.all([lostAt, isKeyGone]);
      assert.ok(lostMs < goneMs, `lost ${lostMs - goneMs} ms after the server let it go`);
      assert.throws(() => lock.assertHeld(), isError('LOCK_LOST'));
      // Not waited for: the cluster is still away.
      assert.equal(await lock.release(), 'already-lost');
    });

    test('by its lease being revoked: its signal aborts at once', async () => {
      await using services = new Participants(target);
      const a = await services.join('a');
      const lock = await a.lock.acquire('/jobs');
      const waiting = a.lock.acquire('/jobs');
      await standing(a, '/jobs', 2);
      const [holder] = (await a.lock.inspect('/jobs')).holders;
      await target.wire.must('LeaseRevoke', { ID: String(holder?.lease) });
      assert.ok(ConcordError.is(await aborted(lock.signal), 'LOCK_LOST'));
      await (await waiting).release();
    });

    test('a place in line that is taken away ends the waiting', async () => {
      await using services = new Participants(target);
      const a = await services.join('a');
      await using held = await a.lock.acquire('/jobs');
      const waiting = assert.rejects(a.lock.acquire('/jobs'), (error) => {
        assert.ok(isError('SESSION_LOST', /was lost before its turn came/)(error));
        return (error as ConcordError).retryable;
      });
      await standing(a, '/jobs', 2);
      const [waiter] = (await a.lock.inspect('/jobs')).waiters;
      await a.client.kv.delete(waiter!.key);
      await waiting;
      held.assertHeld();
    });

    test('and then used by its old holder: a fence that the cluster keeps lets the new one alone in', async () => {
      await using services = new Participants(target);
      const [a, b] = [await services.join('a'), await services.join('b')];
      const old = await a.lock.acquire('/jobs');
      const fences = new ClusterFenceStore(a.client);
      await assertFresh(fences, 'report.csv', old.token);
      await a.client.kv.delete(old.key);
      await using held = await b.lock.acquire('/jobs');
      const results = await Promise.allSettled(
        [held.token, held.token, old.token].map((token) =>
          assertFresh(new ClusterFenceStore(b.client), 'report.csv', token),
        ),
      );
      assert.deepEqual(
        results.slice(0, 2).map(({ status }) => status),
        ['fulfilled', 'fulfilled'],
      );
      await assert.rejects(assertFresh(fences, 'report.csv', old.token), isError('FENCED'));
    });

    test('not to a short break: holder and waiter go on', async () => {
      await using services = new Participants(target);
      const [a, b] = [await services.join('a'), await services.join('b')];
      const held = await a.lock.acquire('/jobs', { ttl: '10s' });
      const waiting = b.lock.acquire('/jobs', { ttl: '10s' });
      await standing(a, '/jobs', 2);
      target.lines.at(0).breakConnections();
      await held.release();
      await (await waiting).release();
      assert.equal(held.signal.aborted, false);
    });
  },
  { flags: SHORT_LEASES },
);

onEachBackend(
  'a lock of three members',
  (target) => {
    test('outlives their leader: the holder keeps it, and who waits gets it', async () => {
      await using services = new Participants(target);
      const [a, b] = [await services.join('a'), await services.join('b')];
      const held = await a.lock.acquire('/jobs', { ttl: '60s' });
      const waiting = b.lock.acquire('/jobs', { ttl: '60s' });
      await standing(a, '/jobs', 2);
      const leader = await target.members.leader();
      await target.processes.kill(leader);
      assert.equal(await held.release({ timeout: '30s' }), 'released');
      const lock = await waiting;
      assert.ok(lock.token > held.token);
      assert.equal(held.signal.aborted, false);
      await lock.release();
      await target.processes.start(leader);
    });
  },
  { members: 3 },
);

/** Nothing else of this process runs meanwhile, as in a long computation. */
function blockEventLoop(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** When the server has deleted the key, as told by a watch of its own. */
async function gone(
  target: Parameters<Parameters<typeof onEachBackend>[1]>[0],
  key: string,
): Promise<number> {
  const watch = target.wire.watch();
  await watch.create({ key: Buffer.from(key) });
  for (;;) {
    const { events } = await watch.inbox.next();
    if (events.some(({ type }) => type === 'DELETE')) break;
  }
  watch.close();
  return performance.now();
}
