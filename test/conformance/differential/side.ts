/**
 * One of the two servers of a differential run, with all that belongs to it: its connection, its watch
 * streams, the leases whose ids it chose.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Backend } from '../harness/backend.ts';
import type { KeepAliveStream } from '../harness/keep-alive-stream.ts';
import type { Header, LeaseGrantResponse } from '../harness/messages.ts';
import type { Outcome } from '../harness/outcome.ts';
import { Server } from '../harness/server.ts';
import type { Guise } from '../harness/tls-tunnel.ts';
import type { Version } from '../harness/version.ts';
import { JsonClient } from '../harness/json-client.ts';
import { WireClient, type RawCallOptions } from '../harness/wire-client.ts';
import { canonicalMessage, canonicalOutcome } from './canonical.ts';
import type { Json } from './canonical.ts';
import { STREAMS } from './step.ts';
import type { CallStep, Situation, Step } from './step.ts';
import { Wallet } from './wallet.ts';
import { SENTINEL_KEY, WatchLog } from './watch-log.ts';

/** A call that takes longer is a difference, and shrinking repeats it many times. */
const CALL_MS_MAX = 10_000;

/** Random programs err seldom enough to be made to wait for a second or two at most. */
const LOG_IN_WAIT_MS = 100;
const LOG_IN_TRIES_MAX = 100;

const isSlowedDown = (outcome: Outcome<object>): boolean =>
  'code' in outcome && outcome.message === 'etcdserver: too many requests';

/** How calls are sent: as gRPC, or as JSON through the server's gateway. */
export type Language = 'grpc' | 'json';

/** How the clients of a program are. */
export interface Manner {
  readonly language: Language;
  /** With TLS: what they are known by. */
  readonly guise?: Guise;
}

export class Side {
  readonly #server: Server;
  /** Programs with authentication on. */
  readonly #isGuarded: boolean;
  readonly #client: WireClient;
  readonly #granted: string[] = [];
  readonly #wallet = new Wallet();
  #streams: WatchLog[] = [];
  #keepAlive: KeepAliveStream;
  #now = 1;

  private constructor(server: Server, language: Language, isGuarded: boolean) {
    this.#server = server;
    this.#isGuarded = isGuarded;
    const Client = language === 'json' ? JsonClient : WireClient;
    this.#client = new Client(server.endpoint, CALL_MS_MAX);
    this.#keepAlive = this.#client.keepAlive();
  }

  static async start(
    backend: Backend,
    { language, guise = {} }: Manner,
    isGuarded = false,
  ): Promise<Side> {
    // etcd's own cost of a password would take most of the time of a program.
    const flags = isGuarded ? ['--bcrypt-cost=4'] : [];
    const server = await Server.start(backend, { flags, guise });
    const side = new Side(server, language, isGuarded);
    if (!isGuarded) await side.#openStreams();
    return side;
  }

  get version(): Version {
    return this.#server.version;
  }

  /** The revision this side's last answer told. */
  get now(): number {
    return this.#now;
  }

