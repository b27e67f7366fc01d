/** Writers that wait until a leasing key is gone, and the deletions that the cluster tells of. */
import type { ByteString } from '@concord/protocol';
import { cancelled } from '../cluster/call-failure.ts';

/** How long a writer waits to be told. Whatever may have gone wrong, he does not wait for ever. */
const LOOK_AGAIN_MS = 5000;
/** The same while nobody is told. */
const LOOK_AGAIN_UNTOLD_MS = 500;

export class Revocations {
  /** Whether deletions are told, by `deleted`. */
  isTold = false;
  readonly #waiting = new Map<ByteString, Set<Deletion>>();

  /**
   * Looks out for the deletion of a key's leasing key: from before the owner is asked, since he may be quicker than the
   * answer to whoever asked.
   */
  lookOut(key: ByteString): Deletion {
    const left = (): void => {
      const others = this.#waiting.get(key);
      if (others?.delete(deletion) === true && others.size === 0) this.#waiting.delete(key);
    };
    const deletion = new Deletion(() => this.isTold, left);
    const known = this.#waiting.get(key);
    if (known === undefined) this.#waiting.set(key, new Set([deletion]));
    else known.add(deletion);
    return deletion;
  }

  deleted(key: ByteString, revision: number): void {
    for (const deletion of this.#waiting.get(key) ?? []) deletion.happened(revision);
  }

  /** Some may have been missed: whoever waits looks again. */
  missed(): void {
    for (const deletions of this.#waiting.values()) {
      for (const deletion of deletions) deletion.happened(Infinity);
    }
  }
}

export class Deletion implements Disposable {
  readonly #isTold: () => boolean;
  readonly #left: () => void;
  #revision = 0;
  #wanted: { readonly above: number; readonly resolve: () => void } | undefined;

  constructor(isTold: () => boolean, left: () => void) {
    this.#isTold = isTold;
    this.#left = left;
  }

  happened(revision: number): void {
    this.#revision = Math.max(this.#revision, revision);
    if (this.#wanted !== undefined && this.#revision > this.#wanted.above) this.#wanted.resolve();
  }

  /**
   * Resolves when it was deleted above a revision, or when it is time to look again. Rejects with `CallFailure` when the
   * signal aborts.
   */
  after(revision: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(cancelled());
      if (this.#revision > revision) return resolve();
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        clearTimeout(timer);
        reject(cancelled());
      };
      const timer = setTimeout(done, this.#isTold() ? LOOK_AGAIN_MS : LOOK_AGAIN_UNTOLD_MS);
      signal.addEventListener('abort', stop);
      this.#wanted = { above: revision, resolve: done };
    });
  }

  [Symbol.dispose](): void {
    this.#left();
  }
}
