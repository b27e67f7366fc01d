/** The application's own entry in the registry, which follows its life. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import {
  ConcordError,
  type Concord,
  type ReadinessOptions,
  type RegisterOptions,
  type Registration,
} from '@concord/sdk';
import { holdListen, whenOpen, type HttpServer, type ListeningAdapter } from './listening.ts';
import {
  asksServer,
  invalid,
  knownPorts,
  OPERATION,
  portsWith,
  type CheckedOwnOptions,
} from './own-registration-options.ts';

/** Between two tries while the cluster is away. */
const RETRY_MS = 1000;

/**
 * Registers the application while it starts: a port that is known is entered before it listens, as `starting`; one that
 * the HTTP server gets, once it does. What goes wrong fails the start.
 *
 * Invariant: an instance is `serving` only while the application listens.
 */
export class OwnRegistration implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #concord: Concord;
  readonly #options: CheckedOwnOptions;
  readonly #whenAway: 'fail' | 'retry';
  readonly #host: HttpAdapterHost | undefined;
  readonly #logger = new Logger('Concord');
  readonly #stopping = new AbortController();
  readonly #registered = Promise.withResolvers<Registration | undefined>();
  /** The try that is under way. */
  #entering: Promise<void> = Promise.resolve();
  #isListening = false;
  #starting: Promise<void> | undefined;
  #leaving: Promise<void> | undefined;

  /** @param whenAway - unless the options say something else */
  constructor(
    concord: Concord,
    options: CheckedOwnOptions,
    whenAway: 'fail' | 'retry',
    host?: HttpAdapterHost,
  ) {
    this.#concord = concord;
    this.#options = options;
    this.#whenAway = options.whenAway ?? whenAway;
    this.#host = host;
  }

  /** The registration, once there is one; undefined where there will be none. */
  get registration(): Promise<Registration | undefined> {
    return this.#registered.promise;
  }

  /** Nest calls this before it listens, and waits for it; for a microservice that was `init()`ed before, twice. */
  onApplicationBootstrap(): Promise<void> {
    return (this.#starting ??= this.#start());
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

  async #start(): Promise<void> {
    if (asksServer(this.#options.port)) this.#enterOnceListening();
    else await (this.#entering = this.#enter(undefined));
  }

  async #leave(): Promise<void> {
    const problem = 'the application shuts down';
    this.#stopping.abort(new ConcordError('CLOSED', { operation: OPERATION, problem }));
    await this.#entering.catch(() => undefined);
    this.#registered.resolve(undefined);
    const registration = await this.registration;
    if (registration === undefined) return;
    await registration.drain({ observers: 'wait', maxWait: this.#options.drainWaitMs });
    await sleep(this.#options.lingerMs);
  }

  #enterOnceListening(): void {
    // Nest says that there is always an adapter; a microservice has none.
    const adapter = this.#host?.httpAdapter as
      (ListeningAdapter & { getHttpServer(): HttpServer | undefined }) | undefined;
    const server = adapter?.getHttpServer();
    if (adapter === undefined || server === undefined) {
      const problem = '"from-http-server" in an application without an HTTP server';
      throw invalid('port', problem, 'say the port of the microservice');
    }
    const enter = (): void => {
      const address = server.address();
      this.#entering = this.#enter(typeof address === 'object' ? address?.port : undefined);
      // Whoever awaits app.listen() hears of it; that it was logged has to do for others.
      this.#entering.catch(() => undefined);
    };
    if (server.listening) enter();
    else server.once('listening', enter);
    holdListen(adapter, () => this.#entering);
  }

  /** @throws what registering does, unless that is to be tried again later */
  async #enter(httpPort: number | undefined): Promise<void> {
    try {
      await this.#register(httpPort);
    } catch (error) {
      if (this.#whenAway === 'retry' && isAway(error)) {
        this.#logger.warn(`not registered yet as ${this.#name}: ${String(error)}`);
        void this.#keepTrying(httpPort);
        return;
      }
      this.#failed(error);
      throw error;
    }
  }

  async #keepTrying(httpPort: number | undefined): Promise<void> {
    const { signal } = this.#stopping;
    try {
      for (;;) {
        await sleep(RETRY_MS, undefined, { signal });
        this.#entering = this.#register(httpPort);
        if (await this.#entering.then(() => true, unlessAway)) return;
      }
    } catch (error) {
      this.#failed(error);
    }
  }

  async #register(httpPort: number | undefined): Promise<void> {
    const { port, register } = this.#options;
    if (asksServer(port) && httpPort === undefined) {
      throw invalid('port', 'the HTTP server listens at no port, but at a pipe', 'say a port');
    }
    const others = knownPorts(port);
    this.#isListening = others.length === 0;
    const { readiness } = register;
    const phase =
      readiness === undefined
        ? ({ start: this.#isListening ? 'serving' : 'starting' } as const)
        : { readiness: this.#onceListening(readiness) };
    const options = { ...register, port: portsWith(port, httpPort), ...phase };
    const registration = await this.#concord.registry.register(options);
    this.#registered.resolve(registration);
    if (!this.#isListening) void this.#serveOnceOpen(registration, others);
  }

  /** An answer that counts from when the application listens. */
  #onceListening(given: NonNullable<RegisterOptions['readiness']>): ReadinessOptions {
    const options = typeof given === 'function' ? { check: given } : given;
    return { ...options, check: (signal) => this.#isListening && options.check(signal) };
  }

  async #serveOnceOpen(registration: Registration, ports: readonly number[]): Promise<void> {
    const { address, readiness } = this.#options.register;
    const { signal } = this.#stopping;
    // A server may listen at that address alone.
    const host = typeof address === 'string' && address !== 'auto' ? address : 'localhost';
    try {
      await whenOpen(host, ports, signal);
      this.#isListening = true;
      if (readiness === undefined) await registration.setServing(true, { signal });
    } catch (error) {
      if (!signal.aborted) this.#logger.warn(`${this.#name} serves, unsaid yet: ${String(error)}`);
    }
  }

  #failed(error: unknown): void {
    this.#registered.resolve(undefined);
    if (this.#stopping.signal.aborted) return;
    this.#logger.error(`not registered as ${this.#name}: ${String(error)}`);
  }

  get #name(): string {
    const { name } = this.#options.register;
    return typeof name === 'string' ? name : name.name;
  }
}

/** @returns false where it is to be tried again */
function unlessAway(error: unknown): false {
  if (isAway(error)) return false;
  throw error;
}

/** The cluster, and not what is asked of it. */
function isAway(error: unknown): boolean {
  return ConcordError.is(error, 'UNAVAILABLE') || ConcordError.is(error, 'DEADLINE');
}
