/** A part of a live value, which changes only when that part does. */
import { inspect, isDeepStrictEqual } from 'node:util';
import { REDACTED } from '../secret/redact.ts';
import type { ConfigUpdate } from './update.ts';

export interface SelectionUpdate<U> {
  readonly value: U;
  readonly previous: U;
}

/** What a selection needs of the live value. */
export interface SelectionSource<T> {
  readonly current: T;
  readonly isSecret: boolean;
  onChange(
    handler: (update: ConfigUpdate<T>) => void | Promise<void>,
    options?: { signal?: AbortSignal | undefined },
  ): Disposable;
  updates(options?: { signal?: AbortSignal | undefined }): AsyncIterableIterator<ConfigUpdate<T>>;
}

export class ConfigSelection<T, U> implements AsyncIterable<SelectionUpdate<U>> {
  readonly #source: SelectionSource<T>;
  readonly #select: (value: T) => U;
  readonly #isEqual: (one: U, other: U) => boolean;

  constructor(
    source: SelectionSource<T>,
    select: (value: T) => U,
    isEqual: (one: U, other: U) => boolean = isDeepStrictEqual,
  ) {
    this.#source = source;
    this.#select = select;
    this.#isEqual = isEqual;
  }

  /** Of the current value. */
  get current(): U {
    return this.#select(this.#source.current);
  }

  /** Calls `handler` when the selected part has changed: awaited, in order, isolated, as those of the whole value. */
  onChange(
    handler: (update: SelectionUpdate<U>) => void | Promise<void>,
    options?: { signal?: AbortSignal | undefined },
  ): Disposable {
    let previous = this.current;
    return this.#source.onChange(async (update) => {
      const value = this.#select(update.value);
      if (this.#isEqual(previous, value)) return;
      const before = previous;
      previous = value;
      await handler({ value, previous: before });
    }, options);
  }

  /** The changes of the selected part from now on; a slow reader sees the newest. */
  updates(options?: {
    signal?: AbortSignal | undefined;
  }): AsyncIterableIterator<SelectionUpdate<U>> {
    return this.#changes(this.current, this.#source.updates(options));
  }

  [Symbol.asyncIterator](): AsyncIterator<SelectionUpdate<U>> {
    return this.updates();
  }

  toJSON(): unknown {
    return { current: this.#source.isSecret ? REDACTED : this.current };
  }

  [inspect.custom](): unknown {
    return this.toJSON();
  }

  async *#changes(
    previous: U,
    updates: AsyncIterable<ConfigUpdate<T>>,
  ): AsyncIterableIterator<SelectionUpdate<U>> {
    for await (const update of updates) {
      const value = this.#select(update.value);
      if (this.#isEqual(previous, value)) continue;
      const before = previous;
      previous = value;
      yield { value, previous: before };
    }
  }
}
