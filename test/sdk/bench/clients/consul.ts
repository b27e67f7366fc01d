/**
 * npm consul as a contestant: keys by the library's calls, watches by its blocking queries, locks by a session and
 * `acquire` as Consul's guide to them says, and instances by the agent with a check of a TTL.
 */
import Consul from 'consul';
import {
  INSTANCE_TTL_SECONDS,
  LOCK_TTL_SECONDS,
  type Contestant,
  type Release,
  type Watching,
} from './contestant.ts';

/** A blocking query answers after so long without a change; the library's own default. */
const WAIT = '30s';

/** @param endpoint - host and port of an agent's HTTP */
export function openContestant(endpoint: string): Promise<Contestant> {
  const [host = '', port] = endpoint.split(':');
  const consul = new Consul({ host, port: Number(port) });
  const session = new LockSession(consul);
  return Promise.resolve({
    get: async (key) => (await consul.kv.get(nameOf(key)))?.Value ?? undefined,
    put: async (key, value) => {
      await consul.kv.set(nameOf(key), value);
    },
    watch: (key, changed) =>
      watch(consul, { method: consul.kv.get, options: { key: nameOf(key) } }, (entry) => {
        const { Value } = (entry ?? {}) as { Value?: string };
        if (Value !== undefined) changed(Value);
      }),
    lock: (name) => session.lock(nameOf(name)),
    register: async (name, port) => {
      const id = `${name}-${port}`;
      // Its types want a time-out, which a check that is only told of has no use for.
      const ttl = `${INSTANCE_TTL_SECONDS}s`;
      const check = { name: id, ttl, timeout: ttl, status: 'passing' };
      await consul.agent.service.register({ id, name, address: '127.0.0.1', port, check });
      return () => consul.agent.service.deregister(id) as Promise<void>;
    },
    follow: (service, changed) => {
      const query = { method: consul.health.service, options: { service, passing: 'true' } };
      return watch(consul, query, (entries) => {
        const instances = entries as readonly { readonly Service: { readonly Port: number } }[];
        changed(new Set(instances.map(({ Service }) => Service.Port)));
      });
    },
    close: async () => {
      await session.close();
      consul.destroy();
    },
  });
}

/** Consul's keys begin without a slash. */
function nameOf(key: string): string {
  return key.replace(/^\//, '');
}

type Query = Parameters<Consul['watch']>[0];

/** Resolves with the first answer: from there on the index of the last answer tells what is new. */
async function watch(
  consul: Consul,
  query: Query,
  changed: (answer: unknown) => void,
): Promise<Watching> {
  const watching = consul.watch({ ...query, options: { ...query.options, wait: WAIT } });
  await new Promise<void>((resolve, reject) => {
    watching.on('error', reject);
    watching.on('change', (answer: unknown) => {
      changed(answer);
      resolve();
    });
  });
  return {
    stop: () => {
      watching.end();
      return Promise.resolve();
    },
  };
}

/** The session by which a process holds its locks, renewed while it lives. */
class LockSession {
  readonly #consul: Consul;
  #id: Promise<string> | undefined;
  #renewal: NodeJS.Timeout | undefined;

  constructor(consul: Consul) {
    this.#consul = consul;
  }

  async lock(key: string): Promise<Release> {
    const { kv } = this.#consul;
    const session = await (this.#id ??= this.#create());
    while (!(await kv.set({ key, value: session, acquire: session }))) {
      const entry = await kv.get(key);
      // Else it was released in between.
      if (entry?.ModifyIndex === undefined || !('Session' in entry)) continue;
      await kv.get({ key, index: String(entry.ModifyIndex), wait: WAIT } as { key: string });
    }
    return async () => {
      await kv.set({ key, value: session, release: session });
    };
  }

  async close(): Promise<void> {
    clearInterval(this.#renewal);
    if (this.#id !== undefined) await this.#consul.session.destroy(await this.#id);
  }

  async #create(): Promise<string> {
    const { ID } = await this.#consul.session.create({ ttl: `${LOCK_TTL_SECONDS}s` });
    this.#renewal = setInterval(
      () => void this.#consul.session.renew(ID).catch(console.error),
      (LOCK_TTL_SECONDS / 3) * 1000,
    );
    return ID;
  }
}
