/**
 * One endpoint as the balancer sees it: its connection, whether it can be used, and the watch-dog that finds out
 * within a second when it can't. A member that is asked and stays silent is probed by the cheapest call there is
 * (`Status`, answered from memory, leader or not). One that answers this alone is asked for a linearizable read: it may be
 * cut off from the majority and not know it yet.
 */
import type * as grpc from '@grpc/grpc-js';
import { etcdErrors, Maintenance, StatusCode, type StatusResponse } from '@concord/protocol';
import type { Logger } from '../logger.ts';
import { Connection } from './connection.ts';
import type { Endpoint } from './endpoint.ts';
import { probeQuorum } from './quorum-probe.ts';
import { RpcFailure } from './rpc-failure.ts';

/** A call that waits this long makes the watch-dog look; most take a few milliseconds. */
const SUSPICIOUS_MS = 250;
/** With streams alone, a member is looked at when it has been silent for so long. */
const SILENT_MS = 500;
/** What a probe may take: with SUSPICIOUS_MS before it, a hanging member is left within 0.8 s. */
const PROBE_MS = 450;
const WATCHDOG_MS = 100;
/**
 * What a linearizable read may take where Status takes next to nothing: with SUSPICIOUS_MS and the watch-dog's step before
 * it, a member that is cut off is left within 0.6 s. On slow lines it is so many times what Status took.
 */
const QUORUM_MS_MIN = 250;
const QUORUM_FACTOR = 4;
/** A write that waits at a member without a leader is given longer: to leave it means not to know its fate. */
const FATE_MS = 750;
/** Probes of a member that fails: doubling, with jitter. */
const RECOVERY_MS_MIN = 100;
const RECOVERY_MS_MAX = 3_000;
/** A timer that is so late says that this process stood still, not the member; it is asked again, so often at most. */
const STALL_MS = 100;
const PROBES_MAX = 10;
/** Where no endpoint answers, one is given up after so many probes that nothing came back to. */
const SILENCES_MAX = 3;

/** Whether calls can go there. `leaderless` and `learner` members answer serializable reads alone. */
export type Health =
  | { readonly state: 'untried' }
  | { readonly state: 'healthy' }
  | { readonly state: 'leaderless' }
  | { readonly state: 'learner' }
  | { readonly state: 'failing'; readonly reason: string };

export interface UpstreamListener {
  healthChanged(upstream: Upstream): void;
  /** What a probe carries: the token, and that a member without a leader should say so. */
  metadata(): grpc.Metadata;
  /** Whether calls that hang here had better go elsewhere. */
  hasBetter(upstream: Upstream): boolean;
  /** Asks the others: whether one of them answers at this moment. */
  othersAnswer(upstream: Upstream): Promise<boolean>;
  /** Asks the others: whether one of them answers what takes a majority at this moment. */
  othersServe(upstream: Upstream): Promise<boolean>;
}

export class Upstream {
  readonly connection: Connection;
  readonly #listener: UpstreamListener;
  readonly #logger: Logger;
  #health: Health = { state: 'untried' };
  #version = '';
  #watchdog: NodeJS.Timeout | undefined;
  #recovery: NodeJS.Timeout | undefined;
  #recoveryMs = RECOVERY_MS_MIN;
  #probing: Promise<boolean> | undefined;
  #isInspecting = false;
  /** What the last Status took. */
  #statusMs = 0;
  #isClosed = false;

