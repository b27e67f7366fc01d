/**
 * Goal: whoever follows a subject knows it: nothing is lost and nothing told twice, also across gateways that go. Method:
 * streams read by the standard's rules, from the built gateway before a member of each backend.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '@concord/client';
import { WebSocket } from 'ws';
import { EventStream, stateAfter, type StreamEvent } from './harness/event-stream.ts';
import { onEachBackend, type GatewayProcess } from './harness/gateway-process.ts';

const assertInOrder = (events: readonly StreamEvent[]): void => {
  const ids = events.filter(({ name }) => name === 'change').map(({ id }) => id);
  assert.deepEqual(
    ids,
    [...new Set(ids)].sort((a, b) => a - b),
    'every revision once, in order',
  );
};

onEachBackend('following a service', (target) => {
  const put = async (gateway: GatewayProcess, service: string, id: string, weight: number) => {
    const body = { address: '10.0.0.1', port: 3000, weight };
    const path = `/v1/services/${service}/instances/${id}`;
    const answer = await gateway.json<{ revision: number }>('PUT', path, { body });
    assert.ok(answer.status < 300);
    return answer.body.revision;
  };

  test('a stream begins with everything, and goes on with what changes', async () => {
    const service = target.name('orders');
    await put(target.gateway, service, 'a', 1);
    using stream = await EventStream.open(`${target.gateway.url}/v1/services/${service}/watch`);
    await stream.until((events) => events.length === 1);
    assert.equal(stream.events[0]?.name, 'snapshot');
    const head = await fetch(`${target.gateway.url}/v1/services/${service}/watch`, {
      method: 'HEAD',
    });
    assert.equal(head.status, 200);
    await put(target.gateway, service, 'b', 2);
    const revision = await put(target.gateway, service, 'a', 3);
    await target.gateway.json('DELETE', `/v1/services/${service}/instances/b`);
    await stream.until((events) => events.at(-1)?.data.deleted?.includes('b') === true);
    assertInOrder(stream.events);
    assert.ok(stream.events.some(({ id }) => id === revision));
    const state = stateAfter(stream.events);
    assert.deepEqual([...state.keys()], ['a']);
    assert.equal(state.get('a')?.['weight'], 3);
  });

  test('a subscriber whose gateway is killed goes on at another without loss or repetition', async () => {
    const service = target.name('orders');
    const first = await target.another();
    for (let at = 0; at < 5; at++) await put(first, service, `i${at}`, at);
    using stream = await EventStream.open(`${first.url}/v1/services/${service}/watch`);
    await stream.until((events) => events.length === 1);
    const seen = await put(first, service, 'i0', 100);
    await stream.until((events) => events.at(-1)?.id === seen);
    await first.kill();
    await stream.ended();
    await put(target.gateway, service, 'i1', 200);
    await target.gateway.json('DELETE', `/v1/services/${service}/instances/i2`);
    using resumed = await EventStream.open(
      `${target.gateway.url}/v1/services/${service}/watch`,
      stream.lastEventId,
    );
    const last = await put(target.gateway, service, 'new', 1);
    await resumed.until((events) => (events.at(-1)?.id ?? 0) >= last);
    assert.ok(resumed.events.every(({ name }) => name === 'change'));
    const told = resumed.events.flatMap(({ data }) => data.put ?? []).map(({ id }) => id);
    assert.deepEqual(told, ['i1', 'new']);
    assertInOrder([...stream.events, ...resumed.events]);
    const state = stateAfter([...stream.events, ...resumed.events]);
    assert.deepEqual([...state.keys()].sort(), ['i0', 'i1', 'i3', 'i4', 'new']);
    assert.equal(state.get('i1')?.['weight'], 200);
  });

  test('a place in history that is compacted, or that never was, is answered with everything', async () => {
    const service = target.name('orders');
    const old = await put(target.gateway, service, 'a', 1);
    const newest = await put(target.gateway, service, 'a', 2);
    const other = await target.another();
    await using client = await Client.connect({ endpoints: [target.server.endpoint] });
    await client.kv.compact(newest);
    const url = `${other.url}/v1/services/${service}/watch`;
    for (const place of [old, newest + 1_000_000]) {
      using stream = await EventStream.open(`${url}?lastEventId=${place}`);
      await stream.until((events) => events.length === 1);
      assert.equal(stream.events[0]?.name, 'resync');
      assert.equal(stateAfter(stream.events).get('a')?.['weight'], 2);
    }
  });

  test('a gateway that stops ends its streams, and says when to come back', async () => {
    const service = target.name('orders');
    const gateway = await target.another();
    using stream = await EventStream.open(`${gateway.url}/v1/services/${service}/watch`);
    await stream.until((events) => events.length === 1);
    const stopping = gateway.stop();
    await stream.ended();
    assert.ok((stream.retryMs ?? 0) > 0);
    await stopping;
  });

  test('a WebSocket is told the same', async () => {
    const service = target.name('orders');
    await put(target.gateway, service, 'a', 1);
    const url = `${target.gateway.url.replace('http', 'ws')}/v1/services/${service}/watch`;
    const messages: { event: string; id: number; data: { put?: { weight: number }[] } }[] = [];
    const socket = new WebSocket(url);
    const next = () =>
      new Promise<void>((resolve, reject) => {
        socket.once('message', (data: Buffer) => {
          messages.push(JSON.parse(data.toString()) as (typeof messages)[number]);
          resolve();
        });
        socket.once('error', reject);
      });
    await next();
    assert.equal(messages[0]?.event, 'snapshot');
    const changed = next();
    await put(target.gateway, service, 'a', 2);
    await changed;
    assert.equal(messages[1]?.data.put?.[0]?.weight, 2);
    socket.terminate();
    const foreign = new WebSocket(url, { origin: 'http://evil.example' });
    const refused = await new Promise<number | undefined>((resolve) => {
      foreign.on('unexpected-response', (_, response) => resolve(response.statusCode));
      foreign.on('open', () => resolve(undefined));
      foreign.on('error', () => undefined);
    });
    assert.equal(refused, 403);
  });

  test('the list of services can be followed, too', async () => {
    const service = target.name('orders');
    using stream = await EventStream.open(`${target.gateway.url}/v1/services/watch`);
    await stream.until((events) => events.length === 1);
    await put(target.gateway, service, 'a', 5);
    await stream.until((events) => stateAfter(events, 'name').get(service) !== undefined);
    await target.gateway.json('DELETE', `/v1/services/${service}/instances/a`);
    await stream.until((events) => stateAfter(events, 'name').get(service) === undefined);
  });

  test('a long poll answers when something has changed, and when its time is over', async () => {
    const service = target.name('orders');
    await put(target.gateway, service, 'a', 1);
    const path = `/v1/services/${service}/instances`;
    const first = await target.gateway.json('GET', path);
    const index = first.headers.get('x-concord-index') ?? '';
    const idle = await target.gateway.json('GET', `${path}?index=${index}&wait=50ms`);
    assert.equal(idle.headers.get('x-concord-index'), index);
    const waiting = target.gateway.json<{ items: { weight: number }[] }>(
      'GET',
      `${path}?index=${index}&wait=60s`,
    );
    await put(target.gateway, service, 'a', 9);
    assert.equal((await waiting).body.items[0]?.weight, 9);
  });
});

onEachBackend(
  'while the cluster is away',
  (target) => {
    test('what was last known is told, and marked; writes are refused; then all goes on', async () => {
      const service = target.name('orders');
      const path = `/v1/services/${service}/instances`;
      const body = { address: '10.0.0.1', port: 3000, ttl: '1h' };
      await target.gateway.json('PUT', `${path}/a`, { body });
      using stream = await EventStream.open(`${target.gateway.url}/v1/services/${service}/watch`);
      await stream.until((events) => events.length === 1);
      await target.server.halt('SIGKILL');
      type List = { items: unknown[]; stale?: true };
      const list = async () => await target.gateway.json<List>('GET', path);
      // The gateway learns of it by its broken connection.
      let known = await list();
      while (known.body.stale !== true) known = await list();
      assert.equal(known.status, 200);
      assert.equal(known.body.items.length, 1);
      assert.match(known.headers.get('concord-stale') ?? '', /^\d+$/);
      const pick = await target.gateway.json('GET', `/v1/services/${service}/pick`);
      assert.equal(pick.status, 200);
      const refused = await target.gateway.json('PUT', `${path}/b`, { body });
      assert.ok([503, 504].includes(refused.status), String(refused.status));
      await target.server.restart();
      let written = await target.gateway.json('PUT', `${path}/b`, { body });
      while (written.status >= 500)
        written = await target.gateway.json('PUT', `${path}/b`, { body });
      await stream.until((events) => stateAfter(events).has('b'));
      assert.equal((await list()).body.stale, undefined);
      assertInOrder(stream.events);
    });
  },
  { backends: ['concord'] },
);
