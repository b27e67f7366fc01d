/** npm etcd3 as a contestant. It has no registry: instances are keys of a lease, found by their prefix. */
import { Etcd3, EtcdLockFailedError } from 'etcd3';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  INSTANCE_TTL_SECONDS,
  LOCK_TTL_SECONDS,
  type Contestant,
  type Release,
  type Watching,
} from './contestant.ts';

/** It has no way to wait for a lock: whoever wants one asks again, this often. */
const ASK_AGAIN_MS = 5;

/** @param endpoint - host and port of a member of Concord or etcd */
export function openContestant(endpoint: string): Promise<Contestant> {
  const client = new Etcd3({ hosts: [endpoint] });
  return Promise.resolve({
    get: async (key) => (await client.get(key).string()) ?? undefined,
    put: async (key, value) => {
      await client.put(key).value(value);
    },
    watch: async (key, changed) => {
      const watcher = await client.watch().key(key).create();
      watcher.on('put', ({ value }) => changed(value.toString()));
      return { stop: () => watcher.cancel() };
    },
    lock: (name) => lock(client, name),
    register: async (service, port) => {
      const lease = client.lease(INSTANCE_TTL_SECONDS);
      await lease.put(`/services/${service}/${port}`).value(JSON.stringify({ port }));
      return () => lease.revoke();
    },
    follow: (service, changed) => follow(client, `/services/${service}/`, changed),
    close: () => {
      client.close();
      return Promise.resolve();
    },
  });
}

async function lock(client: Etcd3, name: string): Promise<Release> {
  for (;;) {
    try {
      const held = await client.lock(name).ttl(LOCK_TTL_SECONDS).acquire();
      return async () => {
        await held.release();
      };
    } catch (error) {
      if (!(error instanceof EtcdLockFailedError)) throw error;
      await sleep(ASK_AGAIN_MS);
    }
  }
}

async function follow(
  client: Etcd3,
  prefix: string,
  changed: (ports: ReadonlySet<number>) => void,
): Promise<Watching> {
  const ports = new Set<number>();
  const portOf = (key: Buffer | string): number => Number(key.toString().slice(prefix.length));
  const watcher = await client.watch().prefix(prefix).create();
  watcher.on('put', ({ key }) => changed(ports.add(portOf(key))));
  watcher.on('delete', ({ key }) => {
    ports.delete(portOf(key));
    changed(ports);
  });
  for (const key of await client.getAll().prefix(prefix).keys()) ports.add(portOf(key));
  changed(ports);
  return { stop: () => watcher.cancel() };
}