  constructor(
    endpoint: Endpoint,
    credentials: grpc.ChannelCredentials,
    channelOptions: grpc.ClientOptions,
    listener: UpstreamListener,
    logger: Logger,
  ) {
    this.#listener = listener;
    this.#logger = logger;
    this.connection = new Connection(endpoint, credentials, channelOptions, () => this.#watch());
  }

  get endpoint(): Endpoint {
    return this.connection.endpoint;
  }

  get health(): Health {
    return this.#health;
  }

  /** The member's version, such as `3.6.1`; empty until it was probed. */
  get version(): string {
    return this.#version;
  }

  /**
   * Asks the member how it is; true if it answers. One probe at a time.
   *
   * @param timeoutMs - how long to wait; by default as long as it takes to be sure
   */
  probe(timeoutMs?: number): Promise<boolean> {
    this.#probing ??= this.#probe(timeoutMs).finally(() => (this.#probing = undefined));
    return this.#probing;
  }

  /** Whether the member answers, now; changes nothing. */
  async answers(): Promise<boolean> {
    const failure = await this.#ask(PROBE_MS);
    return failure === undefined || failure.details.startsWith('etcdserver: ');
  }

  /** Whether the member answers what takes a majority, now. */
  async serves(): Promise<boolean> {
    if ((await this.#askForQuorum()) !== undefined) return false;
    const { state } = this.#health;
    if (state === 'leaderless' || state === 'failing') this.#setHealth({ state: 'healthy' });
    return true;
  }

  #askForQuorum(): Promise<RpcFailure | undefined> {
    const timeoutMs = Math.max(QUORUM_MS_MIN, QUORUM_FACTOR * this.#statusMs);
    return probeQuorum(this.connection, this.#listener.metadata(), timeoutMs);
  }

  async #probe(timeoutMs: number | undefined): Promise<boolean> {
    let silences = 0;
    for (let attempt = 1; ; attempt++) {
      const startedAtMs = performance.now();
      const limitMs = timeoutMs ?? PROBE_MS;
      const failure = await this.#ask(limitMs);
      if (failure === undefined) return true;
      if (this.#isClosed) return false;
      if (this.#refused(failure)) return true;
      let isOnlyThisOne = false;
      if (isDeadline(failure) && timeoutMs === undefined) {
        // It answers others: it is busy, not gone. To leave it would make the rest as busy.
        if (this.connection.heardAtMs > startedAtMs) return this.#health.state !== 'failing';
        // The answer may be waiting in the socket while this process was busy.
        const lateMs = performance.now() - startedAtMs - limitMs;
        if (lateMs > STALL_MS && attempt < PROBES_MAX) continue;
        // Where all are silent they may be as busy as this one, or the line is bad: no haste.
        isOnlyThisOne = await this.#listener.othersAnswer(this);
        silences += 1;
        if (!isOnlyThisOne && silences < SILENCES_MAX && attempt < PROBES_MAX) continue;
      }
      this.#setFailing(reasonOf(failure), isDeadline(failure), isOnlyThisOne);
      return false;
    }
  }

  async #ask(timeoutMs: number): Promise<RpcFailure | undefined> {
    const method = Maintenance.methods.status;
    const options = { metadata: this.#listener.metadata(), timeoutMs };
    const startedAtMs = performance.now();
    try {
      const status = await this.connection.unary(method, method.request.create(), options);
      this.#statusMs = performance.now() - startedAtMs;
      await this.#answered(status);
      return undefined;
    } catch (error) {
      if (error instanceof RpcFailure) return error;
      throw error;
    }
  }

  /** A refusal is a sign of life: the token is not there yet, or there is no leader. */
  #refused(failure: RpcFailure): boolean {
    if (!failure.details.startsWith('etcdserver: ')) return false;
    if (failure.code === (StatusCode.UNAVAILABLE as number)) this.note(failure);
    else this.#setHealth({ state: 'healthy' });
    return this.#health.state !== 'failing';
  }

  /** Takes note of what a call ended with. */
  note(failure: RpcFailure): void {
    if (failure.interruption !== undefined || this.#isClosed) return;
    if (failure.details === etcdErrors.ErrNoLeader.message) {
      this.#setHealth({ state: 'leaderless' });
    } else if (failure.details === etcdErrors.ErrNotSupportedForLearner.message) {
      this.#setHealth({ state: 'learner' });
    } else if (
      failure.code === (StatusCode.UNAVAILABLE as number) &&
      (!failure.details.startsWith('etcdserver: ') ||
        failure.details === etcdErrors.ErrStopped.message)
    ) {
      this.#setFailing(reasonOf(failure), false, false);
    }
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#watchdog);
    clearTimeout(this.#recovery);
    this.connection.close();
  }

  async #answered(status: StatusResponse): Promise<void> {
    this.#version = status.version;
    if (status.isLearner) this.#setHealth({ state: 'learner' });
    else if (status.leader === 0n) this.#setHealth({ state: 'leaderless' });
    else if (this.#health.state !== 'leaderless') this.#setHealth({ state: 'healthy' });
    // It may believe in a leader that it does not reach: a read is the proof.
    else if (!(await this.serves())) this.#setHealth({ state: 'leaderless' });
  }

  /** @param isOnlyThisOne - another endpoint is known to answer: what waits here is better off there */
  #setFailing(reason: string, isHanging: boolean, isOnlyThisOne: boolean): void {
    // Why it can't be connected to says more than that it was waited for.
    const known = isHanging && this.#health.state === 'failing' ? this.#health.reason : reason;
    this.#setHealth({ state: 'failing', reason: known });
    if (!isHanging) return;
    this.connection.interrupt('abandoned', isOnlyThisOne ? undefined : ['stream']);
    this.connection.redial();
  }

  #setHealth(health: Health): void {
    if (this.#isClosed) return;
    const previous = this.#health;
    this.#health = health;
    if (health.state === 'healthy') {
      this.#recoveryMs = RECOVERY_MS_MIN;
      clearTimeout(this.#recovery);
      this.#recovery = undefined;
    } else {
      this.#scheduleRecovery();
    }
    if (previous.state === health.state) return;
    // What waits there for a leader does not wait for one of the others.
    if (health.state === 'leaderless' && this.#listener.hasBetter(this)) {
      this.connection.interrupt('abandoned', ['read', 'stream']);
    }
    this.#logger.debug('endpoint health', { endpoint: this.endpoint.text, ...health });
    this.#listener.healthChanged(this);
  }

  #scheduleRecovery(): void {
    if (this.#recovery !== undefined || this.#isClosed) return;
    const delayMs = this.#recoveryMs * (0.5 + Math.random() / 2);
    this.#recoveryMs = Math.min(this.#recoveryMs * 2, RECOVERY_MS_MAX);
    this.#recovery = setTimeout(() => {
      this.#recovery = undefined;
      void this.probe();
    }, delayMs).unref();
  }

  /** Looks now and then as long as calls are in flight. */
  #watch(): void {
    if (this.#watchdog !== undefined || this.#isClosed) return;
    this.#watchdog = setTimeout(() => {
      this.#watchdog = undefined;
      if (!this.connection.isBusy) return;
      const { state } = this.#health;
      if (state !== 'failing' && (this.#isSilent() || this.#isUnserved())) void this.#inspect();
      if (state === 'leaderless' && this.#listener.hasBetter(this)) {
        this.connection.interrupt('abandoned', ['read', 'write'], FATE_MS);
      }
      this.#watch();
    }, WATCHDOG_MS).unref();
  }

  #isSilent(): boolean {
    const silentMs = performance.now() - this.connection.heardAtMs;
    const { waitingMs } = this.connection;
    return waitingMs > 0 ? Math.min(waitingMs, silentMs) > SUSPICIOUS_MS : silentMs > SILENT_MS;
  }

  /** It may answer what it can by itself, and nothing that takes a majority. */
  #isUnserved(): boolean {
    if (this.#health.state === 'leaderless') return false;
    const { unservedMs, servedAtMs } = this.connection;
    return Math.min(unservedMs, performance.now() - servedAtMs) > SUSPICIOUS_MS;
  }

  async #inspect(): Promise<void> {
    if (this.#isInspecting) return;
    this.#isInspecting = true;
    try {
      if ((await this.probe()) && this.#isUnserved()) await this.#inspectQuorum();
    } finally {
      this.#isInspecting = false;
    }
  }

  /** Is it cut off from the majority? Only if another one isn't: else they elect, or are all slow. */
  async #inspectQuorum(): Promise<void> {
    const startedAtMs = performance.now();
    const wasServed = (): boolean => this.connection.servedAtMs > startedAtMs;
    const failure = await this.#askForQuorum();
    if (failure === undefined || this.#isClosed || wasServed()) return;
    if (!isDeadline(failure)) {
      this.note(failure);
      return;
    }
    const limitMs = Math.max(QUORUM_MS_MIN, QUORUM_FACTOR * this.#statusMs);
    // The answer may be waiting in the socket while this process was busy: the watch-dog comes again.
    if (performance.now() - startedAtMs - limitMs > STALL_MS) return;
    const isOnlyThisOne = await this.#listener.othersServe(this);
    if (isOnlyThisOne && !wasServed()) this.#setHealth({ state: 'leaderless' });
  }
}

const isDeadline = (failure: RpcFailure): boolean =>
  failure.code === (StatusCode.DEADLINE_EXCEEDED as number);

function reasonOf(failure: RpcFailure): string {
  if (isDeadline(failure)) return 'it does not answer';
  return /Last error: (.*?)\. Resolution note/.exec(failure.details)?.[1] ?? failure.details;
}
