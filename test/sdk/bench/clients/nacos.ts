/**
 * npm nacos as a contestant: configuration for keys, naming for instances. It has no lock. A key is an item of
 * configuration of the default group, whose names have no slashes.
 */
import { Console } from 'node:console';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { NacosConfigClient, NacosNamingClient } from 'nacos';
import type { Contestant, Watching } from './contestant.ts';

const GROUP = 'DEFAULT_GROUP';

/** Its naming client logs every change. */
const quiet = new Console(new Writable({ write: (_chunk, _encoding, done) => done() }));

/** @param endpoint - host and port of a server's HTTP */
export async function openContestant(endpoint: string): Promise<Contestant> {
  // Whatever is read is kept in files, too.
  const cacheDir = mkdtempSync(join(tmpdir(), 'bench-nacos-client-'));
  const config = new NacosConfigClient({ serverAddr: endpoint, cacheDir });
  const naming = new NacosNamingClient({ logger: quiet, serverList: endpoint });
  await naming.ready();
  return {
    get: (key) => config.getConfig(nameOf(key), GROUP, undefined),
    put: async (key, value) => {
      await config.publishSingle(nameOf(key), GROUP, value);
    },
    watch: (key, changed) => watch(config, nameOf(key), changed),
    lock: undefined,
    register: async (service, port) => {
      const instance = {
        ...{ instanceId: '', healthy: true, enabled: true },
        ip: '127.0.0.1',
        port,
      };
      await naming.registerInstance(service, instance);
      return () => naming.deregisterInstance(service, instance);
    },
    follow: (service, changed) => {
      const { promise, resolve } = Promise.withResolvers<Watching>();
      const listener: Parameters<typeof naming.subscribe>[1] = (hosts) => {
        changed(new Set(hosts.map(({ port }) => port)));
        resolve({
          stop: () => {
            naming.unSubscribe(service, listener);
            return Promise.resolve();
          },
        });
      };
      naming.subscribe(service, listener);
      return promise;
    },
    close: async () => {
      config.close();
      await (naming as NacosNamingClient & { close(): Promise<void> }).close();
      rmSync(cacheDir, { recursive: true, force: true });
    },
  };
}

function nameOf(key: string): string {
  return key.replace(/^\//, '').replaceAll('/', '.');
}

/** Resolves with the first answer: from there on the digest of what is known tells what is new. */
async function watch(
  config: NacosConfigClient,
  dataId: string,
  changed: (value: string) => void,
): Promise<Watching> {
  const info = { dataId, group: GROUP };
  const { promise, resolve } = Promise.withResolvers<void>();
  const listener = (content: string): void => {
    changed(content);
    resolve();
  };
  config.subscribe(info, listener);
  await promise;
  return {
    stop: () => {
      config.unSubscribe(info, listener);
      return Promise.resolve();
    },
  };
}
