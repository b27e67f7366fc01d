/** Discovered services as targets of grpc-js: real servers, registered on a real member. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Registration, Registry, RegisterOptions } from '@concord/registry';
import { installGrpc } from '@concord/registry/grpc';
import {
  EchoClient,
  EchoServer,
} from '../../../packages/registry/src/integrations/grpc/echo.fixture.ts';
import { onEachBackend } from '../harness/each-backend.ts';
import { Stage } from '../registry/stage.ts';

/** One process of a service: a server and its registration, with a client of its own. */
class Replica implements AsyncDisposable {
  readonly #registry: Registry;
  readonly #name: string;
  #server: EchoServer | undefined;
  registration: Registration | undefined;

  constructor(registry: Registry, name: string) {
    this.#registry = registry;
    this.#name = name;
  }

  async start(options: Partial<RegisterOptions> = {}): Promise<void> {
    this.#server = await EchoServer.start(async () => {
      // Calls take a while, so that some are on their way whenever something changes.
      await new Promise((resolve) => setTimeout(resolve, 5));
      return this.#name;
    });
    const { port } = this.#server;
    const id = this.#name;
    this.registration = await this.#registry.register({ name: 'payments', id, port, ...options });
  }

  /** In the order in which a process goes: no new calls, those on their way end, the server ends. */
  async stop(): Promise<void> {
    await this.registration?.drain();
    await this.#server?.drain();
  }

  /** As a crash does. */
  kill(): void {
    this.#server?.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.registration?.drain({ observers: 'skip' });
    this.kill();
  }
}

async function replicas(
  stage: Stage,
  stack: AsyncDisposableStack,
  weights: readonly number[],
): Promise<Replica[]> {
  return Promise.all(
    weights.map(async (weight, index) => {
      const replica = stack.use(new Replica(await stage.registry(), `p${index}`));
      await replica.start({ weight });
      return replica;
    }),
  );
}

/** Calls at an even pace until it is stopped. */
class Load {
  readonly answers = new Map<string, number>();
  readonly failures: unknown[] = [];
  readonly #client: EchoClient;
  readonly #timer: NodeJS.Timeout;
  readonly #calls = new Set<Promise<void>>();

  constructor(client: EchoClient, perSecond: number) {
    this.#client = client;
    this.#timer = setInterval(() => this.#call(), 1000 / perSecond);
  }

  get count(): number {
    return [...this.answers.values()].reduce((sum, count) => sum + count, 0);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#calls);
  }

  #call(): void {
    const call = this.#client.echo().then(
      (name) => void this.answers.set(name, (this.answers.get(name) ?? 0) + 1),
      (error: unknown) => void this.failures.push(error),
    );
    this.#calls.add(call);
    void call.finally(() => this.#calls.delete(call));
  }
}

onEachBackend('concord:///payments in a grpc-js client', (target) => {
  test('calls follow the weights, also when one changes while calls go on', async () => {
    await using stage = new Stage(target);
    await using stack = new AsyncDisposableStack();
    const all = await replicas(stage, stack, [100, 300]);
    stack.use(installGrpc(await stage.registry()));
    const client = stack.use(new EchoClient('concord:///payments'));
    const counted = async (calls: number): Promise<number> => {
      let ofFirst = 0;
      for (let n = 0; n < calls; n++) if ((await client.echo()) === 'p0') ofFirst += 1;
      return ofFirst;
    };
    // Until both are connected to.
    while ((await client.echo()) !== 'p0');
    while ((await client.echo()) !== 'p1');
    assert.ok(Math.abs((await counted(80)) - 20) <= 2);
    await all[0]!.registration!.update({ weight: 900 });
    const deadline = Date.now() + 10_000;
    while (Math.abs((await counted(40)) - 30) > 2) {
      assert.ok(Date.now() < deadline, 'the new weight was never seen');
    }
  });

  test('a rolling restart of six instances under load fails no call', async () => {
    await using stage = new Stage(target);
    await using stack = new AsyncDisposableStack();
    const six = await replicas(stage, stack, [100, 100, 100, 100, 100, 100]);
    stack.use(installGrpc(await stage.registry()));
    const client = stack.use(new EchoClient('concord:///payments'));
    const load = new Load(client, 250);
    for (const replica of six) {
      await replica.stop();
      await replica.start();
    }
    await load.stop();
    assert.deepEqual(load.failures, []);
    assert.ok(load.count > 20, `only ${load.count} calls were made`);
    assert.equal(load.answers.size, 6, JSON.stringify([...load.answers]));
  });

  test('while the cluster is away calls go on among the instances last known', async () => {
    await using stage = new Stage(target);
    await using stack = new AsyncDisposableStack();
    await replicas(stage, stack, [100, 100]);
    stack.use(installGrpc(await stage.registry()));
    const client = stack.use(new EchoClient('concord:///payments'));
    for (const name of ['p0', 'p1']) while ((await client.echo()) !== name);
    target.lines.cut();
    const names = new Set<string>();
    for (let n = 0; n < 20; n++) names.add(await client.echo());
    assert.equal(names.size, 2);
    target.lines.heal();
  });

  test('an instance that dies without a word costs calls on their way at most, long before its lease runs out', async () => {
    await using stage = new Stage(target);
    await using stack = new AsyncDisposableStack();
    const all = await replicas(stage, stack, [100, 100, 100]);
    stack.use(installGrpc(await stage.registry()));
    const client = stack.use(new EchoClient('concord:///payments'));
    for (const name of ['p0', 'p1', 'p2']) while ((await client.echo()) !== name);
    all[1]!.kill();
    let failed = 0;
    for (let n = 0; n < 60; n++) await client.echo().catch(() => (failed += 1));
    assert.ok(failed <= 1, `${failed} calls failed`);
  });
});
