/**
 * Renews leases: all of a client over one stream, which is opened when it is needed, moved to another member when it
 * breaks, and closed when nothing is left to renew.
 *
 * Invariant: an answer is taken for the renewal that was sent last on the same stream, so that the time it counts from is
 * never too late.
 */
import { Lease, type LeaseKeepAliveRequest, type LeaseKeepAliveResponse } from '@concord/protocol';
import { ConcordError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { show, timeoutMsOf, type CallOptions } from '../options.ts';
import { aborted } from '../transport/balancer.ts';
import type { Caller } from '../transport/caller.ts';
import { LastingStream } from '../transport/lasting-stream.ts';
import { Reopening } from '../transport/reopening.ts';
import type { RpcFailure } from '../transport/rpc-failure.ts';
import type { BootClock } from './boot-clock.ts';

/** How long a stream without renewals is kept. */
const LINGER_MS = 1_000;
/** A stream on which nothing is heard for so long while answers are due is given up. */
const PATIENCE_MS = 1_500;

/** What a renewal brought. */
export interface Renewal {
  /** What the lease has from `sentAtMs` on; 0 says that it is gone. */
  readonly ttlMs: number;
  /** When the request was sent, by the clock that was handed in: just before. */
  readonly sentAtMs: number;
}

interface Waiting {
  readonly lease: bigint;
  sentAtMs: number;
  readonly resolvers: PromiseWithResolvers<Renewal>;
}

export class KeepAliveStream {
  readonly #caller: Caller;
  readonly #clock: BootClock;
  readonly #logger: Logger;
  readonly #waiting = new Map<bigint, Waiting>();
  readonly #reopening: Reopening;
  readonly #stream: LastingStream<LeaseKeepAliveRequest, LeaseKeepAliveResponse>;
  #heardAtMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(caller: Caller, clock: BootClock, logger: Logger) {
    this.#caller = caller;
    this.#clock = clock;
    this.#logger = logger;
    this.#reopening = new Reopening(caller, logger, 'lease.keepAlive', () => this.#open());
    this.#stream = new LastingStream(caller, this.#reopening, Lease.methods.leaseKeepAlive, {
      message: (response) => this.#answered(response),
      ended: (failure) => this.#ended(failure),
    });
  }

  /**
   * Renews `lease`; resolves with what was answered, whenever that is: breaks in between are bridged. Rejects when the
   * client is closed, or the server refuses for good.
   */
  renew(lease: bigint): Promise<Renewal> {
    if (this.#isClosed) return Promise.reject(this.#caller.closedError('lease.keepAlive'));
    let waiting = this.#waiting.get(lease);
    if (waiting === undefined) {
      const resolvers = Promise.withResolvers<Renewal>();
      waiting = { lease, sentAtMs: 0, resolvers };
      this.#waiting.set(lease, waiting);
      if (this.#stream.isOpen) this.#send(waiting);
      else this.#reopening.now();
      this.#watch();
    }
    return waiting.resolvers.promise;
  }

  /** Stops waiting for the answer of `lease`. */
  forget(lease: bigint): void {
    this.#waiting.delete(lease);
  }

  /** Renews once, within the call's time. */
  async renewOnce(lease: bigint, options: CallOptions): Promise<{ lease: bigint; ttlMs: number }> {
    const operation = 'leases.renew';
    const { signal } = options;
    if (signal?.aborted === true) throw aborted(operation, signal);
    const timeoutMs = timeoutMsOf(options, operation, this.#caller.timeoutMs);
    const stop = Promise.withResolvers<never>();
    const late = (): void =>
      stop.reject(
        new ConcordError('DEADLINE', {
          operation,
          subject: show(lease),
          problem: `no answer in ${timeoutMs} ms`,
          remedy: 'check the endpoints, or give a longer timeout',
        }),
      );
    const timer = setTimeout(late, timeoutMs);
    const onAbort = (): void => stop.reject(aborted(operation, signal as AbortSignal));
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const { ttlMs } = await Promise.race([this.renew(lease), stop.promise]);
      if (ttlMs <= 0) throw leaseGone(operation, lease);
      return { lease, ttlMs };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#reopening.close();
    this.#stream.drop();
    this.#failAll(this.#caller.closedError('lease.keepAlive'));
  }

  #open(): void {
    this.#stream.open();
    this.#heardAtMs = this.#clock.nowMs();
    for (const waiting of this.#waiting.values()) this.#send(waiting);
    this.#watch();
  }

  #send(waiting: Waiting): void {
    waiting.sentAtMs = this.#clock.nowMs();
    this.#stream.send({ ID: waiting.lease });
  }

  #answered({ ID, TTL }: LeaseKeepAliveResponse): void {
    this.#heardAtMs = this.#clock.nowMs();
    this.#reopening.works();
    const waiting = this.#waiting.get(ID);
    if (waiting === undefined) return;
    this.#waiting.delete(ID);
    waiting.resolvers.resolve({ ttlMs: TTL * 1000, sentAtMs: waiting.sentAtMs });
  }

  #ended(failure: RpcFailure): void {
    if (this.#isClosed) return;
    const refusal = this.#stream.reopen(failure, this.#waiting.size > 0);
    if (refusal !== undefined) this.#failAll(refusal);
  }

  #failAll(error: ConcordError): void {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { resolvers } of all) resolvers.reject(error);
  }

  /** Finds streams that are deaf, and those that nobody needs. */
  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#stream.isOpen) return;
    const isIdle = this.#waiting.size === 0;
    this.#timer = setTimeout(
      () => {
        if (!this.#stream.isOpen) return;
        if (this.#waiting.size === 0) {
          if (isIdle) this.#stream.drop();
          else this.#watch();
          return;
        }
        const oldest = this.#waiting.values().next().value as Waiting;
        const quietMs = this.#clock.nowMs() - Math.max(this.#heardAtMs, oldest.sentAtMs);
        if (quietMs > PATIENCE_MS) {
          this.#logger.debug('renewals are not answered: trying another member', { quietMs });
          this.#stream.cancel();
        } else this.#watch();
      },
      isIdle ? LINGER_MS : PATIENCE_MS / 3,
    ).unref();
  }
}

/** What is said of a lease that the server does not have. */
export function leaseGone(operation: string, lease: bigint): ConcordError {
  return new ConcordError('NOT_FOUND', {
    operation,
    subject: show(lease),
    problem: `lease ${lease.toString(16)} (hexadecimal) is gone: it expired, or was revoked`,
    remedy: 'grant a new one',
  });
}
