/**
 * Removes what has expired, on the member that leads. Two that take themselves for the leader do no harm: each removal
 * is a write like any other, and the second finds nothing to do.
 */
import type { LocalCaller } from '../../rpc/local-call.ts';
import { KeyError } from './key-error.ts';
import { expiredBy, readExpiryKey } from './key-layout.ts';
import type { KeyStore } from './key-store.ts';
import { LocalCallError, type LocalStore } from './local-store.ts';

/** etcd's. */
const SWEEP_MS = 500;
/** Removed before the next look. */
const BATCH_MAX = 256;

export interface ExpirySweepOptions {
  readonly store: LocalStore;
  readonly keys: KeyStore;
  readonly caller: LocalCaller;
  readonly isLeader: () => boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onExpired: () => void;
  readonly onFailure: (error: Error) => void;
}

export class ExpirySweep {
  readonly #options: ExpirySweepOptions;
  readonly #timer: NodeJS.Timeout;
  #isRunning = false;
  /** It is told once, not with every sweep of an hour without a majority. */
  #hasFailed = false;

  constructor(options: ExpirySweepOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#sweep(), SWEEP_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #sweep(): Promise<void> {
    const { isLeader, onFailure } = this.#options;
    if (this.#isRunning || !isLeader()) return;
    this.#isRunning = true;
    try {
      await this.#removeExpired();
      this.#hasFailed = false;
    } catch (error) {
      // Without a majority, or with a full store: the next sweep tries again.
      if (!(error instanceof KeyError || error instanceof LocalCallError)) throw error;
      if (!this.#hasFailed) onFailure(error);
      this.#hasFailed = true;
    } finally {
      this.#isRunning = false;
    }
  }

  async #removeExpired(): Promise<void> {
    const { store, keys, caller, now, onExpired } = this.#options;
    const { kvs } = await store.range(
      { ...expiredBy(now()), limit: BATCH_MAX, serializable: true, keysOnly: true },
      caller,
    );
    // They go together, as many in a transaction as it has room for.
    const events = await Promise.all(
      kvs.flatMap(({ key }) => {
        const expired = readExpiryKey(key);
        return expired === undefined ? [] : [keys.write({ kind: 'expire', ...expired }, caller)];
      }),
    );
    for (const event of events) if (event !== undefined) onExpired();
  }
}
