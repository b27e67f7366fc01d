/**
 * Goal: services are registered, kept alive, changed, picked and taken out by HTTP, and it is the SDK's registry all the
 * while: what one writes the other sees. Method: the built gateway before a member of each backend.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '@concord/client';
import { Registry } from '@concord/registry';
import { EventStream, stateAfter } from './harness/event-stream.ts';
import { onEachBackend } from './harness/gateway-process.ts';

interface Instance {
  readonly id: string;
  readonly endpoint: string;
  readonly weight: number;
  readonly state: string;
  readonly incarnation: string;
  readonly lease: string;
  readonly revision: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly declared: { readonly weight: number; readonly state: string };
  readonly override?: { readonly by: string; readonly reason: string };
}

interface Problem {
  readonly status: number;
  readonly type: string;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string }[];
}

onEachBackend('services by HTTP', (target) => {
  const put = async (service: string, id: string, body: object = {}) =>
    await target.gateway.json<Instance>('PUT', `/v1/services/${service}/instances/${id}`, {
      body: { address: '10.0.0.1', port: 3000, ...body },
    });

  test('an instance that is registered is listed, found and picked at once', async () => {
    const service = target.name('orders');
    const registered = await put(service, 'a', { weight: 200, labels: { version: '2' } });
    assert.equal(registered.status, 201);
    assert.equal(registered.body.endpoint, '10.0.0.1:3000');
    assert.equal(registered.headers.get('etag'), `"${registered.body.revision}"`);
    const path = `/v1/services/${service}`;
    const list = await target.gateway.json<{ items: Instance[] }>('GET', `${path}/instances`);
    assert.deepEqual(list.body.items, [registered.body]);
    const pick = await target.gateway.json<{ instance: Instance }>('GET', `${path}/pick`);
    assert.equal(pick.body.instance.id, 'a');
    const services = await target.gateway.json<{ items: { name: string }[] }>(
      'GET',
      `/v1/services?search=${service}`,
    );
    assert.deepEqual(services.body.items, [
      {
        name: service,
        instances: { starting: 0, serving: 1, draining: 0 },
        zones: [],
        weight: 200,
        overrides: 0,
      },
    ]);
  });

  test('registering again at the same address goes on with the same lease and life', async () => {
    const service = target.name('orders');
    const first = await put(service, 'a');
    const second = await put(service, 'a', { weight: 50 });
    assert.equal(second.status, 200);
    assert.equal(second.body.weight, 50);
    assert.equal(second.body.lease, first.body.lease);
    assert.equal(second.body.incarnation, first.body.incarnation);
  });

  test('an id that is taken at another address is a conflict, unless it is meant', async () => {
    const service = target.name('orders');
    const first = await put(service, 'a');
    const other = await put(service, 'a', { address: '10.0.0.2' });
    assert.equal(other.status, 409);
    const path = `/v1/services/${service}/instances/a`;
    const body = { address: '10.0.0.2', port: 3000 };
    const taken = await target.gateway.json<Instance>('PUT', `${path}?replace=true`, { body });
    assert.equal(taken.status, 200);
    assert.notEqual(taken.body.incarnation, first.body.incarnation);
    const headers = { 'if-match': `"${first.body.revision}"` };
    const late = await target.gateway.json('PUT', path, { body, headers });
    assert.equal(late.status, 412);
    const only = await target.gateway.json('PUT', path, {
      body,
      headers: { 'if-none-match': '*' },
    });
    assert.equal(only.status, 412);
  });

  test('a heartbeat renews the lease, and says so when there is nothing to renew', async () => {
    const service = target.name('orders');
    const { body } = await put(service, 'a', { ttl: '10s' });
    const path = `/v1/services/${service}/instances/a`;
    const beat = await target.gateway.json('POST', `${path}/heartbeat`);
    assert.deepEqual(beat.body, { ttlMs: 10_000, lease: body.lease });
    await using client = await Client.connect({ endpoints: [target.server.endpoint] });
    await client.leases.revoke(BigInt(`0x${body.lease}`));
    const gone = await target.gateway.json<Problem>('POST', `${path}/heartbeat`);
    assert.equal(gone.status, 404);
    assert.match(gone.body.detail, /register it with PUT/);
  });

  test('an instance that sends no heartbeat is dropped after its ttl', async () => {
    const service = target.name('orders');
    await put(service, 'a', { ttl: '1s' });
    const index = await target.gateway.json('GET', `/v1/services/${service}/instances`);
    const at = index.headers.get('x-concord-index') ?? '';
    const moved = await target.gateway.json<{ items: Instance[] }>(
      'GET',
      `/v1/services/${service}/instances?index=${at}&wait=60s`,
    );
    assert.deepEqual(moved.body.items, []);
  });

  test('a change is made on what was read, or refused', async () => {
    const service = target.name('orders');
    const { body } = await put(service, 'a', { labels: { version: '1', canary: 'yes' } });
    const path = `/v1/services/${service}/instances/a`;
    const changed = await target.gateway.json<Instance>('PATCH', path, {
      body: { weight: 7, labels: { version: '2', canary: null } },
      headers: { 'if-match': `"${body.revision}"` },
    });
    assert.equal(changed.status, 200);
    assert.equal(changed.body.weight, 7);
    assert.deepEqual(changed.body.labels, { version: '2' });
    assert.equal(changed.body.lease, body.lease);
    const late = await target.gateway.json('PATCH', path, {
      body: { weight: 8 },
      headers: { 'if-match': `"${body.revision}"` },
    });
    assert.equal(late.status, 412);
  });

  test('what the SDK registers is listed here, and what is registered here the SDK discovers', async () => {
    const service = target.name('orders');
    await using client = await Client.connect({ endpoints: [target.server.endpoint] });
    await using registry = new Registry(client);
    await registry.register({ name: service, id: 'sdk', port: 1, address: '10.0.0.9' });
    await put(service, 'http', { weight: 300, zone: 'eu-1' });
    await using view = await registry.discover(service, { waitFor: 2 });
    const [found] = view.snapshot.instances.filter(({ id }) => id === 'http');
    assert.equal(found?.weight, 300);
    assert.equal(found.zone, 'eu-1');
    const list = await target.gateway.json<{ items: Instance[] }>(
      'GET',
      `/v1/services/${service}/instances`,
    );
    assert.deepEqual(
      list.body.items.map(({ id }) => id),
      ['http', 'sdk'],
    );
  });

  test('draining waits for the consumers, and says who has seen it', async () => {
    const service = target.name('orders');
    await put(service, 'a');
    await using client = await Client.connect({ endpoints: [target.server.endpoint] });
    await using registry = new Registry(client);
    await using view = await registry.discover(service, { waitFor: 1 });
    const path = `/v1/services/${service}`;
    // A consumer says that it is there after it has begun.
    const count = async (): Promise<number> => {
      const { body } = await target.gateway.json<{ items: unknown[] }>('GET', `${path}/consumers`);
      return body.items.length;
    };
    while ((await count()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const drain = await target.gateway.json<{ outcome: string; acknowledged: number }>(
      'POST',
      `${path}/instances/a/drain`,
    );
    assert.equal(drain.body.outcome, 'acknowledged');
    assert.equal(drain.body.acknowledged, 1);
    assert.equal(view.tryPick(), undefined);
    const consumers = await target.gateway.json<{ items: { revision: number }[] }>(
      'GET',
      `${path}/consumers`,
    );
    assert.equal(consumers.body.items.length, 1);
    const gone = await target.gateway.json('DELETE', `${path}/instances/a?drain=wait`);
    assert.equal(gone.status, 200);
    const timeline = await target.gateway.json<{ items: { kind: string }[] }>(
      'GET',
      `${path}/timeline`,
    );
    assert.deepEqual(
      timeline.body.items.map(({ kind }) => kind),
      ['deregistered', 'state', 'registered'],
    );
  });

  test('an override counts over what the instance says, tells who and why, and ends', async () => {
    const service = target.name('orders');
    await put(service, 'a', { weight: 100 });
    const path = `/v1/services/${service}/instances/a`;
    const made = await target.gateway.json('PUT', `${path}/override`, {
      body: { weight: 0, reason: 'slow disk' },
    });
    assert.equal(made.status, 200);
    const { body } = await target.gateway.json<Instance>('GET', path);
    assert.equal(body.weight, 0);
    assert.equal(body.declared.weight, 100);
    assert.equal(body.override?.by, 'developer');
    const pick = await target.gateway.json<Problem>('GET', `/v1/services/${service}/pick`);
    assert.equal(pick.status, 503);
    assert.match(pick.body.detail, /weight is 0 \(by developer\)/);
    assert.equal((await target.gateway.json('DELETE', `${path}/override`)).status, 204);
    assert.equal((await target.gateway.json<Instance>('GET', path)).body.weight, 100);
  });

  test('an override ends at its moment, and does not pass on to another life of the instance', async () => {
    const service = target.name('orders');
    await put(service, 'a');
    await put(service, 'b', { address: '10.0.0.2' });
    const path = `/v1/services/${service}/instances`;
    using stream = await EventStream.open(`${target.gateway.url}/v1/services/${service}/watch`);
    const weightIs = (id: string, weight: number): Promise<void> =>
      stream.until((events) => stateAfter(events).get(id)?.['weight'] === weight);
    const body = { weight: 1, reason: 'a try' };
    const until = new Date(Date.now() + 500).toISOString();
    await target.gateway.json('PUT', `${path}/a/override`, { body: { ...body, until } });
    await weightIs('a', 1);
    await weightIs('a', 100);
    await target.gateway.json('PUT', `${path}/b/override`, { body });
    await weightIs('b', 1);
    await put(service, 'b', { address: '10.0.0.2', incarnation: 'another' });
    await weightIs('b', 100);
  });

  test('picks follow the weights, the labels and the key', async () => {
    const service = target.name('orders');
    await put(service, 'a', { weight: 300, labels: { tier: 'gold' } });
    await put(service, 'b', { weight: 100, address: '10.0.0.2' });
    type Picks = { instance: Instance; picks: { id: string; count: number }[] };
    const path = `/v1/services/${service}/pick`;
    const { body } = await target.gateway.json<Picks>('GET', `${path}?count=400`);
    const counts = new Map(body.picks.map(({ id, count }) => [id, count]));
    assert.deepEqual([counts.get('a'), counts.get('b')], [300, 100]);
    const gold = await target.gateway.json<Picks>('GET', `${path}?label=tier%3Dgold&count=5`);
    assert.deepEqual(gold.body.picks, [{ id: 'a', count: 5 }]);
    const sticky = `${path}?policy=maglev&key=customer-7&count=20`;
    assert.equal((await target.gateway.json<Picks>('GET', sticky)).body.picks.length, 1);
  });

  test('what cannot be meant is refused with the name of the field', async () => {
    const service = target.name('orders');
    const bad: readonly [string, string, unknown, string][] = [
      ['PUT', `/v1/services/${service}/instances/a`, { address: 'x', port: 70_000 }, 'body.port'],
      ['PUT', `/v1/services/${service}/instances/a`, { address: 'x' }, 'body.port'],
      [
        'PUT',
        `/v1/services/${service}/instances/a`,
        { address: 'x', port: 1, ports: { http: 2 } },
        'body.port',
      ],
      ['PUT', `/v1/services/${service}/instances/a`, { address: 'x:1', port: 1 }, 'body.address'],
      [
        'PUT',
        `/v1/services/${service}/instances/a`,
        { address: 'x', port: 1, ttl: '0s' },
        'body.ttl',
      ],
      ['PUT', `/v1/services/-x/instances/a`, { address: 'x', port: 1 }, 'path.service'],
      ['PATCH', `/v1/services/${service}/instances/a`, { weight: -1 }, 'body.weight'],
      ['GET', `/v1/services/${service}/pick?policy=best`, undefined, 'query.policy'],
      ['GET', `/v1/services/${service}/pick?label=a%20b%20c`, undefined, 'query.label'],
      ['GET', `/v1/services/${service}/instances?index=x`, undefined, 'query.index'],
      ['GET', `/v1/services?cursor=x`, undefined, 'query.cursor'],
      ['GET', `/v1/services/${service}/watch?lastEventId=x`, undefined, 'query.lastEventId'],
    ];
    for (const [method, path, body, field] of bad) {
      const answer = await target.gateway.json<Problem>(method, path, { body });
      assert.equal(answer.status, 400, `${method} ${path}`);
      assert.equal(answer.body.errors?.[0]?.field, field, `${method} ${path}`);
    }
  });
});
