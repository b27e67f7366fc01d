/** The clients that are measured, each as its users would write it. */
import { Client } from '@concord/client';
import { Locks } from '@concord/lock';
import { Etcd3, EtcdLockFailedError } from 'etcd3';
import { setTimeout as sleep } from 'node:timers/promises';

/** npm etcd3 has no way to wait for a lock: whoever wants one asks again, this often. */
const ASK_AGAIN_MS = 5;
/** Of locks, in seconds. */
const TTL_SECONDS = 10;

export interface Watching {
  /** Calls for every change of the key. */
  stop(): Promise<void>;
}

export interface Contestant {
  readonly name: string;
  get(key: string): Promise<string | undefined>;
  put(key: string, value: string): Promise<void>;
  /** Resolves once the server watches. */
  watch(key: string, changed: (value: string) => void): Promise<Watching>;
  /** Waits for a lock; answers how to release it. */
  lock(name: string): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export async function concordClient(endpoint: string): Promise<Contestant> {
  const client = await Client.connect({ endpoints: [endpoint] });
  const locks = new Locks(client);
  return {
    name: '@concord/client',
    get: async (key) => (await client.kv.get(key))?.text,
    put: async (key, value) => {
      await client.kv.put(key, value);
    },
    watch: async (key, changed) => {
      const watch = client.watch(key);
      const reading = (async () => {
        for await (const batch of watch) {
          if (batch.type !== 'changes') continue;
          for (const change of batch.changes) if (change.kind === 'put') changed(change.entry.text);
        }
      })().catch(() => undefined);
      await watch.created();
      return {
        stop: async () => {
          await watch[Symbol.asyncDispose]();
          await reading;
        },
      };
    },
    lock: async (name) => {
      const held = await locks.acquire(name, { ttl: `${TTL_SECONDS}s` });
      return async () => {
        await held.release();
      };
    },
    close: async () => {
      await locks.close();
      await client.close();
    },
  };
}

export function npmEtcd3(endpoint: string): Promise<Contestant> {
  const client = new Etcd3({ hosts: [endpoint] });
  return Promise.resolve({
    name: 'etcd3 1.1.2',
    get: async (key) => (await client.get(key).string()) ?? undefined,
    put: async (key, value) => {
      await client.put(key).value(value);
    },
    watch: async (key, changed) => {
      const watcher = await client.watch().key(key).create();
      watcher.on('put', ({ value }) => changed(value.toString()));
      return {
        stop: async () => {
          await watcher.cancel();
        },
      };
    },
    lock: async (name) => {
      for (;;) {
        try {
          const held = await client.lock(name).ttl(TTL_SECONDS).acquire();
          return async () => {
            await held.release();
          };
        } catch (error) {
          if (!(error instanceof EtcdLockFailedError)) throw error;
          await sleep(ASK_AGAIN_MS);
        }
      }
    },
    close: () => {
      client.close();
      return Promise.resolve();
    },
  });
}
