/** Discovered services by `fetch`, by `view.call()`, and as Prometheus sees them: real servers on a real member. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { Registration, Registry } from '@concord/registry';
import { httpSdHandler } from '@concord/registry/http-sd';
import { createDispatcher } from '@concord/registry/undici';
import { onEachBackend } from '../harness/each-backend.ts';
import { Stage, until } from '../registry/stage.ts';

class HttpReplica implements AsyncDisposable {
  readonly name: string;
  readonly registration: Registration;
  readonly #server: Server;

  private constructor(name: string, server: Server, registration: Registration) {
    this.name = name;
    this.#server = server;
    this.registration = registration;
  }

  static async start(registry: Registry, name: string, options: object = {}): Promise<HttpReplica> {
    const server = createServer((_, response) => response.end(name)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const service = { name: 'payments', id: name, port, ...options };
    return new HttpReplica(name, server, await registry.register(service));
  }

  /** As a crash leaves it: registered, and nobody listens. */
  async crash(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.registration.drain({ observers: 'skip' });
    if (this.#server.listening) await this.crash();
  }
}

/** Two instances in one zone and one in another, gone at the end of the test. */
async function three(stage: Stage, stack: AsyncDisposableStack): Promise<HttpReplica[]> {
  const start = async (name: string, zone: string): Promise<HttpReplica> => {
    const options = { zone, labels: { version: zone } };
    return stack.use(await HttpReplica.start(await stage.registry(), name, options));
  };
  return Promise.all([start('a', 'eu-1'), start('b', 'eu-1'), start('c', 'eu-2')]);
}

const get = async (url: string, init: object = {}): Promise<string> =>
  (await fetch(url, init)).text();

onEachBackend('services by HTTP', (target) => {
  test('fetch of http://payments.concord reaches all instances, and goes on past one that crashed', async () => {
    await using stage = new Stage(target);
    await using stack = new AsyncDisposableStack();
    const replicas = await three(stage, stack);
    await using dispatcher = createDispatcher(await stage.registry());
    const url = 'http://payments.concord/';
    const names = new Set<string>();
    for (let n = 0; n < 9; n++) names.add(await get(url, { dispatcher }));
    assert.deepEqual([...names].sort(), ['a', 'b', 'c']);
    await replicas[1]!.crash();
    for (let n = 0; n < 20; n++) assert.notEqual(await get(url, { dispatcher }), 'b');
  });

  test('view.call() tries elsewhere, view.pick() prefers its zone, and explain() says why', async () => {
    await using stage = new Stage(target);
    await using stack = new AsyncDisposableStack();
    const replicas = await three(stage, stack);
    const view = await (
      await stage.registry()
    ).discover('payments', {
      zone: { prefer: 'eu-1' },
      waitFor: 3,
    });
    const zones = new Set<string | undefined>();
    for (let n = 0; n < 20; n++) {
      using picked = view.pick();
      zones.add(picked.instance.zone);
    }
    assert.deepEqual([...zones], ['eu-1']);
    assert.equal(view.pick({ where: { version: 'eu-2' } }).instance.id, 'c');
    await replicas[0]!.crash();
    for (let n = 0; n < 10; n++) {
      const name = await view.call(({ endpoint }, signal) =>
        get(`http://${endpoint}/`, { signal }),
      );
      assert.notEqual(name, 'a');
    }
    const reasons = view.explain().instances.map(({ instance, reason }) => [instance.id, reason]);
    assert.deepEqual(Object.fromEntries(reasons), { a: 'ejected', b: 'pickable', c: 'pickable' });
  });

  test("with most instances ejected by their consumers the view says panic, and they are the cluster's all the same", async () => {
    await using stage = new Stage(target);
    await using stack = new AsyncDisposableStack();
    await three(stage, stack);
    const view = await (
      await stage.registry()
    ).discover('payments', {
      outlier: { maxEjected: 1 },
      waitFor: 3,
    });
    for (const id of ['a', 'b']) {
      const where = (instance: { id: string }): boolean => instance.id === id;
      for (let n = 0; n < 5; n++) view.pick({ where }).report('error');
    }
    assert.equal(view.snapshot.degraded, 'panic');
    assert.equal(view.snapshot.instances.length, 3);
    await stack.disposeAsync();
    await until(view, 'the end of the panic', ({ snapshot }) => snapshot.degraded === null);
  });

  test('Prometheus is told of all instances of all services', async () => {
    await using stage = new Stage(target);
    await using stack = new AsyncDisposableStack();
    const replicas = await three(stage, stack);
    await using handler = httpSdHandler(await stage.registry());
    const server = createServer(handler).listen(0, '127.0.0.1');
    stack.defer(() => {
      server.closeAllConnections();
      server.close();
    });
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const groups = JSON.parse(await get(`http://127.0.0.1:${port}/`)) as {
      targets: string[];
      labels: Record<string, string>;
    }[];
    const told = groups.map(({ targets, labels }) => [targets[0], labels['__meta_concord_zone']]);
    const expected = replicas.map(({ registration }) => [
      registration.instance.endpoint,
      registration.instance.zone,
    ]);
    assert.deepEqual(told.sort(), expected.sort());
  });
});
