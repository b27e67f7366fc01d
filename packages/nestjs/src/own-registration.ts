/** The application's own entry in the registry, which follows its life. */
import type { AddressInfo } from 'node:net';
import { connect as dial } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import {
  ConcordError,
  durationMs,
  type Concord,
  type Duration,
  type RegisterOptions,
  type Registration,
} from '@concord/sdk';

export interface OwnRegistrationOptions extends Omit<RegisterOptions, 'port' | 'start'> {
  /**
   * Where the application serves. `'from-http-server'` (the default) asks the HTTP server once it listens; a
   * microservice, which has none, says its port.
   */
  readonly port?: number | 'from-http-server';
  /** How long the drain waits at most for the consumers before the application stops listening; 10 s by default. */
  readonly drainWait?: Duration;
  /**
   * How long calls that are under way get when nobody sends new ones any more, before Nest closes; 500 ms by default.
   * HTTP servers and gRPC servers with `gracefulShutdown` wait for theirs anyway; Nest's TCP server does not.
   */
  readonly linger?: Duration;
}

/** What is not the registry's. */
const OWN_OPTIONS = ['port', 'drainWait', 'linger'] as const;

/** Between two looks at whether the port is open: short beside the start of an application. */
const LISTENING_PROBE_MS = 50;

/** Invariant: an instance is `serving` only while the application listens. */
export class OwnRegistration implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #concord: Concord;
  readonly #options: OwnRegistrationOptions;
  readonly #host: HttpAdapterHost | undefined;
  readonly #lingerMs: number;
  readonly #logger = new Logger('Concord');
  readonly #stopping = new AbortController();
  #leaving: Promise<void> | undefined;
  #registering: Promise<Registration | undefined> = Promise.resolve(undefined);

  constructor(concord: Concord, options: OwnRegistrationOptions, host?: HttpAdapterHost) {
    this.#concord = concord;
    this.#options = options;
    this.#lingerMs = durationMs(
      options.linger ?? '500ms',
      'ConcordModule.register: option "linger"',
    );
    this.#host = host;
  }

  /** The registration, once the application listens. */
  get registration(): Promise<Registration | undefined> {
    return this.#registering;
  }

  /** Nest calls this before it listens, and waits for it: the rest goes on beside. */
  onApplicationBootstrap(): void {
    this.#registering = this.#register().catch((error: unknown) => {
      if (!this.#stopping.signal.aborted) {
        this.#logger.error(`not registered as ${nameOf(this.#options.name)}: ${String(error)}`);
      }
      return undefined;
    });
  }

  /** Before Nest stops listening: consumers stop picking this instance first, then calls under way end. */
  beforeApplicationShutdown(): Promise<void> {
    return this.leave();
  }

  /**
   * Leaves the service: resolves when nobody sends new calls any more. Nest's hooks call it, except when `close()` of a
   * microservice is called by hand: that closes the listener before it asks anybody, so call this first.
   */
  leave(): Promise<void> {
    return (this.#leaving ??= this.#leave());
  }

  async #leave(): Promise<void> {
    this.#stopping.abort(
      new ConcordError('CLOSED', {
        operation: 'ConcordModule.register',
        problem: 'the application shuts down',
      }),
    );
    const registration = await this.#registering;
    if (registration === undefined) return;
    const { drainWait = '10s' } = this.#options;
    await registration.drain({ observers: 'wait', maxWait: drainWait });
    await sleep(this.#lingerMs);
  }

  async #register(): Promise<Registration> {
    const own: ReadonlySet<string> = new Set(OWN_OPTIONS);
    const entries = Object.entries(this.#options).filter(([name]) => !own.has(name));
    const options = Object.fromEntries(entries) as unknown as Omit<RegisterOptions, 'port'>;
    const port = await this.#listeningPort();
    return this.#concord.registry.register({ ...options, port, start: 'serving' });
  }

  /** Settles when the application takes connections. */
  async #listeningPort(): Promise<number> {
    const { port = 'from-http-server', address } = this.#options;
    const { signal } = this.#stopping;
    if (port !== 'from-http-server') {
      // A server may listen at that address alone.
      const host = typeof address === 'string' && address !== 'auto' ? address : 'localhost';
      while (!(await isOpen(host, port))) await sleep(LISTENING_PROBE_MS, undefined, { signal });
      return port;
    }
    // Nest says that there is always an adapter; a microservice has none.
    const adapter = this.#host?.httpAdapter;
    const server = adapter?.getHttpServer() as HttpServer | undefined;
    if (server === undefined) {
      throw new ConcordError('INVALID_ARGUMENT', {
        operation: 'ConcordModule.register: option "port"',
        problem: '"from-http-server" in an application without an HTTP server',
        remedy: 'say the port of the microservice',
      });
    }
    for (;;) {
      const address = server.address();
      if (typeof address === 'object' && address !== null) return address.port;
      await sleep(LISTENING_PROBE_MS, undefined, { signal });
    }
  }
}

interface HttpServer {
  address(): AddressInfo | string | null;
}

const nameOf = (service: RegisterOptions['name']): string =>
  typeof service === 'string' ? service : service.name;

/** Whether something takes connections there. */
function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial({ host, port });
    const end = (open: boolean) => (): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', end(true)).once('error', end(false));
  });
}