  situation(now: number, compacted: number): Situation {
    return { now, compacted, granted: this.#granted };
  }

  /** Executes a step whose symbols are resolved, and tells its outcome in canonical form. */
  async execute(step: Step): Promise<Json> {
    try {
      return await this.#execute(step);
    } catch (error) {
      return failure(error);
    }
  }

  async #execute(step: Step): Promise<Json> {
    switch (step.kind) {
      case 'call':
        return this.#call(step);
      case 'keep-alive':
        return canonicalMessage(await this.#keepAlive.ask(step.ID), this.#granted);
      case 'fleeting-lease':
        return this.#fleetingLease(step.TTL);
      case 'watch': {
        const answer = await this.#stream(step.stream).create(step.request);
        return canonicalMessage(answer, this.#granted);
      }
      case 'cancel-watch':
        await this.#stream(step.stream).cancel(step.watchId);
        return null;
      case 'restart':
        return this.#restart();
      case 'call-as':
        return this.#call(step.call, this.#wallet.optionsOf(step.by));
      case 'log-in':
        return this.#logIn(step.user, step.password);
    }
  }

  /**
   * Writes the sentinel and waits until every stream has told of it, and where `caughtUp` is asked for until no
   * watcher is behind. Null, or what went wrong.
   */
  async settle(caughtUp: boolean): Promise<Json> {
    // While authentication is on nobody writes the sentinel, and programs with it open no watches.
    if (this.#isGuarded) return null;
    try {
      const { header } = await this.#client.must('Put', { key: SENTINEL_KEY });
      this.#now = Number(header?.revision);
      await Promise.all(this.#streams.map((stream) => stream.reached(this.#now)));
      if (caughtUp) await Promise.all(this.#streams.map((stream) => stream.caughtUp(this.#now)));
      return null;
    } catch (error) {
      return failure(error);
    }
  }

  /** What the watchers of all streams were told since the last `forget`. */
  told(): Json {
    return this.#streams.map((stream) => stream.told(this.#granted));
  }

  /** Resolves when any stream delivers something. */
  news(): Promise<void> {
    return Promise.race(this.#streams.map((stream) => stream.news()));
  }

  forget(): void {
    for (const stream of this.#streams) stream.forget();
  }

  async stop(): Promise<void> {
    this.#closeStreams();
    this.#client.close();
    await this.#server.stop();
  }

  /** What the token is, nobody compares. */
  async #logIn(name: string, password: string): Promise<Json> {
    let outcome = await this.#client.call('Authenticate', { name, password });
    // Concord slows down who guesses; etcd does not. A right password comes through when it waits.
    for (let tries = 0; tries < LOG_IN_TRIES_MAX && isSlowedDown(outcome); tries++) {
      await delay(LOG_IN_WAIT_MS);
      outcome = await this.#client.call('Authenticate', { name, password });
    }
    if ('code' in outcome) return { code: outcome.code, message: outcome.message };
    this.#wallet.keep(name, outcome.response.token);
    return { revision: outcome.response.header?.revision ?? null };
  }

  async #call(step: CallStep, options: RawCallOptions = {}): Promise<Json> {
    const outcome: Outcome<object> = await this.#client.call(step.method, step.request, options);
    if ('response' in outcome) {
      this.#learn(step, outcome.response);
    }
    return canonicalOutcome(step, outcome, this.#granted);
  }

  #learn(step: CallStep, response: object): void {
    const { header } = response as { header?: Header | null };
    this.#now = Math.max(this.#now, Number(header?.revision ?? 0));
    if (step.method === 'LeaseGrant' && Number(step.request.ID ?? 0) === 0) {
      this.#granted.push((response as LeaseGrantResponse).ID);
    }
  }

  async #fleetingLease(TTL: number | string): Promise<Json> {
    const ID = '777777';
    const granted = await this.#client.call('LeaseGrant', { ID, TTL });
    const revoked = await this.#client.call('LeaseRevoke', { ID });
    return [canonicalMessage(granted, []), canonicalMessage(revoked, [])];
  }

  async #restart(): Promise<Json> {
    this.#closeStreams();
    await this.#server.restart();
    this.#keepAlive = this.#client.keepAlive();
    await this.#openStreams();
    return null;
  }

  #stream(index: number): WatchLog {
    const stream = this.#streams[index];
    if (stream === undefined) throw new Error(`there is no stream ${index}`);
    return stream;
  }

  async #openStreams(): Promise<void> {
    this.#streams = Array.from(
      { length: STREAMS },
      () => new WatchLog(this.#client.openStream('Watch')),
    );
    await Promise.all(this.#streams.map((stream) => stream.open()));
  }

  #closeStreams(): void {
    this.#keepAlive.close();
    for (const stream of this.#streams) stream.close();
  }
}

/** A step that did not even fail properly; the other side's answer differs from it. */
const failure = (error: unknown): Json => ({
  broken: error instanceof Error ? error.message : String(error),
});
