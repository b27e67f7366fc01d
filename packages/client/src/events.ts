/** Typed events: as a listener, as a promise, or as a stream. A listener that throws stops nobody. */
import { ConcordError } from './errors.ts';

/** What a stream of events keeps for a consumer that does not keep up; the oldest go first. */
export const EVENTS_BUFFERED_MAX = 1024;

/** How long somebody listens. */
export interface ListenOptions {
  /** Ends the listening. */
  readonly signal?: AbortSignal | undefined;
}

/** How a stream of events is kept for its reader. */
export interface StreamOptions extends ListenOptions {
  /** Events kept for a slow consumer, 1024 by default; the oldest go first. */
  readonly bufferMax?: number | undefined;
}

/** The reading side of an {@link EventSource}. */
export interface Events<M extends object> {
  /** Calls `listener` for every event of the type from now on, in order, until it is disposed of. */
  on<K extends keyof M>(
    type: K,
    listener: (event: M[K]) => void,
    options?: ListenOptions,
  ): Disposable;
  /** The next event of the type. Rejects with the signal's reason when that comes first. */
  once<K extends keyof M>(type: K, options?: ListenOptions): Promise<M[K]>;
  /** All events of the type from now on. */
  stream<K extends keyof M>(type: K, options?: StreamOptions): AsyncIterableIterator<M[K]>;
}

type Listener = (event: never) => void;

/** The writing side: whoever owns it emits, whoever is handed it as `Events` listens. */
export class EventSource<M extends object> implements Events<M> {
  readonly #listeners = new Map<keyof M, Set<Listener>>();
  readonly #ends = new Set<() => void>();
  readonly #onListenerError: (error: unknown, type: keyof M) => void;

  /** @param onListenerError - is told what a listener threw */
  constructor(onListenerError: (error: unknown, type: keyof M) => void) {
    this.#onListenerError = onListenerError;
  }

  emit<K extends keyof M>(type: K, event: M[K]): void {
    // A copy: listeners may come and go while they are called.
    for (const listener of [...(this.#listeners.get(type) ?? [])]) {
      try {
        const result = (listener as (event: M[K]) => unknown)(event);
        if (result instanceof Promise)
          result.catch((error: unknown) => this.#onListenerError(error, type));
      } catch (error) {
        this.#onListenerError(error, type);
      }
    }
  }

  on<K extends keyof M>(
    type: K,
    listener: (event: M[K]) => void,
    { signal }: ListenOptions = {},
  ): Disposable {
    // A wrapper of its own: the same function may listen twice.
    const own: Listener = (event: M[K]) => listener(event);
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners);
    const remove = (): void => {
      listeners.delete(own);
      signal?.removeEventListener('abort', remove);
    };
    if (signal?.aborted !== true) {
      listeners.add(own);
      signal?.addEventListener('abort', remove, { once: true });
    }
    return { [Symbol.dispose]: remove };
  }

  once<K extends keyof M>(type: K, { signal }: ListenOptions = {}): Promise<M[K]> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        listening[Symbol.dispose]();
        this.#ends.delete(closed);
        signal?.removeEventListener('abort', aborted);
      };
      const aborted = (): void => {
        stop();
        reject(signal?.reason as Error);
      };
      const closed = (): void => {
        stop();
        reject(
          new ConcordError('CLOSED', {
            operation: `events.once(${JSON.stringify(String(type))})`,
            problem: 'its source was closed before one came',
          }),
        );
      };
      const listening = this.on(type, (event) => {
        stop();
        resolve(event);
      });
      this.#ends.add(closed);
      if (signal?.aborted === true) aborted();
      else signal?.addEventListener('abort', aborted, { once: true });
    });
  }

  stream<K extends keyof M>(type: K, options: StreamOptions = {}): AsyncIterableIterator<M[K]> {
    const { signal, bufferMax = EVENTS_BUFFERED_MAX } = options;
    const buffer: M[K][] = [];
    let isEnded = signal?.aborted === true;
    let wake: (() => void) | undefined;
    const end = (): void => {
      isEnded = true;
      listening[Symbol.dispose]();
      signal?.removeEventListener('abort', end);
      this.#ends.delete(end);
      wake?.();
    };
    // Here and not in the generator, whose body would begin only with the first `next`.
    const listening = this.on(type, (event) => {
      if (buffer.length >= bufferMax) buffer.shift();
      buffer.push(event);
      wake?.();
    });
    signal?.addEventListener('abort', end, { once: true });
    this.#ends.add(end);
    if (isEnded) end();
    return (async function* (): AsyncIterableIterator<M[K]> {
      try {
        for (;;) {
          if (buffer.length > 0) yield buffer.shift() as M[K];
          else if (isEnded) return;
          else await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        end();
      }
    })();
  }

  /** Ends all streams and listeners. */
  close(): void {
    for (const end of [...this.#ends]) end();
    this.#listeners.clear();
  }
}
