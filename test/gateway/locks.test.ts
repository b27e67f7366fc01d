/**
 * Goal: locks and elections by HTTP stand in the same lines as the SDK's and etcdctl's: one at a time, in the order of
 * arrival, with tokens that grow. Method: the built gateway before a member of each backend, the others beside it.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { Client } from '@concord/client';
import { Elections, Locks } from '@concord/lock';
import { EventStream, stateAfter } from './harness/event-stream.ts';
import { onEachBackend } from './harness/gateway-process.ts';

interface Place {
  readonly lease: string;
  readonly token: number;
  readonly mode: string;
  readonly app?: string;
  readonly label?: string;
  readonly remainingMs?: number;
}
interface Lock {
  readonly name: string;
  readonly kind: string;
  readonly holders: readonly Place[];
  readonly waiters: readonly Place[];
}
interface Held {
  readonly token: number;
  readonly lease: string;
}
interface Problem {
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string }[];
}

const ETCDCTL = '/usr/bin/etcdctl';

onEachBackend('locks by HTTP', (target) => {
  let client: Client;
  let locks: Locks;
  before(async () => {
    client = await Client.connect({ endpoints: [target.server.endpoint], app: { name: 'orders' } });
    locks = new Locks(client);
  });
  after(async () => {
    await locks.close();
    await client.close();
  });
  const post = <Body>(path: string, body: object = {}) =>
    target.gateway.json<Body>('POST', path, { body });
  const open = async (body: object = {}): Promise<string> =>
    (await post<{ id: string }>('/v1/sessions', body)).body.id;
  const lockUrl = (name: string): string => `/v1/locks/${encodeURIComponent(name)}`;
  const acquire = (name: string, body: object) =>
    post<Held & Problem>(`${lockUrl(name)}/acquire`, body);
  const inspect = async (name: string): Promise<Lock> =>
    (await target.gateway.json<Lock>('GET', lockUrl(name))).body;
  const untilWaiting = async (name: string, count: number): Promise<Lock> => {
    for (;;) {
      const lock = await inspect(name);
      if (lock.waiters.length >= count) return lock;
    }
  };

  test('a session takes a lock, shows who it is, and gives it up', async () => {
    const name = target.name('/jobs');
    const session = await open({ ttl: '20s', label: 'nightly' });
    const held = await acquire(name, { session });
    assert.equal(held.status, 200);
    const again = await acquire(name, { session });
    assert.equal(again.body.token, held.body.token);
    const { holders, kind } = await inspect(name);
    assert.equal(kind, 'mutex');
    assert.deepEqual(
      holders.map(({ lease, token, label, app }) => ({ lease, token, label, app })),
      [{ lease: session, token: held.body.token, label: 'nightly', app: 'developer' }],
    );
    assert.ok((holders[0]?.remainingMs ?? 0) > 10_000);
    const list = await target.gateway.json<{ items: Lock[] }>(
      'GET',
      `/v1/locks?prefix=${encodeURIComponent(name)}`,
    );
    assert.deepEqual(
      list.body.items.map((lock) => lock.name),
      [name],
    );
    const released = await post<{ outcome: string }>(`${lockUrl(name)}/release`, { session });
    assert.equal(released.body.outcome, 'released');
    assert.deepEqual((await inspect(name)).holders, []);
    const twice = await post<{ outcome: string }>(`${lockUrl(name)}/release`, { session });
    assert.equal(twice.body.outcome, 'not-held');
  });

  test('the SDK and HTTP wait for each other, and tokens grow', async () => {
    const name = target.name('/jobs');
    const mine = await locks.acquire(name, { label: 'sdk' });
    const session = await open();
    const refused = await acquire(name, { session });
    assert.equal(refused.status, 409);
    assert.match(refused.body.detail, /"orders" \(sdk\)/);
    const waiting = acquire(name, { session, wait: '30s' });
    await untilWaiting(name, 1);
    const next = locks.acquire(name);
    await untilWaiting(name, 2);
    await mine.release();
    const held = await waiting;
    assert.equal(held.status, 200);
    assert.ok(held.body.token > mine.token);
    await target.gateway.json('DELETE', `/v1/sessions/${session}`);
    const last = await next;
    assert.ok(last.token > held.body.token);
    await last.release();
  });

  test('etcdctl waits for a lock that HTTP holds', { skip: !existsSync(ETCDCTL) }, async () => {
    const name = target.name('/jobs');
    const session = await open();
    await acquire(name, { session });
    const etcdctl = spawn(ETCDCTL, ['--endpoints', target.server.endpoint, 'lock', name], {
      env: { ...process.env, ETCDCTL_API: '3' },
    });
    const lines = createInterface({ input: etcdctl.stdout });
    const { waiters } = await untilWaiting(name, 1);
    const gotIt = once(lines, 'line');
    await post(`${lockUrl(name)}/release`, { session });
    const [key] = (await gotIt) as [string];
    assert.equal(key, `${name}/${waiters[0]?.lease}`);
    assert.equal((await acquire(name, { session })).status, 409);
    const exited = once(etcdctl, 'exit');
    etcdctl.kill('SIGINT');
    await exited;
    assert.equal((await acquire(name, { session, wait: '10s' })).status, 200);
    await post(`${lockUrl(name)}/release`, { session });
  });

  test('a waiter that hangs up leaves the line', async () => {
    const name = target.name('/jobs');
    const [holder, waiter] = [await open(), await open()];
    await acquire(name, { session: holder });
    const gone = new AbortController();
    const waiting = target.gateway.json('POST', `${lockUrl(name)}/acquire`, {
      body: { session: waiter, wait: '1m' },
      signal: gone.signal,
    });
    await untilWaiting(name, 1);
    gone.abort();
    await assert.rejects(waiting);
    while ((await inspect(name)).waiters.length > 0);
    const late = await acquire(name, { session: waiter, wait: '50ms' });
    assert.equal(late.status, 409);
    assert.deepEqual((await inspect(name)).waiters, []);
    const ending = acquire(name, { session: waiter, wait: '1m' });
    await untilWaiting(name, 1);
    await target.gateway.json('DELETE', `/v1/sessions/${waiter}`);
    assert.equal((await ending).status, 409);
    await post(`${lockUrl(name)}/release`, { session: holder });
  });

  test('a lock that is taken away is lost to the SDK at once, and the next has it', async () => {
    const name = target.name('/jobs');
    const mine = await locks.acquire(name);
    const session = await open();
    const waiting = acquire(name, { session, wait: '30s' });
    const { holders } = await untilWaiting(name, 1);
    const forced = await target.gateway.json<Held>(
      'DELETE',
      `${lockUrl(name)}/holders/${holders[0]?.lease}?reason=stuck`,
    );
    assert.equal(forced.body.token, mine.token);
    if (!mine.signal.aborted) await once(mine.signal, 'abort');
    assert.equal((await waiting).status, 200);
    const nobody = await target.gateway.json('DELETE', `${lockUrl(name)}/holders/1234`);
    assert.equal(nobody.status, 404);
    await post(`${lockUrl(name)}/release`, { session });
  });

  test('readers share, a writer waits for them, and permits are counted', async () => {
    const name = target.name('/table');
    const [one, two] = [await open(), await open()];
    await acquire(name, { session: one, mode: 'shared' });
    assert.equal((await acquire(name, { session: two, mode: 'shared' })).status, 200);
    assert.equal(
      await locks
        .readWrite(name)
        .write({ wait: 0 })
        .catch(() => 'taken'),
      'taken',
    );
    assert.equal((await inspect(name)).kind, 'read-write');
    assert.equal((await acquire(name, { session: two, mode: 'exclusive' })).status, 409);
    const pool = target.name('/pool');
    const permits = { mode: 'permits', permits: 3 };
    assert.equal((await acquire(pool, { session: one, ...permits, count: 2 })).status, 200);
    const sdk = await locks.semaphore(pool, { permits: 3 }).acquire();
    assert.equal((await acquire(pool, { session: two, ...permits })).status, 409);
    const { kind, holders } = await inspect(pool);
    assert.deepEqual([kind, holders.length], ['semaphore', 2]);
    await sdk.release();
    assert.equal((await acquire(pool, { session: two, ...permits })).status, 200);
    for (const session of [one, two])
      await target.gateway.json('DELETE', `/v1/sessions/${session}`);
  });

  test('sessions that wait for each other in a circle are told', async () => {
    const [a, b] = [target.name('/circle'), target.name('/circle')];
    const [one, two] = [await open(), await open()];
    await acquire(a, { session: one });
    await acquire(b, { session: two });
    const waits = [
      acquire(b, { session: one, wait: '30s' }),
      acquire(a, { session: two, wait: '30s' }),
    ];
    await Promise.all([untilWaiting(a, 1), untilWaiting(b, 1)]);
    const { body } = await target.gateway.json<{
      cycles: { lease: string; waitsFor: string }[][];
    }>('GET', '/v1/locks?prefix=%2Fcircle');
    assert.equal(body.cycles.length, 1);
    assert.deepEqual(
      new Set(body.cycles[0]?.map(({ lease, waitsFor }) => `${lease} ${waitsFor}`)),
      new Set([`${one} ${b}`, `${two} ${a}`]),
    );
    await target.gateway.json('DELETE', `/v1/sessions/${one}`);
    await target.gateway.json('DELETE', `/v1/sessions/${two}`);
    await Promise.all(waits);
  });

  test('an election by HTTP is seen by the SDK, and the other way round', async () => {
    const name = target.name('/leader');
    const path = `/v1/elections/${encodeURIComponent(name)}`;
    const session = await open();
    const won = await post<Held>(`${path}/campaign`, { session, value: '10.0.0.1' });
    await using elections = new Elections(client);
    assert.equal((await elections.leader(name))?.token, won.body.token);
    await post(`${path}/proclaim`, { session, value: '10.0.0.2' });
    assert.equal((await elections.leader(name))?.value, '10.0.0.2');
    const next = elections.campaign(name, { value: 'sdk' });
    await untilWaiting(name, 1);
    await post(`${path}/resign`, { session });
    const leadership = await next;
    const { body } = await target.gateway.json<{ leader: Held & { value: string } }>('GET', path);
    assert.deepEqual([body.leader.value, body.leader.token], ['sdk', leadership.token]);
    const list = await target.gateway.json<{ items: { name: string }[] }>(
      'GET',
      '/v1/elections?prefix=%2Fleader',
    );
    assert.deepEqual(
      list.body.items.map((election) => election.name),
      [name],
    );
    assert.equal((await post(`${path}/proclaim`, { session, value: 'late' })).status, 409);
    await leadership.resign();
  });

  test('locks and elections are followed as they change hands', async () => {
    const name = target.name('/followed');
    const path = `${target.gateway.url}/v1/locks/watch?prefix=${encodeURIComponent(name)}`;
    using stream = await EventStream.open(path);
    const election = `${name}/leader`;
    using observed = await EventStream.open(
      `${target.gateway.url}/v1/elections/${encodeURIComponent(election)}/watch`,
    );
    await stream.until((events) => events.length === 1);
    const lock = await locks.acquire(name, { label: 'sdk' });
    const holderOf = (events: typeof stream.events): Place | undefined =>
      (stateAfter(events, 'name').get(name) as Lock | undefined)?.holders[0];
    await stream.until(() => holderOf(stream.events)?.token === lock.token);
    assert.equal(holderOf(stream.events)?.label, 'sdk');
    await lock.release();
    await stream.until(() => holderOf(stream.events) === undefined);
    await using elections = new Elections(client);
    const leadership = await elections.campaign(election, { value: 'me' });
    const valueOf = (): unknown =>
      (
        stateAfter(observed.events, 'name').get(election)?.['leader'] as
          { value: string } | undefined
      )?.value;
    await observed.until(() => valueOf() === 'me');
    await leadership.resign();
    await observed.until(() => valueOf() === undefined);
  });

  test('who does not wait is refused for somebody else who has it, never for a lock that is free', async () => {
    const name = target.name('/contended');
    // A lock below it is none of its business.
    await acquire(`${name}/below`, { session: await open() });
    const sessions = await Promise.all(Array.from({ length: 6 }, () => open()));
    let had = 0;
    const contend = async (session: string): Promise<void> => {
      for (let round = 0; round < 10; round += 1) {
        const { status, body } = await acquire(name, { session });
        if (status === 200) {
          had += 1;
          await post(`${lockUrl(name)}/release`, { session });
          continue;
        }
        const holder = /session ([0-9a-f]+) has it/.exec(body.detail)?.[1];
        assert.ok(holder !== undefined && holder !== session, body.detail);
      }
    };
    await Promise.all(sessions.map(contend));
    assert.ok(had > 0);
    const [last = ''] = sessions;
    assert.equal((await acquire(name, { session: last })).status, 200, 'it is free now');
  });

  test('bad requests are refused with the field that is wrong', async () => {
    const session = await open();
    const cases: [string, object, number, string | undefined][] = [
      ['/v1/sessions', { ttl: 'soon' }, 400, 'body.ttl'],
      ['/v1/sessions', { ttl: '2h' }, 400, 'body.ttl'],
      ['/v1/locks/x/acquire', {}, 400, 'body.session'],
      ['/v1/locks/x/acquire', { session, wait: '1h' }, 400, 'body.wait'],
      ['/v1/locks/x/acquire', { session, mode: 'permits' }, 400, 'body.permits'],
      [
        '/v1/locks/x/acquire',
        { session, mode: 'permits', permits: 1, count: 2 },
        400,
        'body.count',
      ],
      ['/v1/locks/x/acquire', { session: 'abc' }, 404, undefined],
      [`/v1/locks/${'x'.repeat(2000)}/acquire`, { session }, 400, 'path.name'],
      ['/v1/sessions/zz/keep-alive', {}, 400, 'path.id'],
    ];
    for (const [path, body, status, field] of cases) {
      const answer = await post<Problem>(path, body);
      assert.equal(answer.status, status, path);
      assert.equal(answer.body.errors?.[0]?.field, field, path);
    }
  });
});
