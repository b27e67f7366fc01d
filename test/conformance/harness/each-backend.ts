/**
 * Runs the same test bodies against every backend of this machine: real etcd shows that the expectations
 * are etcd's, Concord shows that it meets them. A suite starts one server of its own and shares it among its
 * tests, each of which works under a prefix of its own.
 */
import { after, before, beforeEach, describe, test } from 'node:test';
import { availableBackends } from './backend.ts';
import type { Backend } from './backend.ts';
import { recordTest } from './call-record.ts';
import { Server } from './server.ts';
import type { ServerOptions } from './server.ts';
import { WireClient } from './wire-client.ts';

/** What a test body is given: a running server, a client connected to it, a corner of the key space. */
export class Target {
  readonly backend: Backend;
  readonly #options: ServerOptions;
  #server: Server | undefined;
  #client: WireClient | undefined;
  #prefixes = 0;

  constructor(backend: Backend, options: ServerOptions) {
    this.backend = backend;
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#server = await Server.start(this.backend, this.#options);
    this.#client = new WireClient(this.#server.endpoint);
  }

  async stop(): Promise<void> {
    this.#client?.close();
    await this.#server?.stop();
  }

  get server(): Server {
    if (this.#server === undefined) throw new Error('the server runs while a test runs');
    return this.#server;
  }

  get client(): WireClient {
    if (this.#client === undefined) throw new Error('the client lives while a test runs');
    return this.#client;
  }

  /** A prefix that no other test of this server uses. */
  corner(): Corner {
    return new Corner(`corner${String(this.#prefixes++).padStart(4, '0')}/`);
  }

  /**
   * What is expected of this server where etcd changed its mind: `now` from version `since` on, `then`
   * before it. Concord follows the newest.
   */
  changed<T>(change: { since: string; now: T; then: T; because: string }): T {
    return this.server.version.atLeast(change.since) ? change.now : change.then;
  }
}

/** A part of the key space that belongs to one test. */
export class Corner {
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  key(name: string): Buffer {
    return Buffer.from(this.#prefix + name, 'latin1');
  }

  /** The range of all keys of this corner. */
  get all(): { key: Buffer; range_end: Buffer } {
    return {
      key: Buffer.from(this.#prefix),
      range_end: Buffer.from(`${this.#prefix.slice(0, -1)}0`),
    };
  }
}

/** For tests that know their callers by tokens alone: in a run with TLS, no certificate says who calls. */
export const ANONYMOUS: ServerOptions = { guise: { hasCertificate: false } };

/** Declares `body`'s tests once for every backend, on one server of each. */
export function onEachBackend(
  name: string,
  body: (target: Target) => void,
  options: ServerOptions = {},
): void {
  const backends = availableBackends();
  if (backends.length === 0) {
    test(name, { skip: 'neither Concord nor etcd can be started here' }, () => undefined);
  }
  for (const backend of backends) {
    describe(`${name}, on ${backend.name}`, () => {
      const target = new Target(backend, options);
      before(() => target.start());
      after(() => target.stop());
      beforeEach((t) => recordTest('name' in t ? t.name : ''));
      body(target);
    });
  }
}

/** Runs `body` with a server of its own, for tests that need a fresh store or other flags. */
export async function withFreshServer(
  backend: Backend,
  options: ServerOptions,
  body: (client: WireClient, server: Server) => Promise<void>,
): Promise<void> {
  await using server = await Server.start(backend, options);
  const client = new WireClient(server.endpoint);
  try {
    await body(client, server);
  } finally {
    client.close();
  }
}
