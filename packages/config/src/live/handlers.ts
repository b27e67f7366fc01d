/** The handlers of a live value: called in the order in which they came, one after the other, each on its own risk. */
import { within } from '../time/within.ts';

export class Handlers<U> {
  readonly #handlers = new Set<{ readonly handle: (update: U) => void | Promise<void> }>();
  readonly #timeoutMs: number;
  readonly #onFailure: (error: unknown) => void;

  constructor(timeoutMs: number, onFailure: (error: unknown) => void) {
    this.#timeoutMs = timeoutMs;
    this.#onFailure = onFailure;
  }

  add(handle: (update: U) => void | Promise<void>, signal?: AbortSignal): Disposable {
    // An object of its own: the same function may be added twice.
    const own = { handle };
    const remove = (): void => {
      this.#handlers.delete(own);
      signal?.removeEventListener('abort', remove);
    };
    if (signal?.aborted !== true) {
      this.#handlers.add(own);
      signal?.addEventListener('abort', remove, { once: true });
    }
    return { [Symbol.dispose]: remove };
  }

  /** Resolves when every handler has finished, failed, or used up its time. */
  async call(update: U, signal: AbortSignal): Promise<void> {
    for (const own of [...this.#handlers]) {
      if (signal.aborted) return;
      if (!this.#handlers.has(own)) continue;
      try {
        await within(this.#timeoutMs, 'config: handler', signal, () => own.handle(update));
      } catch (error) {
        // What was ended by closing has not failed.
        if (error !== signal.reason) this.#onFailure(error);
      }
    }
  }

  clear(): void {
    this.#handlers.clear();
  }
}
