/** A lock that is held, until it is released or lost. */
import type { CallOptions, Client, Condition } from '@concord/client';
import { Line } from './line/line.ts';
import type { Standing } from './line/standing.ts';
import type { SessionPool } from './session-pool.ts';
import type { Telemetry, LockKind } from './telemetry.ts';

/** What `release` found. */
export type ReleaseResult =
  /** It was ours to the last, and is free. */
  | 'released'
  /** It was not ours any more, or could have been another's already. */
  | 'already-lost';

/**
 * A lock that is held.
 *
 * 1. As long as `assertHeld()` returns, nobody else holds the lock: the deadline behind it is reckoned from before the
 *    last renewal that was answered was sent, on the monotonic clock, less a margin.
 * 2. What is checked and then done is two steps, and a process can stand still between them. Whatever must not happen
 *    after a loss needs the token: compared by the store that is written (`FenceStore`), or as `guard()` in a
 *    transaction of the cluster itself.
 */
export interface HeldLock extends AsyncDisposable {
  readonly name: string;
  /**
   * The fencing token: the create revision of the key. It grows with every hold of the lock, so a store that remembers the
   * highest it has seen can refuse everybody with a lower one. For readers and holders of permits, who overlap, it orders
   * their coming, and does not tell who may still write.
   */
  readonly token: number;
  /** The key that stands for the hold. */
  readonly key: string;
  /**
   * Aborts with `LOCK_LOST` when the lock is lost, before the cluster could give it to another, or at once when somebody
   * deletes its key. A stalled event loop delays it; `assertHeld` is right even then. Does not abort on `release`.
   */
  readonly signal: AbortSignal;
  /** Milliseconds for which the lock is certainly held, asked of the clock now; 0 when it is lost or released. */
  readonly remainingMs: number;
  /** @throws ConcordError `LOCK_LOST` unless the lock is certainly held now; synchronous, and right after a stall */
  assertHeld(): void;
  /**
   * A condition for `client.kv.txn().if(…)`: the lock is still held when the transaction is carried out.
   *
   * @throws ConcordError `LOCK_LOST` when it is known already that it is not
   */
  guard(): Condition;
  /**
   * Gives the lock up; the second time answers what the first did.
   *
   * @throws ConcordError what the call failed with; the lock is free all the same as soon as its TTL is over
   */
  release(call?: CallOptions): Promise<ReleaseResult>;
  /** Runs `body` as one that holds this lock: a `reentrant` acquire inside of it has the same lock again. */
  run<R>(body: () => Promise<R>): Promise<R>;
  /** Releases it; a failure is logged, since the lock frees itself when its TTL is over. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface HoldOptions {
  readonly client: Client;
  readonly pool: SessionPool;
  readonly standing: Standing;
  readonly telemetry: Telemetry;
  readonly kind: LockKind;
  /** Ends the work under the lock like a loss does: for `run`. */
  readonly until?: AbortSignal | undefined;
  /** Runs a body in the async context of this hold. */
  readonly within: <R>(hold: HeldLock, body: () => Promise<R>) => Promise<R>;
}

/** The hold behind a {@link HeldLock}. */
export class Hold implements HeldLock {
  readonly name: string;
  readonly token: number;
  readonly key: string;
  readonly signal: AbortSignal;
  readonly #options: HoldOptions;
  readonly #sinceMs = performance.now();
  #releasing: Promise<ReleaseResult> | undefined;
  #isCounted = false;

  constructor(options: HoldOptions) {
    const { standing, until } = options;
    this.#options = options;
    this.name = standing.name;
    this.token = standing.createRevision;
    this.key = standing.key;
    this.signal = until === undefined ? standing.gone : AbortSignal.any([standing.gone, until]);
    standing.gone.addEventListener('abort', () => this.#count('lost'), { once: true });
  }

  get remainingMs(): number {
    return this.#options.standing.remainingMs;
  }

  assertHeld(): void {
    this.#options.standing.check('lock.assertHeld');
  }

  guard(): Condition {
    this.#options.standing.check('lock.guard');
    return this.#options.standing.guard();
  }

  run<R>(body: () => Promise<R>): Promise<R> {
    return this.#options.within(this, body);
  }

  release(call: CallOptions = {}): Promise<ReleaseResult> {
    this.#releasing ??= this.#release(call);
    return this.#releasing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.release();
    } catch (error) {
      this.#options.client.logger.warn('concord.lock: a lock was not released, it frees itself', {
        name: this.name,
        error: String(error),
      });
    }
  }

  async #release(call: CallOptions): Promise<ReleaseResult> {
    const { client, pool, standing } = this.#options;
    const { session } = standing;
    const isLost = standing.remainingMs <= 0;
    standing.stop();
    if (isLost) {
      this.#count('lost');
      // Not waited for: a session is mostly lost because the cluster does not answer.
      void pool.retire(session);
      return 'already-lost';
    }
    try {
      const result = await new Line(client, this.name).leave(standing, call);
      pool.giveBack(session);
      this.#count(result === 'released' ? 'released' : 'lost');
      return result;
    } catch (error) {
      this.#count('released');
      void pool.retire(session);
      throw error;
    }
  }

  #count(end: 'released' | 'lost'): void {
    if (this.#isCounted) return;
    this.#isCounted = true;
    const { telemetry, kind } = this.#options;
    telemetry.held(kind, performance.now() - this.#sinceMs, end);
  }
}
