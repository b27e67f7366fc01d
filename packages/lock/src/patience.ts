/** How long a caller waits: until their signal aborts or their time is up, whichever is first. */
import { ConcordError } from '@concord/client';

export class Patience implements Disposable {
  readonly #controller = new AbortController();
  readonly #given: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  #isTimeUp = false;

  /** @param waitMs - undefined: no limit. The timer keeps the process alive: somebody waits for what comes of it. */
  constructor(waitMs: number | undefined, signal: AbortSignal | undefined) {
    this.#given = signal;
    if (signal?.aborted === true) this.#controller.abort(signal.reason);
    else signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (waitMs === undefined || waitMs === 0) return;
    this.#timer = setTimeout(() => {
      this.#isTimeUp = !this.#controller.signal.aborted;
      this.#controller.abort();
    }, waitMs);
  }

  /** Aborts when the patience is at an end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isTimeUp(): boolean {
    return this.#isTimeUp;
  }

  /** @throws ConcordError `ABORTED` when the caller's signal ended it */
  throwIfAborted(operation: string): void {
    if (!this.#controller.signal.aborted || this.#isTimeUp) return;
    throw new ConcordError('ABORTED', {
      operation,
      problem: 'the signal that was given aborted',
      outcome: 'not-applied',
      cause: this.#given?.reason,
    });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#given?.removeEventListener('abort', this.#onAbort);
  }

  readonly #onAbort = (): void => this.#controller.abort(this.#given?.reason);
}
