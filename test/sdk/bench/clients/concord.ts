/** Our client, registry and locks as a contestant. */
import { Client } from '@concord/client';
import { Locks } from '@concord/lock';
import { Registry } from '@concord/registry';
import {
  INSTANCE_TTL_SECONDS,
  LOCK_TTL_SECONDS,
  type Contestant,
  type Watching,
} from './contestant.ts';

/** @param endpoint - host and port of a member of Concord or etcd */
export async function openContestant(endpoint: string): Promise<Contestant> {
  const client = await Client.connect({ endpoints: [endpoint] });
  const locks = new Locks(client);
  const registry = new Registry(client);
  return {
    get: async (key) => (await client.kv.get(key))?.text,
    put: async (key, value) => {
      await client.kv.put(key, value);
    },
    watch: (key, changed) => watch(client, key, changed),
    lock: async (name) => {
      const held = await locks.acquire(name, { ttl: `${LOCK_TTL_SECONDS}s` });
      return async () => {
        await held.release();
      };
    },
    register: async (name, port) => {
      const address = '127.0.0.1';
      const ttl = `${INSTANCE_TTL_SECONDS}s` as const;
      const registration = await registry.register({ name, port, address, ttl });
      return () => registration.close();
    },
    follow: async (service, changed) => {
      const view = await registry.discover(service);
      const tell = (): void => changed(new Set(view.snapshot.instances.map(({ port }) => port)));
      view.onUpdate(tell);
      tell();
      return { stop: () => view.close() };
    },
    close: async () => {
      await locks.close();
      await registry.close();
      await client.close();
    },
  };
}

async function watch(
  client: Client,
  key: string,
  changed: (value: string) => void,
): Promise<Watching> {
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
}
