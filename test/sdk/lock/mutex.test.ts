/** Goal: the plain lock: alone, in order, given up without a trace. Method: services of their own against real members. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError, op } from '@concord/client';
import { onEachBackend } from '../harness/each-backend.ts';
import { aborted, isError } from './expectation.ts';
import { keysBelow, Participants, standing } from './participants.ts';

onEachBackend('a lock', (target) => {
  test('is had at once when it is free: a key named after its lease, whose create revision is the token', async () => {
    await using services = new Participants(target);
    const a = await services.join('a');
    const lock = await a.lock.acquire('/jobs', { label: 'nightly' });
    const [key] = await keysBelow(a, '/jobs');
    assert.equal(lock.key, key);
    const entry = await a.client.kv.get(lock.key);
    assert.equal(entry?.createRevision, lock.token);
    assert.equal(lock.key, `/jobs/${entry.lease.toString(16)}`);
    assert.ok(lock.remainingMs > 10_000 && lock.remainingMs <= 15_000);
    lock.assertHeld();
    assert.equal(lock.signal.aborted, false);
    assert.equal(await lock.release(), 'released');
    assert.equal(await lock.release(), 'released');
    assert.deepEqual(await keysBelow(a, '/jobs'), []);
    assert.equal(lock.remainingMs, 0);
    assert.throws(() => lock.assertHeld(), isError('LOCK_LOST', /was released/));
    assert.equal(lock.signal.aborted, false);
  });

  test('goes to those who wait in the order in which they came, with growing tokens', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('a'), await services.join('b')];
    const held = await a.lock.acquire('/jobs');
    const order: number[] = [];
    const tokens = [held.token];
    const waiters: Promise<void>[] = [];
    for (const [place, service] of [b, a, b, a].entries()) {
      waiters.push(
        service.lock.run('/jobs', (lock) => {
          order.push(place);
          tokens.push(lock.token);
        }),
      );
      await standing(a, '/jobs', place + 2);
    }
    await held.release();
    await Promise.all(waiters);
    assert.deepEqual(order, [0, 1, 2, 3]);
    assert.deepEqual(
      tokens,
      tokens.toSorted((x, y) => x - y),
    );
    assert.equal(new Set(tokens).size, 5);
    assert.deepEqual(await keysBelow(a, '/jobs'), []);
  });

  test('wakes one of those who wait when it is given up, however many they are', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('a'), await services.join('b')];
    const held = await a.lock.acquire('/jobs');
    const looks: unknown[] = [];
    const range = b.client.kv.range.bind(b.client.kv);
    b.client.kv.range = (...given) => (looks.push(given), range(...given));
    const waiters = Array.from({ length: 20 }, () => b.lock.acquire('/jobs'));
    await standing(a, '/jobs', 21);
    while (looks.length < 20) await new Promise(setImmediate);
    looks.length = 0;
    await held.release();
    await Promise.race(waiters);
    assert.equal(looks.length, 1);
    await Promise.all(waiters.map(async (waiter) => (await waiter).release()));
    // Each looked again once, when its neighbour had gone.
    assert.equal(looks.length, 20);
  });

  test('is refused at once to those who do not wait, and nothing is written', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('a'), await services.join('b')];
    await using held = await a.lock.acquire('/jobs', { label: 'nightly' });
    const before = (await a.client.kv.get(held.key))?.modRevision;
    assert.equal(await b.lock.tryAcquire('/jobs'), undefined);
    const { revision } = await a.client.kv.range('/none');
    assert.equal(revision, before);
    await assert.rejects(
      b.lock.acquire('/jobs', { wait: 0 }),
      isError('NOT_ACQUIRED', /held by "a" \(nightly\)/),
    );
    await held.release();
    const had = await b.lock.tryAcquire('/jobs');
    assert.ok(had !== undefined && had.token > held.token);
    await had.release();
  });

  test('is not had within the time to wait: the error names the holder, and the place is gone', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('a'), await services.join('b')];
    await using held = await a.lock.acquire('/jobs');
    await assert.rejects(
      b.lock.acquire('/jobs', { wait: '50ms' }),
      isError('NOT_ACQUIRED', new RegExp(`held by "a" with the key "${held.key}"`)),
    );
    assert.deepEqual(await keysBelow(a, '/jobs'), [held.key]);
  });

  test('is not waited for any longer when the signal aborts, and the next in line is not held up', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('a'), await services.join('b')];
    const held = await a.lock.acquire('/jobs');
    const leaving = new AbortController();
    const left = assert.rejects(
      b.lock.acquire('/jobs', { signal: leaving.signal }),
      isError('ABORTED', /the signal that was given aborted/),
    );
    await standing(a, '/jobs', 2);
    const next = a.lock.acquire('/jobs');
    await standing(a, '/jobs', 3);
    leaving.abort();
    await left;
    await standing(a, '/jobs', 2);
    await held.release();
    await (await next).release();
    await assert.rejects(
      b.lock.acquire('/jobs', { signal: AbortSignal.abort() }),
      isError('ABORTED'),
    );
    assert.deepEqual(await keysBelow(a, '/jobs'), []);
  });

  test('leaves no orphan when the reply to the waiter who took a place is lost and the waiter gives up', async () => {
    await using services = new Participants(target);
    const a = await services.join('a');
    const b = await services.join('b');
    // Something to pick a warm session from: the place is then the only write.
    await (await b.lock.acquire('/other')).release();
    const line = target.lines.at(0);
    line.dropReplies();
    const lost = line.next('loss');
    const controller = new AbortController();
    const given = assert.rejects(
      b.lock.acquire('/jobs', { signal: controller.signal }),
      isError('ABORTED'),
    );
    await lost;
    controller.abort();
    line.breakConnections();
    line.heal();
    await given;
    await standing(a, '/jobs', 0);
    const had = await a.lock.acquire('/jobs', { wait: '3s' });
    await had.release();
  });

  test('guards a transaction until somebody takes its key away', async () => {
    await using services = new Participants(target);
    const a = await services.join('a');
    const lock = await a.lock.acquire('/jobs');
    const guarded = a.client.kv.txn().if(lock.guard()).then(op.put('/written', 'by a'));
    assert.equal((await guarded.commit()).succeeded, true);
    await a.client.kv.delete(lock.key);
    assert.equal((await guarded.commit()).succeeded, false);
    assert.ok(ConcordError.is(await aborted(lock.signal), 'LOCK_LOST'));
    assert.match(String(lock.signal.reason), /its key was deleted/);
    assert.throws(() => lock.assertHeld(), isError('LOCK_LOST'));
    assert.throws(() => lock.guard(), isError('LOCK_LOST'));
    assert.equal(await lock.release(), 'already-lost');
  });

  test('runs a body, frees the lock whatever comes of it, and says when the lock was lost meanwhile', async () => {
    await using services = new Participants(target);
    const a = await services.join('a');
    assert.equal(await a.lock.run('/jobs', (lock) => `token ${lock.token > 0}`), 'token true');
    await assert.rejects(
      a.lock.run('/jobs', () => Promise.reject(new Error('the work failed'))),
      /the work failed/,
    );
    assert.deepEqual(await keysBelow(a, '/jobs'), []);
    await assert.rejects(
      a.lock.run('/jobs', async (lock) => {
        await a.client.kv.delete(lock.key);
        return 'done';
      }),
      isError('LOCK_LOST', /lost before the work under it ended/),
    );
    const controller = new AbortController();
    const signalled = a.lock.run(
      '/jobs',
      (lock) => {
        controller.abort();
        return lock.signal.aborted;
      },
      { signal: controller.signal },
    );
    assert.equal(await signalled, true);
  });

  test('waits for itself unless it is re-entrant, then it is the same lock in the same context', async () => {
    await using services = new Participants(target);
    const a = await services.join('a');
    await a.lock.run('/jobs', async (outer) => {
      const inner = await a.lock.acquire('/jobs', { reentrant: true });
      assert.equal(inner.token, outer.token);
      assert.equal(await inner.release(), 'released');
      outer.assertHeld();
      assert.equal(await a.lock.tryAcquire('/jobs'), undefined);
      const nested = await a.lock.run('/jobs', () => 'nested', { reentrant: true });
      assert.equal(nested, 'nested');
      outer.assertHeld();
    });
    const held = await a.lock.acquire('/jobs', { reentrant: true });
    // Outside of the context it is another claim.
    await assert.rejects(
      a.lock.acquire('/jobs', { reentrant: true, wait: '20ms' }),
      isError('NOT_ACQUIRED'),
    );
    await held.run(async () => {
      await (await a.lock.acquire('/jobs', { reentrant: true })).release();
    });
    held.assertHeld();
    await held.release();
  });

  test('is not left with somebody who turned away while it was given', async () => {
    await using services = new Participants(target);
    const a = await services.join('a');
    for (let delayMs = 0; delayMs < 10; delayMs += 1) {
      const acquiring = a.lock.acquire('/jobs', { signal: AbortSignal.timeout(delayMs) });
      const [outcome] = await Promise.allSettled([acquiring]);
      if (outcome.status === 'fulfilled') await outcome.value.release();
      else isError('ABORTED')(outcome.reason);
    }
    await standing(a, '/jobs', 0);
    await (await a.lock.acquire('/jobs', { wait: '1s' })).release();
  });

  test('is not held up by a lock whose name goes on after a slash', async () => {
    await using services = new Participants(target);
    const a = await services.join('a');
    await using nightly = await a.lock.acquire('/jobs/nightly');
    await using jobs = await a.lock.acquire('/jobs', { wait: '5s' });
    await using more = await a.lock.acquire('/jobs/a', { wait: '5s' });
    assert.equal(await a.lock.tryAcquire('/jobs'), undefined);
    assert.ok(nightly.token < jobs.token && jobs.token < more.token);
  });

  test('shows who holds it and who waits', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('orders'), await services.join('payments')];
    const held = await a.lock.acquire('/jobs', { label: 'nightly' });
    const waiting = b.lock.acquire('/jobs', { label: 'hourly' });
    await standing(a, '/jobs', 2);
    const { holders, waiters } = await b.lock.inspect('/jobs');
    assert.deepEqual(
      [holders, waiters].map((claims) => claims.map(({ app, label, mode }) => [app, label, mode])),
      [[['orders', 'nightly', 'exclusive']], [['payments', 'hourly', 'exclusive']]],
    );
    assert.equal(holders[0]?.token, held.token);
    assert.ok(holders[0].since !== undefined && holders[0].since <= new Date());
    await held.release();
    await (await waiting).release();
    assert.deepEqual((await a.lock.inspect('/jobs')).holders, []);
  });

  test('given up by closing: what is held is lost, what is waited for ends', async () => {
    await using services = new Participants(target);
    const [a, b] = [await services.join('a'), await services.join('b')];
    const held = await a.lock.acquire('/jobs');
    const waiting = assert.rejects(a.lock.acquire('/jobs'), isError('CLOSED'));
    await standing(b, '/jobs', 2);
    await a.lock.close();
    await waiting;
    assert.ok(held.signal.aborted);
    await standing(b, '/jobs', 0);
    await assert.rejects(a.lock.acquire('/jobs'), isError('CLOSED'));
  });
});
