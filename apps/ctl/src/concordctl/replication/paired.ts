/** Two lists of entries in the order of their keys, side by side. */
import type { Entry } from '@concord/client';

export interface Pair {
  readonly source: Entry | undefined;
  readonly destination: Entry | undefined;
}

/** `keyOf` says what an entry of the source is called at the destination; those without a name are left out. */
export async function* paired(
  source: AsyncGenerator<readonly Entry[]>,
  destination: AsyncGenerator<readonly Entry[]>,
  keyOf: (key: Uint8Array) => Uint8Array | undefined,
): AsyncGenerator<Pair> {
  await using theirs = new Cursor(source, ({ keyBytes }) => keyOf(keyBytes));
  await using ours = new Cursor(destination, ({ keyBytes }) => keyBytes);
  for (;;) {
    const [left, right] = [await theirs.peek(), await ours.peek()];
    if (left === undefined && right === undefined) return;
    const order =
      left === undefined ? 1 : right === undefined ? -1 : Buffer.compare(left.key, right.key);
    if (order <= 0) theirs.skip();
    if (order >= 0) ours.skip();
    yield {
      source: order <= 0 ? left?.entry : undefined,
      destination: order >= 0 ? right?.entry : undefined,
    };
  }
}

class Cursor implements AsyncDisposable {
  readonly #pages: AsyncGenerator<readonly Entry[]>;
  readonly #keyOf: (entry: Entry) => Uint8Array | undefined;
  #page: readonly Entry[] = [];
  #at = 0;

  constructor(
    pages: AsyncGenerator<readonly Entry[]>,
    keyOf: (entry: Entry) => Uint8Array | undefined,
  ) {
    this.#pages = pages;
    this.#keyOf = keyOf;
  }

  async peek(): Promise<{ entry: Entry; key: Uint8Array } | undefined> {
    for (;;) {
      const entry = this.#page[this.#at];
      if (entry === undefined) {
        const next = await this.#pages.next();
        if (next.done === true) return undefined;
        this.#page = next.value;
        this.#at = 0;
        continue;
      }
      const key = this.#keyOf(entry);
      if (key !== undefined) return { entry, key };
      this.#at++;
    }
  }

  skip(): void {
    this.#at++;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pages.return(undefined);
  }
}
