/**
 * Where the leasing keys are: that of a key is the prefix and the key. Its lease is that of the session that may answer
 * reads of the key from memory; whoever wants to write the key puts `REVOKE` there, and waits until it is deleted.
 * The layout is that of etcd's leasing package, with which it is shared.
 */
import {
  contains,
  fromByteString,
  overlaps,
  prefixRange,
  toByteString,
  type ByteString,
  type KeyRange,
} from '@concord/protocol';

/** What a writer puts into a leasing key that is in its way. */
export const REVOKE = 'REVOKE';

/** `key` and `range_end` of a request. */
export interface KeySpan {
  readonly key: Uint8Array;
  readonly rangeEnd: Uint8Array;
}

export class LeasingKeys {
  /** All of them. */
  readonly area: KeyRange;
  readonly #prefix: ByteString;

  /** @param prefix `--experimental-leasing-prefix`; not empty */
  constructor(prefix: string) {
    this.#prefix = toByteString(Buffer.from(prefix));
    this.area = prefixRange(this.#prefix);
  }

  of(key: ByteString): Uint8Array {
    return fromByteString(this.#prefix + key);
  }

  /** The key that a leasing key is for; undefined for what is none. */
  keyOf(leasingKey: Uint8Array): ByteString | undefined {
    const text = toByteString(leasingKey);
    return contains(this.area, text) ? text.slice(this.#prefix.length) : undefined;
  }

  /**
   * The leasing keys of the keys of a range. A range that has leasing keys in it changes those as well: then it is all of
   * them.
   */
  spanOf(range: KeyRange): KeySpan {
    const { from, to } = this.isWithin(range)
      ? this.area
      : {
          from: this.#prefix + range.from,
          to: range.to === undefined ? this.area.to : this.#prefix + range.to,
        };
    return { key: fromByteString(from), rangeEnd: fromByteString(to ?? '\0') };
  }

  /** Whether leasing keys themselves are among the keys of a range. */
  isWithin(range: KeyRange): boolean {
    return overlaps(range, this.area);
  }
}
