/**
 * The example as its users run it: orders come in all the time, while an instance is killed, another is asked to go,
 * a third gets another weight, and the settings change. No order may fail.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect, type Concord, type ServiceView } from '@concord/sdk';
import { settings } from '../../examples/shop/settings.ts';
import { concord as concordBackend, type Backend } from '../conformance/harness/backend.ts';
import { freePorts } from '../conformance/harness/free-ports.ts';
import { Server } from '../conformance/harness/server.ts';

const ROOT = join(import.meta.dirname, '../..');
const CALLERS = 8;

interface Receipt {
  readonly currency: string;
  readonly instance: string;
  readonly cents: number;
}

const isRunning = (child: ChildProcess | undefined): boolean =>
  child?.exitCode === null && child.signalCode === null;

/** Orders without a pause by several callers, each with what came of it. */
class Customers {
  readonly receipts: Receipt[] = [];
  readonly failures: string[] = [];
  readonly #view: ServiceView;
  readonly #callers: Promise<void>[];
  #isOpen = true;
  #orders = 0;

  constructor(view: ServiceView) {
    this.#view = view;
    this.#callers = Array.from({ length: CALLERS }, () => this.#buy());
  }

  /** Resolves with the receipts of `count` orders that were placed from now on. */
  async more(count: number): Promise<Receipt[]> {
    const from = this.receipts.length + CALLERS;
    while (this.receipts.length < from + count && this.failures.length === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return this.receipts.slice(from);
  }

  async leave(): Promise<void> {
    this.#isOpen = false;
    await Promise.all(this.#callers);
  }

  async #buy(): Promise<void> {
    while (this.#isOpen) {
      const { endpoint } = this.#view.pick().instance;
      try {
        const response = await fetch(`http://${endpoint}/orders`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ order: String(this.#orders++), cents: 1000 }),
        });
        const text = await response.text();
        if (!response.ok) this.failures.push(`${response.status} ${text}`);
        else this.receipts.push(JSON.parse(text) as Receipt);
      } catch (error) {
        this.failures.push(String(error));
      }
    }
  }
}

describe('the shop', { skip: concordBackend() === undefined && 'the server is not built' }, () => {
  let server: Server;
  let concord: Concord;
  let payments: ServiceView;
  let customers: Customers;
  const children = new Map<number, ChildProcess>();

  const start = async (program: string): Promise<number> => {
    const [port = 0] = await freePorts(1);
    const child = spawn(
      process.execPath,
      ['--conditions=@concord/source', join(ROOT, `examples/dist/${program}.js`)],
      { env: { ...process.env, CONCORD: server.endpoint, PORT: String(port) }, stdio: 'inherit' },
    );
    children.set(port, child);
    return port;
  };

  before(async () => {
    server = await Server.start(concordBackend() as Backend);
    for (const program of ['payments', 'payments', 'payments', 'orders', 'worker', 'worker'])
      await start(program);
    concord = await connect({ endpoints: [server.endpoint] });
    payments = await concord.discover('payments', { waitFor: 3 });
    customers = new Customers(await concord.discover('orders', { waitFor: 1 }));
  });
  after(async () => {
    await customers.leave();
    for (const child of children.values()) child.kill('SIGKILL');
    await concord.close();
    await server.stop();
  });

  test('orders are paid by all three', async () => {
    const receipts = await customers.more(200);
    assert.equal(new Set(receipts.map(({ instance }) => instance)).size, 3);
    assert.deepEqual(customers.failures, []);
  });

  test('a killed instance costs nobody an order, and one that comes is used', async () => {
    const [killed] = payments.snapshot.instances;
    children.get(killed!.port)?.kill('SIGKILL');
    const receipts = await customers.more(200);
    assert.ok(receipts.length > 0);
    const port = await start('payments');
    for (;;) {
      const seen = await customers.more(50);
      if (seen.some(({ instance }) => instance === String(port))) break;
      assert.deepEqual(customers.failures, []);
    }
    assert.deepEqual(customers.failures, []);
  });

  test('one that is asked to go is left first', async () => {
    const leaving = payments.snapshot.instances.find(({ port }) => isRunning(children.get(port)));
    const child = children.get(leaving!.port)!;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
    await customers.more(100);
    assert.deepEqual(customers.failures, []);
  });

  test('an instance with weight 0 is not asked any more', async () => {
    const rested = payments.snapshot.instances.at(-1)!;
    const key = `/concord/registry/overrides/payments/${rested.id}`;
    await concord.client.kv.put(key, JSON.stringify({ weight: 0, reason: 'rest', by: 'test' }));
    for (;;) {
      const receipts = await customers.more(100);
      if (receipts.every(({ instance }) => instance !== String(rested.port))) break;
    }
    assert.deepEqual(customers.failures, []);
  });

  test('settings change without a restart', async () => {
    await concord.config.set(settings, { currency: 'CHF', feeCents: 30 });
    for (;;) {
      const receipts = await customers.more(50);
      if (receipts.every(({ currency, cents }) => currency === 'CHF' && cents === 1030)) break;
    }
    assert.deepEqual(customers.failures, []);
  });

  test('the workers settle one at a time, with rising tokens', async () => {
    const first = JSON.parse((await concord.client.kv.get('/shop/settled'))!.text) as {
      token: number;
    };
    await using changes = concord.client.watch('/shop/settled');
    let last = first.token;
    let seen = 0;
    for await (const batch of changes) {
      if (batch.type !== 'changes') continue;
      for (const change of batch.changes) {
        if (change.kind !== 'put') return assert.fail(`${change.key} was deleted`);
        const { token } = change.entry.json<{ token: number }>();
        assert.ok(token > last, `${token} after ${last}`);
        last = token;
        seen++;
      }
      if (seen >= 3) break;
    }
    assert.deepEqual(customers.failures, []);
  });
});
