import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { instanceOf } from '../../balance/instance.fixture.ts';
import type { Instance } from '../../instance.ts';
import { MemoryDiscovery } from '../discovery.fixture.ts';
import { EchoClient, EchoServer } from './echo.fixture.ts';
import type { Grpc } from './edition.ts';
import { installGrpc } from './index.ts';

const require = createRequire(import.meta.url);

/** Servers that answer with their names, and what a registry would say of them. */
class Fleet implements AsyncDisposable {
  readonly servers = new Map<string, EchoServer>();

  static async start(...names: string[]): Promise<Fleet> {
    const fleet = new Fleet();
    for (const name of names) await fleet.add(name);
    return fleet;
  }

  async add(
    name: string,
    handler: (request: string) => Promise<string> | string = () => name,
  ): Promise<void> {
    this.servers.set(name, await EchoServer.start(handler));
  }

  instance(name: string, changes: Partial<Instance> = {}): Instance {
    return instanceOf(name, { port: this.servers.get(name)!.port, ...changes });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.servers.values()) await server[Symbol.asyncDispose]();
  }
}

async function answers(
  client: EchoClient,
  calls: number,
  hashKey?: string,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let n = 0; n < calls; n++) {
    const name = await client.echo('hello', hashKey === undefined ? {} : { hashKey });
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Until every instance that serves has a connection: channels connect by themselves, one after another. */
async function heardOf(client: EchoClient, names: readonly string[]): Promise<void> {
  const missing = new Set(names);
  for (const deadline = Date.now() + 5000; missing.size > 0;) {
    missing.delete(await client.echo());
    assert.ok(Date.now() < deadline, `never heard of ${[...missing].join()}`);
  }
}

test('a client of concord:///service calls its instances by their weights', async () => {
  await using fleet = await Fleet.start('a', 'b', 'c');
  const registry = new MemoryDiscovery();
  registry.set('payments', [
    fleet.instance('a', { weight: 100 }),
    fleet.instance('b', { weight: 200 }),
    fleet.instance('c', { weight: 0 }),
  ]);
  using stack = new DisposableStack();
  stack.use(installGrpc(registry));
  using client = new EchoClient('concord:///payments');
  await heardOf(client, ['a', 'b']);
  const counts = await answers(client, 300);
  assert.ok(Math.abs(counts['a']! - 100) <= 2, JSON.stringify(counts));
  assert.equal(counts['c'], undefined);
});

test('new instances are called without a disconnect, changed weights from the next call on, removed ones no more', async () => {
  await using fleet = await Fleet.start('a', 'b');
  const registry = new MemoryDiscovery();
  registry.set('payments', [fleet.instance('a')]);
  using stack = new DisposableStack();
  stack.use(installGrpc(registry));
  using client = new EchoClient('concord:///payments');
  assert.equal(await client.echo(), 'a');
  registry.set('payments', [fleet.instance('a'), fleet.instance('b')]);
  await heardOf(client, ['b']);
  registry.set('payments', [fleet.instance('a', { weight: 300 }), fleet.instance('b')]);
  const counts = await answers(client, 100);
  assert.ok(Math.abs(counts['a']! - 75) <= 2, JSON.stringify(counts));
  registry.set('payments', [fleet.instance('b')]);
  assert.deepEqual(await answers(client, 10), { b: 10 });
});

test('calls on their way to an instance that is removed end well', async () => {
  await using fleet = await Fleet.start('b');
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  await fleet.add('a', async () => {
    arrive();
    await gate;
    return 'a, late';
  });
  const registry = new MemoryDiscovery();
  registry.set('payments', [fleet.instance('a')]);
  using stack = new DisposableStack();
  stack.use(installGrpc(registry));
  using client = new EchoClient('concord:///payments');
  const waiting = client.echo();
  await arrived;
  registry.set('payments', [fleet.instance('b')]);
  assert.equal(await client.echo(), 'b');
  open();
  assert.equal(await waiting, 'a, late');
  assert.equal(registry.service('payments').balancer.active, 0);
});

test('a draining instance gets no new calls; while its successor connects, calls wait', async () => {
  await using fleet = await Fleet.start('a', 'b');
  const registry = new MemoryDiscovery();
  registry.set('payments', [fleet.instance('a')]);
  using stack = new DisposableStack();
  stack.use(installGrpc(registry));
  using client = new EchoClient('concord:///payments');
  assert.equal(await client.echo(), 'a');
  registry.set('payments', [fleet.instance('a', { state: 'draining' }), fleet.instance('b')]);
  assert.deepEqual(await answers(client, 5), { b: 5 });
});

test('with nobody there a call fails at once and says why, or waits when it is told to', async () => {
  await using fleet = await Fleet.start('a');
  const registry = new MemoryDiscovery();
  using stack = new DisposableStack();
  stack.use(installGrpc(registry));
  using client = new EchoClient('concord:///payments');
  await assert.rejects(client.echo(), {
    code: 14,
    details: 'concord: none of the 0 known instances of service "payments" serves',
  });
  const waiting = client.echo('hello', { waitForReady: true });
  registry.set('payments', [fleet.instance('a')]);
  assert.equal(await waiting, 'a');
});

test('a cluster that is away at first is asked again', async () => {
  await using fleet = await Fleet.start('a');
  const registry = new MemoryDiscovery();
  registry.failure = new Error('no endpoint answers');
  registry.set('payments', [fleet.instance('a')]);
  using stack = new DisposableStack();
  stack.use(installGrpc(registry));
  using client = new EchoClient('concord:///payments');
  await assert.rejects(client.echo(), { code: 14, details: 'concord: no endpoint answers' });
  assert.equal(await client.echo('hello', { waitForReady: true }), 'a');
});

test('one that does not answer at its address costs no call while others do', async () => {
  await using fleet = await Fleet.start('a', 'b');
  const gone = fleet.instance('b');
  fleet.servers.get('b')!.kill();
  const registry = new MemoryDiscovery();
  registry.set('payments', [fleet.instance('a'), gone]);
  using stack = new DisposableStack();
  stack.use(installGrpc(registry));
  using client = new EchoClient('concord:///payments');
  assert.deepEqual(await answers(client, 20), { a: 20 });
});

test('what gRPC calls end with is reported: an instance that fails in a row is ejected', async () => {
  await using fleet = await Fleet.start('a', 'b', 'c');
  await fleet.add('bad', () => Promise.reject(Object.assign(new Error('broken'), { code: 13 })));
  const registry = new MemoryDiscovery();
  registry.set(
    'payments',
    [...fleet.servers.keys()].map((name) => fleet.instance(name)),
  );
  using stack = new DisposableStack();
  stack.use(installGrpc(registry));
  using client = new EchoClient('concord:///payments');
  let failed = 0;
  for (let n = 0; n < 200; n++) await client.echo().catch(() => (failed += 1));
  assert.equal(failed, 5);
  const { balancer } = registry.service('payments');
  const reasons = balancer.explain().instances.map(({ instance, reason }) => [instance.id, reason]);
  assert.equal(new Map(reasons as [string, string][]).get('bad'), 'ejected');
  assert.equal(balancer.active, 0);
});

test('retries that the channel asks for go to another instance', async () => {
  await using fleet = await Fleet.start('a');
  await fleet.add('bad', () => Promise.reject(Object.assign(new Error('broken'), { code: 14 })));
  const registry = new MemoryDiscovery();
  registry.set(
    'payments',
    ['a', 'bad'].map((name) => fleet.instance(name)),
  );
  using stack = new DisposableStack();
  stack.use(installGrpc(registry));
  const retryPolicy = {
    maxAttempts: 3,
    initialBackoff: '0.01s',
    maxBackoff: '0.01s',
    backoffMultiplier: 1,
    retryableStatusCodes: ['UNAVAILABLE'],
  };
  using client = new EchoClient('concord:///payments', {
    'grpc.service_config': JSON.stringify({
      loadBalancingConfig: [],
      methodConfig: [{ name: [{ service: 'test.Echo' }], timeout: '5s', retryPolicy }],
    }),
  });
  assert.deepEqual(await answers(client, 20), { a: 20 });
});

test('a header sends calls of one key to one instance, under a hashing policy', async () => {
  await using fleet = await Fleet.start('a', 'b', 'c', 'd');
  const registry = new MemoryDiscovery({ policy: 'maglev' });
  registry.set(
    'payments',
    ['a', 'b', 'c', 'd'].map((name) => fleet.instance(name)),
  );
  using stack = new DisposableStack();
  stack.use(installGrpc(registry));
  using client = new EchoClient('concord:///payments');
  await heardOf(client, ['a', 'b', 'c', 'd']);
  for (const key of ['x', 'y', 'z']) {
    assert.equal(Object.keys(await answers(client, 10, key)).length, 1);
  }
});

test('views are opened as asked, and with a subset a channel connects to no other instances', async () => {
  await using fleet = await Fleet.start('a', 'b', 'c', 'd');
  const subset = { size: 2, clientId: 'me' };
  const registry = new MemoryDiscovery({ subset });
  registry.set(
    'payments',
    ['a', 'b', 'c', 'd'].map((name) => fleet.instance(name)),
  );
  using stack = new DisposableStack();
  const discover = (service: string): object => ({ subset, where: { for: service } });
  stack.use(installGrpc(registry, { discover }));
  assert.throws(() => installGrpc(registry), {
    code: 'CONFLICT',
    message: /with another "discover"/,
  });
  using client = new EchoClient('concord:///payments');
  assert.equal(Object.keys(await answers(client, 40)).length, 2);
  assert.deepEqual(registry.options.where, { for: 'payments' });
  const called = [...fleet.servers.values()].filter(({ calls }) => calls > 0).length;
  assert.equal(called, 2);
});

test('a second path segment names the port', async () => {
  await using fleet = await Fleet.start('admin');
  const registry = new MemoryDiscovery();
  const { port } = fleet.servers.get('admin')!;
  registry.set('payments', [instanceOf('x', { port: 1, ports: { http: 1, admin: port } })]);
  using stack = new DisposableStack();
  stack.use(installGrpc(registry));
  using client = new EchoClient('concord:///payments/admin');
  assert.equal(await client.echo(), 'admin');
});

test('a copy that was loaded later is told apart from those that know the scheme, until it is installed there', () => {
  using installed = installGrpc(new MemoryDiscovery(), { scheme: 'later' });
  assert.equal(installed.target('payments'), 'later:///payments');
  assert.throws(() => installed.target('a/b'), { code: 'INVALID_ARGUMENT' });
  using copied = new SecondCopy();
  const { grpc } = copied;
  assert.throws(() => installed.target('payments', grpc), {
    code: 'INVALID_ARGUMENT',
    message:
      /this copy of grpc-js does not know scheme "later"; those that do are 1\.\d+\.\d+ at \//,
  });
  const registry = new MemoryDiscovery();
  using both = installGrpc(registry, { scheme: 'now', grpc: [grpc] });
  assert.equal(both.target('payments', grpc), 'now:///payments');
});

test('a target that names no service is refused by the channel, saying what to write', () => {
  using stack = new DisposableStack();
  stack.use(installGrpc(new MemoryDiscovery()));
  for (const target of ['concord:///', 'concord:///a b', 'concord:///a/b/c']) {
    assert.throws(() => new EchoClient(target), /names no service; write concord:\/\/\/service or/);
  }
});

test('one view serves all channels of a service, and is closed with the last', async () => {
  await using fleet = await Fleet.start('a');
  const registry = new MemoryDiscovery();
  registry.set('payments', [fleet.instance('a')]);
  using stack = new DisposableStack();
  stack.use(installGrpc(registry));
  const clients = [1, 2, 3].map(() => new EchoClient('concord:///payments'));
  for (const client of clients) await client.echo();
  assert.deepEqual([registry.opened, registry.open], [1, 1]);
  for (const client of clients) client[Symbol.dispose]();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(registry.open, 0);
});

test('another registry under the same scheme is refused, saying who was first; after its end it is not', () => {
  const first = installGrpc(new MemoryDiscovery());
  assert.throws(() => installGrpc(new MemoryDiscovery()), {
    code: 'CONFLICT',
    message:
      /scheme "concord" is served by another registry, installed by file:.*\/grpc\/index\.ts; dispose/,
  });
  installGrpc(new MemoryDiscovery(), { scheme: 'other' })[Symbol.dispose]();
  first[Symbol.dispose]();
  installGrpc(new MemoryDiscovery())[Symbol.dispose]();
});

test('after the end of its installation a new channel fails and says so', async () => {
  installGrpc(new MemoryDiscovery())[Symbol.dispose]();
  using client = new EchoClient('concord:///payments');
  await assert.rejects(client.echo(), {
    code: 14,
    details: /no registry is installed for scheme "concord" any more/,
  });
});

test("options that can't be meant are refused", () => {
  const install = (options: object) => () => installGrpc(new MemoryDiscovery(), options);
  assert.throws(install({ scheme: 'A b' }), {
    code: 'INVALID_ARGUMENT',
    message: /option "scheme" is "A b"/,
  });
  assert.throws(install({ shceme: 'x' }), { code: 'INVALID_ARGUMENT' });
  assert.throws(install({ grpc: {} }), {
    code: 'INVALID_ARGUMENT',
    message: /grpc-js 1\.12 or later/,
  });
});

/** A second grpc-js, as another package's dependency would be: its own files, loaded on their own. */
class SecondCopy implements Disposable {
  readonly directory = mkdtempSync(join(tmpdir(), 'grpc-copy-'));
  readonly grpc: Grpc;

  constructor() {
    const own = dirname(require.resolve('@grpc/grpc-js/package.json'));
    const modules = join(this.directory, 'node_modules');
    cpSync(own, join(modules, '@grpc/grpc-js'), { recursive: true });
    symlinkSync(join(own, '../proto-loader'), join(modules, '@grpc/proto-loader'));
    symlinkSync(join(own, '../../@js-sdsl'), join(modules, '@js-sdsl'));
    this.grpc = require(join(modules, '@grpc/grpc-js/build/src/index.js')) as Grpc;
  }

  [Symbol.dispose](): void {
    for (const path of Object.keys(require.cache)) {
      // Of this test alone: the next one counts the copies.
      if (path.startsWith(this.directory)) Reflect.deleteProperty(require.cache, path);
    }
    rmSync(this.directory, { recursive: true });
  }
}

test('two copies of this package in one process: they share what is installed, and say which copy is in the way', async () => {
  await using fleet = await Fleet.start('a');
  const registry = new MemoryDiscovery();
  registry.set('payments', [fleet.instance('a')]);
  const directory = mkdtempSync(join(tmpdir(), 'registry-copy-'));
  try {
    cpSync(join(import.meta.dirname, '../../..'), join(directory, 'registry'), {
      recursive: true,
      filter: (path) => !/node_modules|dist|bench/.test(path),
    });
    const modules = join(require.resolve('@grpc/grpc-js/package.json'), '../../..');
    symlinkSync(modules, join(directory, 'node_modules'));
    const path = join(directory, 'registry/src/integrations/grpc/index.ts');
    const copy = (await import(pathToFileURL(path).href)) as { installGrpc: typeof installGrpc };
    assert.notEqual(copy.installGrpc, installGrpc);
    const first = copy.installGrpc(registry);
    using second = installGrpc(registry);
    assert.equal(second.scheme, 'concord');
    assert.throws(() => installGrpc(new MemoryDiscovery()), {
      code: 'CONFLICT',
      message: new RegExp(`installed by file://${directory}`),
    });
    first[Symbol.dispose]();
    using client = new EchoClient('concord:///payments');
    assert.equal(await client.echo(), 'a');
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('two copies of grpc-js in one process: both find the services, and it is said which they are', async () => {
  await using fleet = await Fleet.start('a');
  const registry = new MemoryDiscovery();
  registry.set('payments', [fleet.instance('a')]);
  using copied = new SecondCopy();
  const { directory, grpc } = copied;
  using installed = installGrpc(registry);
  assert.equal(installed.copies.length, 2);
  assert.ok(installed.copies.some(({ path }) => path?.startsWith(directory)));
  assert.ok(installed.copies.every(({ version }) => /^1\.\d+\.\d+$/.test(version)));
  for (const copy of [undefined, grpc]) {
    using client = new EchoClient('concord:///payments', {}, copy);
    assert.equal(await client.echo(), 'a');
  }
});
