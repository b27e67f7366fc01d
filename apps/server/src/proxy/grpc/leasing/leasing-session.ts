/**
 * The lease that owned keys hang on: granted, kept alive, and begun anew when it is lost. Keys are answered from memory only
 * while it lives for sure: counted from when its renewal was sent, and a part less.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Lease,
  LeaseGrantRequest,
  LeaseRevokeRequest,
  type LeaseKeepAliveResponse,
} from '@concord/protocol';
import type { Log } from '../../../log.ts';
import { NOBODY } from '../asker.ts';
import { CallFailure } from '../cluster/call-failure.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { isPassing } from '../cluster/passing-failure.ts';
import { ask } from '../cluster/unary.ts';
import { KeepAliveHub, type KeepAliveClient } from '../lease/keep-alive-hub.ts';
import type { LeasingWatch } from './leasing-watch.ts';
import type { Ownership } from './ownership.ts';

/** Between two attempts to begin one. */
const RETRY_MS = 1000;
/** Of the lease's lifetime: clocks differ by less, and no answer is on its way for as long. */
const SAFE_SHARE = 0.9;

export interface LeasingSessionOptions {
  readonly cluster: Cluster;
  readonly ownership: Ownership;
  readonly watch: LeasingWatch;
  /** `--experimental-leasing-ttl`. */
  readonly ttlSeconds: number;
  /** Monotonic milliseconds. */
  now(): number;
  /** Leasing keys are watched from now on, or not any more. */
  watching(isWatching: boolean): void;
  /** The session is over. */
  ended(): void;
  readonly log: Log;
}

export class LeasingSession {
  readonly #options: LeasingSessionOptions;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  /** Of the session that there is. */
  #end = new AbortController();

  constructor(options: LeasingSessionOptions) {
    this.#options = options;
  }

  /** Goes on until `close`. */
  start(): void {
    this.#running = this.#run();
  }

  /** Ends this session, and begins another one if that is allowed. */
  restart(): void {
    this.#end.abort();
  }

  /** Gives up all keys, as far as the cluster answers. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#end.abort();
    await this.#running;
  }

  #isStopping(): boolean {
    return this.#stop.signal.aborted;
  }

  async #run(): Promise<void> {
    const { log, watch, watching } = this.#options;
    let lastFailure = '';
    while (!this.#isStopping()) {
      this.#end = new AbortController();
      const signal = AbortSignal.any([this.#stop.signal, this.#end.signal]);
      try {
        await watch.open(signal);
        watching(true);
        await this.#hold(signal);
        if (!this.#isStopping()) log.warn('the leasing session is over; its keys are free');
      } catch (error) {
        if (!(error instanceof CallFailure)) throw error;
        const { message } = error;
        if (!this.#isStopping() && message !== lastFailure) {
          log.warn({ error: message }, 'failed to create a leasing session');
        }
        lastFailure = message;
      }
      watching(false);
      watch.close();
      await sleep(RETRY_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  async #hold(signal: AbortSignal): Promise<void> {
    const { cluster, ownership, ttlSeconds, now, ended, log } = this.#options;
    const request = LeaseGrantRequest.create({ TTL: ttlSeconds });
    const sentMs = now();
    const grant = await ask(cluster, Lease.methods.leaseGrant, request, signal);
    ownership.observe(grant.header);
    ownership.begin(grant.ID, sentMs + grant.TTL * 1000 * SAFE_SHARE);
    log.info({ 'lease-ttl': grant.TTL }, 'leasing session has begun');
    try {
      await this.#keepAlive(grant.ID, grant.TTL, signal);
    } finally {
      ended();
      await this.#revoke(grant.ID);
    }
  }

  /** Resolves when the lease is lost, or the signal aborts. */
  async #keepAlive(id: bigint, ttlSeconds: number, signal: AbortSignal): Promise<void> {
    const { cluster, ownership, watch, now } = this.#options;
    const over = new AbortController();
    const isOver = AbortSignal.any([signal, over.signal]);
    const hub = new KeepAliveHub(cluster, NOBODY, now);
    // While an answer is outstanding it is not asked again: it may answer the earlier request.
    let sentMs: number | undefined;
    const client: KeepAliveClient = { failed: () => (sentMs = undefined) };
    const answered = ({ TTL, header }: LeaseKeepAliveResponse): void => {
      if (TTL <= 0) return over.abort();
      if (sentMs !== undefined) ownership.extend(sentMs + TTL * 1000 * SAFE_SHARE);
      sentMs = undefined;
      ownership.observe(header);
    };
    hub.join(client);
    while (!isOver.aborted) {
      if (sentMs === undefined) {
        sentMs = now();
        hub.ask(id, { answered });
      }
      // Whoever may not read at the cluster may not read here.
      watch.probe(isOver).then(
        (header) => ownership.observe(header),
        (failure: unknown) => failure instanceof CallFailure && !isPassing(failure) && over.abort(),
      );
      await sleep((ttlSeconds * 1000) / 3, undefined, { signal: isOver }).catch(() => undefined);
    }
    hub.leave(client);
  }

  /** So that nobody has to wait until it ends by itself. */
  async #revoke(id: bigint): Promise<void> {
    const request = LeaseRevokeRequest.create({ ID: id });
    const revoking = ask(this.#options.cluster, Lease.methods.leaseRevoke, request);
    await Promise.race([
      revoking.catch(() => undefined),
      sleep(RETRY_MS, undefined, { ref: false }),
    ]);
  }
}
