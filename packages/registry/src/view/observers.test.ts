/** When a view acknowledges, and when it gives up. A cluster that only writes down what is put stands in for one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcordError, silentLogger, type Client } from '@concord/client';
import { Observers } from './observers.ts';

interface Put {
  readonly key: string;
  readonly value: { readonly revision: number; readonly overrides: number };
  readonly lease: bigint;
}

class Cluster {
  readonly puts: Put[] = [];
  readonly warnings: string[] = [];
  readonly #onPut: (put: Put) => void;
  #leases = 0n;
  #lose: (() => void) | undefined;

  constructor(onPut: (put: Put) => void = () => undefined) {
    this.#onPut = onPut;
  }

  observers(): Observers {
    const client = {
      session: () => {
        const end = new AbortController();
        this.#lose = () => end.abort();
        return Promise.resolve({
          lease: ++this.#leases,
          signal: end.signal,
          close: () => Promise.resolve(),
        });
      },
      kv: {
        put: (key: string, value: string, { lease }: { lease: bigint }) => {
          const put = { key, value: JSON.parse(value) as Put['value'], lease };
          this.puts.push(put);
          return new Promise((resolve) => {
            this.#onPut(put);
            resolve(undefined);
          });
        },
        delete: () => Promise.resolve(),
      },
    } as unknown as Client;
    const warn = (text: string): number => this.warnings.push(text);
    return new Observers(client, { ...silentLogger, warn }, 'me');
  }

  loseLease(): void {
    this.#lose?.();
  }

  async written(count: number): Promise<void> {
    const alive = setInterval(() => undefined, 1000);
    while (this.puts.length < count) await new Promise((resolve) => setTimeout(resolve, 1));
    clearInterval(alive);
  }
}

test('the first is written at once, those that follow at once as one, under the same lease', async () => {
  const cluster = new Cluster();
  const observers = cluster.observers();
  let revision = 0;
  const observer = observers.observe('orders', () => ({ revision, overrides: 0 }));
  for (revision of [1, 2, 3]) observer.acknowledge();
  await cluster.written(1);
  for (revision of [4, 5]) observer.acknowledge();
  await cluster.written(2);
  const told = cluster.puts.map(({ key, value, lease }) => [key, value.revision, lease]);
  const key = '/concord/registry/observers/orders/me-1';
  assert.equal(told.length, 2);
  assert.deepEqual(told[1], [key, 5, 1n]);
  await observers.release(observer);
  await observers.close();
});

test('a lease that is lost is replaced, and everything said once more', async () => {
  const cluster = new Cluster();
  const observers = cluster.observers();
  let revision = 0;
  const observer = observers.observe('orders', () => ({ revision, overrides: 0 }));
  revision = 7;
  observer.acknowledge();
  await cluster.written(1);
  // Whoever has written waits for its answer before it looks at leases.
  await new Promise((resolve) => setTimeout(resolve, 1));
  // As after a restore: what was seen before is no longer so.
  revision = 4;
  cluster.loseLease();
  await cluster.written(2);
  const [first, second] = cluster.puts;
  assert.deepEqual([first?.lease, second?.lease], [1n, 2n]);
  assert.deepEqual([first?.value.revision, second?.value.revision], [7, 4]);
  await observers.release(observer);
  await observers.close();
});

test('who may not write says so once, and is silent', async () => {
  const cluster = new Cluster(() => {
    throw new ConcordError('FORBIDDEN', { operation: 'kv.put', problem: 'permission denied' });
  });
  const observers = cluster.observers();
  let revision = 0;
  const observer = observers.observe('orders', () => ({ revision, overrides: 0 }));
  revision = 1;
  observer.acknowledge();
  await cluster.written(1);
  await new Promise((resolve) => setTimeout(resolve, 1));
  observer.acknowledge();
  await observers.release(observer);
  assert.equal(cluster.puts.length, 1);
  assert.equal(cluster.warnings.length, 1);
  assert.ok(observers.isSilent);
});

test('a view that closes while its acknowledgement is on its way takes that back, too', async () => {
  const deleted: string[] = [];
  const sent = Promise.withResolvers<undefined>();
  const client = {
    session: () => Promise.resolve({ lease: 1n, signal: new AbortController().signal }),
    kv: {
      put: (key: string, _value: string, { signal }: { signal: AbortSignal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error(`${key}: given up`)));
          sent.resolve(undefined);
        }),
      delete: (key: string) => Promise.resolve(deleted.push(key)),
    },
  } as unknown as Client;
  const observers = new Observers(client, silentLogger, 'me');
  const observer = observers.observe('orders', () => ({ revision: 1, overrides: 1 }));
  observer.acknowledge();
  await sent.promise;
  await observers.release(observer);
  assert.deepEqual(deleted, ['/concord/registry/observers/orders/me-1']);
});
