/**
 * Goal: a session says that it is lost before the server can give its lease away, never without need, and at the first
 * look after this process stood still. Method: lines that hang, an event loop that is blocked.
 */
import assert from 'node:assert/strict';
import { after, mock, test } from 'node:test';
import { Client, ConcordError } from '@concord/client';
import { onEachBackend } from '../harness/each-backend.ts';

const block = (ms: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
};

onEachBackend('a session', (target) => {
  const clients: Client[] = [];
  after(() => Promise.all(clients.map((client) => client.close())));
  const connect = async (endpoints = target.endpoints): Promise<Client> => {
    const client = await Client.connect({ endpoints });
    clients.push(client);
    return client;
  };

  // Scenario 2 of the research, as far as the client goes.
  test('is lost at the first look after the event loop stood still for twice its TTL', async () => {
    const session = await (await connect()).session({ ttl: '1s' });
    const ttlMs = session.ttlMs;
    const lost = session.events.once('lost');
    block(2 * ttlMs);
    assert.ok(session.remainingMs() < 0);
    assert.equal(session.state, 'lost');
    assert.ok(session.signal.aborted);
    assert.throws(() => session.assertHeld(), { code: 'SESSION_LOST' });
    const { cause, loopDelayMs } = await lost;
    assert.equal(cause, 'loop-stall');
    assert.ok(loopDelayMs > ttlMs / 2, `${loopDelayMs}`);
  });

  test('is at risk, then lost, while the cluster is away, and the server still has the lease then', async () => {
    const [client, direct] = [await connect(), await connect(target.processes.direct)];
    const session = await client.session({ ttl: '3s' });
    const states: string[] = [];
    session.events.on('atRisk', () => states.push(session.state));
    await session.events.once('renewed');
    target.lines.at(0).pause();
    const lost = session.events.once('lost');
    assert.equal((await lost).cause, 'unreachable');
    assert.deepEqual(states, ['at-risk']);
    const { remainingMs } = await direct.leases.timeToLive(session.lease);
    assert.ok(remainingMs >= 0);
    assert.ok(ConcordError.is(session.signal.reason, 'SESSION_LOST'));
    target.lines.heal();
    // Whatever comes now, it stays lost.
    block(0);
    assert.equal(session.state, 'lost');
  });

  test('bridges a line that breaks and hangs for a while', async () => {
    const client = await connect();
    const session = await client.session({ ttl: '4s' });
    for (let i = 0; i < 4; i++) {
      target.lines.at(0).breakConnections();
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    target.lines.at(0).pause();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    target.lines.heal();
    await session.events.once('renewed');
    assert.equal(session.state, 'live');
    await session.close();
  });

  /** As if the machine had slept: the wall clock is ahead, nothing else has noticed. */
  const sleepThrough = (ms: number): void => {
    const wallMs = Date.now;
    mock.method(Date, 'now', () => wallMs() + ms);
  };

  test('on a machine that slept is renewed at once if something is left, and lost if not', async (t) => {
    t.after(() => mock.restoreAll());
    const client = await connect();
    await using session = await client.session({ ttl: '20s' });
    const renewed = session.events.once('renewed');
    sleepThrough(16_000);
    assert.equal(session.state, 'at-risk');
    const atMs = performance.now();
    await renewed;
    // Its own time would have come a third of a TTL after it began.
    assert.ok(performance.now() - atMs < 4_000);
    assert.equal(session.state, 'live');
    assert.ok(session.remainingMs() > 15_000);
    const { signal } = session;
    const lost = session.events.once('lost');
    sleepThrough(20_000);
    assert.equal((await lost).cause, 'suspended');
    assert.ok(ConcordError.is(signal.reason, 'SESSION_LOST'));
  });

  test('takes over a lease, and reports one that is not there', async () => {
    const client = await connect();
    const { lease } = await client.leases.grant('60s');
    await using session = await client.session({ lease });
    assert.equal(session.lease, lease);
    assert.equal(session.ttlMs, 60_000);
    await assert.rejects(client.session({ lease: 4711n }), { code: 'NOT_FOUND' });
  });

  test('is lost when a member comes back without its lease', async () => {
    const client = await connect();
    const session = await client.session({ ttl: '2s' });
    await client.leases.revoke(session.lease);
    await session.events.once('lost');
    await session.close();
    await session.close();
  });
});
