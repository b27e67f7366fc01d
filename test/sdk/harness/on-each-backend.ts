/**
 * One suite, both backends: every test of the SDK runs against a Concord member and against real etcd, each with a member
 * of its own shared by the suite and a corner of the key space per test.
 */
import { after, before, describe, test } from 'node:test';
import { Client, type ClientOptions } from '@concord/client';
import { availableBackends, type Backend } from '../../conformance/harness/backend.ts';
import { Server, type ServerOptions } from '../../conformance/harness/server.ts';

export class Target {
  readonly backend: Backend;
  readonly #options: ServerOptions;
  readonly #clients = new Set<Client>();
  #server: Server | undefined;
  #corners = 0;

  constructor(backend: Backend, options: ServerOptions) {
    this.backend = backend;
    this.#options = options;
  }

  get server(): Server {
    if (this.#server === undefined) throw new Error('the server runs while a test runs');
    return this.#server;
  }

  async start(): Promise<void> {
    this.#server = await Server.start(this.backend, this.#options);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#clients].map((client) => client.close()));
    await this.#server?.stop();
  }

  /** A client of the member, closed after the suite if not before. */
  async connect(options: Partial<ClientOptions> = {}): Promise<Client> {
    const client = await Client.connect({ endpoints: [this.server.endpoint], ...options });
    this.#clients.add(client);
    return client;
  }

  /** A prefix that no other test of this member uses. */
  corner(): string {
    return `/corner${this.#corners++}/`;
  }
}

/** Declares `body`'s tests once for every backend that this machine has. */
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
      body(target);
    });
  }
}
