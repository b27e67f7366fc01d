import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { instanceOf } from '../balance/instance.fixture.ts';
import { MemoryDiscovery } from './discovery.fixture.ts';
import { httpSdHandler, type HttpSdOptions } from './http-sd.ts';

/** The memory's registry, which can list as well. */
class Registry extends MemoryDiscovery {
  isAway = false;
  readonly names: string[] = [];

  override set(...[service, instances]: Parameters<MemoryDiscovery['set']>): void {
    if (!this.names.includes(service)) this.names.push(service);
    super.set(service, instances);
  }

  list(): Promise<{ name: string }[]> {
    if (this.isAway) return Promise.reject(new Error('no endpoint answers'));
    return Promise.resolve(this.names.map((name) => ({ name })));
  }
}

async function served(
  registry: Registry,
  options: HttpSdOptions,
  run: (get: (path?: string, method?: string) => Promise<Response>) => Promise<void>,
): Promise<void> {
  const handler = httpSdHandler(registry, options);
  const server = createServer(handler).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await run((path = '/', method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method }));
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await handler[Symbol.asyncDispose]();
  }
}

const payments = instanceOf('p1', {
  port: 3000,
  ports: { http: 3000, metrics: 9100 },
  zone: 'eu-1',
  labels: { version: '2', 'app.kubernetes.io/name': 'pay' },
});

test('every instance is a target with its labels, as Prometheus reads them', async () => {
  const registry = new Registry();
  registry.set('payments', [
    payments,
    instanceOf('p2', { address: 'fe80::1', port: 1, state: 'draining' }),
  ]);
  registry.set('orders', [instanceOf('o1', { service: 'orders', port: 7, weight: 0 })]);
  await served(registry, { labels: { job: 'concord' } }, async (get) => {
    const response = await get();
    assert.equal(response.headers.get('content-type'), 'application/json');
    assert.deepEqual(await response.json(), [
      {
        targets: ['127.0.0.1:7'],
        labels: {
          job: 'concord',
          __meta_concord_service: 'orders',
          __meta_concord_id: 'o1',
          __meta_concord_state: 'serving',
          __meta_concord_weight: '0',
        },
      },
      {
        targets: ['127.0.0.1:3000'],
        labels: {
          job: 'concord',
          __meta_concord_service: 'payments',
          __meta_concord_id: 'p1',
          __meta_concord_state: 'serving',
          __meta_concord_weight: '100',
          __meta_concord_zone: 'eu-1',
          __meta_concord_label_version: '2',
          __meta_concord_label_app_kubernetes_io_name: 'pay',
        },
      },
      {
        targets: ['[fe80::1]:1'],
        labels: {
          job: 'concord',
          __meta_concord_service: 'payments',
          __meta_concord_id: 'p2',
          __meta_concord_state: 'draining',
          __meta_concord_weight: '100',
        },
      },
    ]);
  });
  assert.equal(registry.open, 0);
});

const targetsOf = async (response: Response): Promise<string[]> =>
  ((await response.json()) as { targets: string[] }[]).flatMap(({ targets }) => targets);

test('a query, the services offered, and the name of a port narrow it', async () => {
  const registry = new Registry();
  registry.set('payments', [payments, instanceOf('p2', { port: 1 })]);
  registry.set('orders', [instanceOf('o1', { port: 7 })]);
  await served(registry, {}, async (get) => {
    assert.deepEqual(await targetsOf(await get('/?service=orders')), ['127.0.0.1:7']);
    assert.deepEqual(await targetsOf(await get('/?service=nobody')), []);
    assert.equal((await get('/?service=a%2Fb')).status, 400);
    assert.equal((await get('/', 'POST')).status, 405);
    assert.equal(await (await get('/', 'HEAD')).text(), '');
  });
  await served(registry, { services: ['payments'], port: 'metrics' }, async (get) => {
    assert.deepEqual(await targetsOf(await get()), ['127.0.0.1:9100']);
    assert.deepEqual(await targetsOf(await get('/?service=orders')), []);
  });
});

test('while the cluster is away the last known targets are told, and 503 where none are known', async () => {
  const registry = new Registry();
  registry.set('payments', [payments]);
  registry.isAway = true;
  await served(registry, {}, async (get) => {
    const refused = await get();
    assert.equal(refused.status, 503);
    assert.match(await refused.text(), /no endpoint answers/);
    registry.isAway = false;
    assert.equal((await get()).status, 200);
    registry.isAway = true;
    assert.deepEqual(await targetsOf(await get()), ['127.0.0.1:3000']);
  });
});

test('views of services that have gone are closed', async () => {
  const registry = new Registry();
  registry.set('payments', [payments]);
  registry.set('orders', []);
  await served(registry, {}, async (get) => {
    await Promise.all([get(), get(), get()]);
    assert.equal(registry.open, 2);
    registry.names.pop();
    await get();
    assert.equal(registry.open, 1);
  });
});

test("options that can't be meant are refused", () => {
  const create = (options: object) => () => httpSdHandler(new Registry(), options);
  assert.throws(create({ services: ['a/b'] }), {
    code: 'INVALID_ARGUMENT',
    message: /option "services" is "a\/b"/,
  });
  assert.throws(create({ services: 'a' }), { code: 'INVALID_ARGUMENT' });
  assert.throws(create({ labels: { 'a-b': '1' } }), {
    code: 'INVALID_ARGUMENT',
    message: /"a-b" is no label/,
  });
  assert.throws(create({ prot: 'x' }), { code: 'INVALID_ARGUMENT', message: /no option "prot"/ });
});
