/** Which keys of the source are replicated, and what they are called at the destination. */
import type { Range } from './pager.ts';

export interface KeyMapOptions {
  /** Keys with this prefix are replicated; all where it is empty. */
  readonly prefix: Uint8Array;
  /** Stands in its place at the destination. */
  readonly destinationPrefix: Uint8Array;
  /** Keys at the destination that are none of the replication's business, such as its checkpoint. */
  readonly isForeign: (key: Uint8Array) => boolean;
}

export class KeyMap {
  readonly source: Range;
  readonly destination: Range;
  readonly #options: KeyMapOptions;

  constructor(options: KeyMapOptions) {
    this.#options = options;
    this.source = rangeOf(options.prefix);
    this.destination = rangeOf(options.destinationPrefix);
  }

  /** Whether every revision of the source has changes of it. */
  get isWhole(): boolean {
    return this.#options.prefix.length === 0;
  }

  /** A text that says the same of two that do the same. */
  get subject(): string {
    const { prefix, destinationPrefix } = this.#options;
    return [prefix, destinationPrefix].map((bytes) => Buffer.from(bytes).toString('hex')).join('>');
  }

  /** What a key of the source is called at the destination; nothing where it is left out. */
  toDestination(key: Uint8Array): Uint8Array | undefined {
    const mapped = this.mapped(key);
    // A key has at least one byte.
    return mapped.length === 0 || this.#options.isForeign(mapped) ? undefined : mapped;
  }

  /** The place of a key, whether it is replicated or not. */
  mapped(key: Uint8Array): Uint8Array {
    const { prefix, destinationPrefix } = this.#options;
    if (prefix.length === 0 && destinationPrefix.length === 0) return key;
    return Buffer.concat([destinationPrefix, key.subarray(prefix.length)]);
  }

  /** Whether a key that is at the destination is one of a source's. */
  isReplicated(key: Uint8Array): boolean {
    return !this.#options.isForeign(key);
  }
}

const zero = Uint8Array.of(0);

/** All keys with a prefix. */
export function rangeOf(prefix: Uint8Array): Range {
  for (let last = prefix.length - 1; last >= 0; last--) {
    const byte = prefix[last] ?? 0;
    if (byte === 0xff) continue;
    const to = Uint8Array.from(prefix.subarray(0, last + 1));
    to[last] = byte + 1;
    return { from: prefix, to };
  }
  return { from: prefix.length === 0 ? zero : prefix, to: undefined };
}
