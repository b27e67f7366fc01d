/**
 * Updates as an async iterator. A slow reader skips what is outdated by the time that it comes back: it keeps one
 * update, the newest.
 */

export class LatestStream<U> {
  readonly #readers = new Set<Reader<U>>();
  readonly #join: (skipped: U, next: U) => U;
  #isClosed = false;

  /** @param join - makes one update of two, for a reader that has seen neither */
  constructor(join: (skipped: U, next: U) => U) {
    this.#join = join;
  }

  push(update: U): void {
    for (const reader of this.#readers) reader.push(update);
  }

  /** From now on, or from `first`. */
  read(signal?: AbortSignal, first?: U): AsyncIterableIterator<U> {
    const reader = new Reader<U>(this.#join);
    if (first !== undefined) reader.push(first);
    const end = (): void => {
      reader.end();
      this.#readers.delete(reader);
      signal?.removeEventListener('abort', end);
    };
    // Here and not in the generator, whose body would begin only with the first `next`.
    if (this.#isClosed || signal?.aborted === true) end();
    else {
      this.#readers.add(reader);
      signal?.addEventListener('abort', end, { once: true });
    }
    return generate(reader, end);
  }

  close(): void {
    this.#isClosed = true;
    for (const reader of this.#readers) reader.end();
    this.#readers.clear();
  }
}

async function* generate<U>(reader: Reader<U>, end: () => void): AsyncIterableIterator<U> {
  try {
    for (;;) {
      const next = await reader.next();
      if (next === undefined) return;
      yield next.update;
    }
  } finally {
    end();
  }
}

class Reader<U> {
  readonly #join: (skipped: U, next: U) => U;
  #newest: { readonly update: U } | undefined;
  #isEnded = false;
  #wake: (() => void) | undefined;

  constructor(join: (skipped: U, next: U) => U) {
    this.#join = join;
  }

  push(update: U): void {
    const skipped = this.#newest;
    this.#newest = { update: skipped === undefined ? update : this.#join(skipped.update, update) };
    this.#wake?.();
  }

  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  async next(): Promise<{ readonly update: U } | undefined> {
    for (;;) {
      const newest = this.#newest;
      this.#newest = undefined;
      if (newest !== undefined) return newest;
      if (this.#isEnded) return undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
