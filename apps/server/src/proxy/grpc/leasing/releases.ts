/** Deletes leasing keys that this proxy gives up, some at a time, and each until the cluster has answered. */
import type { ByteString } from '@concord/protocol';
import { NOBODY } from '../asker.ts';
import { CallFailure } from '../cluster/call-failure.ts';
import { isPassing } from '../cluster/passing-failure.ts';
import type { ClusterKv } from './cluster-kv.ts';
import { deletingAt } from './guards.ts';
import type { LeasingKeys } from './leasing-keys.ts';

const AT_A_TIME_MAX = 32;
/** Between two attempts; the cluster waits for a connection by itself. */
const RETRY_MS = 100;

export interface ReleasesOptions {
  readonly kv: ClusterKv;
  readonly keys: LeasingKeys;
  /** There is no leasing key of `since` any more. @param revision of its deletion, if this was it */
  released(key: ByteString, since: number, revision: number): void;
}

interface Release {
  readonly key: ByteString;
  readonly since: number;
}

export class Releases {
  readonly #options: ReleasesOptions;
  readonly #queue = new Set<Release>();
  #running = 0;
  #session = new AbortController();

  constructor(options: ReleasesOptions) {
    this.#options = options;
  }

  readonly add = (key: ByteString, since: number): void => {
    this.#queue.add({ key, since });
    this.#next();
  };

  /** The leasing keys go with their lease. */
  forget(): void {
    this.#queue.clear();
    this.#session.abort();
    this.#session = new AbortController();
  }

  #next(): void {
    while (this.#running < AT_A_TIME_MAX) {
      const [release] = this.#queue;
      if (release === undefined) return;
      this.#queue.delete(release);
      this.#running++;
      void this.#delete(release, this.#session.signal).finally(() => {
        this.#running--;
        this.#next();
      });
    }
  }

  async #delete({ key, since }: Release, signal: AbortSignal): Promise<void> {
    const { kv, keys, released } = this.#options;
    const request = deletingAt(keys.of(key), since);
    while (!signal.aborted) {
      try {
        const { succeeded, header } = await kv.txn(request, { asker: NOBODY, signal }, true);
        released(key, since, succeeded ? (header?.revision ?? 0) : 0);
        return;
      } catch (error) {
        if (!(error instanceof CallFailure)) throw error;
        // Where authentication was switched on, the session ends, and its keys with it.
        if (error.reach === 'answered' && !isPassing(error)) return;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }
}
