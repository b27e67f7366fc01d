/** Several locks held as one, by one session. */
import { op, type CallOptions, type Client, type Condition, type Session } from '@concord/client';
import type { ReleaseResult } from './held-lock.ts';
import type { Standing } from './line/standing.ts';
import type { SessionPool } from './session-pool.ts';
import type { Telemetry } from './telemetry.ts';

/** What `all` gives: lost as soon as one of them is. */
export interface HeldLocks extends AsyncDisposable {
  /** Sorted, each once. */
  readonly names: readonly string[];
  /** The fencing token of each name. */
  readonly tokens: ReadonlyMap<string, number>;
  /** Aborts with `LOCK_LOST` when the first of them is lost. */
  readonly signal: AbortSignal;
  /** Milliseconds for which all are certainly held; 0 when one is not. */
  readonly remainingMs: number;
  /** @throws ConcordError `LOCK_LOST` unless all are certainly held now */
  assertHeld(): void;
  /**
   * Conditions for a transaction: `txn().if(...locks.guards())`.
   *
   * @throws ConcordError `LOCK_LOST` when one is known already to be lost
   */
  guards(): Condition[];
  /** Gives all of them up, at one revision: `released` when all were ours to the last. */
  release(call?: CallOptions): Promise<ReleaseResult>;
}

export interface HoldsOptions {
  readonly client: Client;
  readonly pool: SessionPool;
  readonly telemetry: Telemetry;
  readonly session: Session;
  /** Sorted by name; at least one. */
  readonly standings: readonly Standing[];
}

/** The holds behind {@link HeldLocks}. */
export class Holds implements HeldLocks {
  readonly names: readonly string[];
  readonly tokens: ReadonlyMap<string, number>;
  readonly signal: AbortSignal;
  readonly #options: HoldsOptions;
  readonly #sinceMs = performance.now();
  #releasing: Promise<ReleaseResult> | undefined;

  constructor(options: HoldsOptions) {
    const { standings } = options;
    this.#options = options;
    this.names = standings.map(({ name }) => name);
    this.tokens = new Map(standings.map(({ name, createRevision }) => [name, createRevision]));
    this.signal = AbortSignal.any(standings.map(({ gone }) => gone));
  }

  get remainingMs(): number {
    return Math.min(...this.#options.standings.map(({ remainingMs }) => remainingMs));
  }

  assertHeld(): void {
    for (const standing of this.#options.standings) standing.check('lock.assertHeld');
  }

  guards(): Condition[] {
    for (const standing of this.#options.standings) standing.check('lock.guards');
    return this.#options.standings.map((standing) => standing.guard());
  }

  release(call: CallOptions = {}): Promise<ReleaseResult> {
    this.#releasing ??= this.#release(call);
    return this.#releasing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.release();
    } catch (error) {
      this.#options.client.logger.warn(
        'concord.lock: locks were not released, they free themselves',
        {
          names: this.names,
          error: String(error),
        },
      );
    }
  }

  async #release(call: CallOptions): Promise<ReleaseResult> {
    const { client, pool, session, standings, telemetry } = this.#options;
    const isLost = this.remainingMs <= 0;
    for (const standing of standings) standing.stop();
    let result: ReleaseResult = 'already-lost';
    try {
      if (!isLost) {
        const { succeeded } = await client.kv
          .txn()
          .if(...standings.map((standing) => standing.guard()))
          .then(...standings.map(({ key }) => op.delete(key)))
          .commit(call);
        if (succeeded) result = 'released';
      }
      return result;
    } finally {
      // Only where all keys were seen to be deleted is the session free for others.
      if (result === 'released') pool.giveBack(session);
      else void pool.retire(session);
      const heldMs = performance.now() - this.#sinceMs;
      telemetry.held('all', heldMs, result === 'released' ? 'released' : 'lost');
    }
  }
}
