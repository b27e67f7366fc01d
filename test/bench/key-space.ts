/**
 * The keys that a run reads and writes: `bench/` and a zero-padded index, all of one length, so that a
 * prepared request turns into the request for another key by rewriting a few digits.
 */

/** Digits of the index that vary: enough for a hundred million keys. */
const INDEX_DIGITS = 8;
const DIGIT_ZERO = 0x30;

/** How many keys there are and how long they and their values are. */
export interface KeySpace {
  readonly keys: number;
  readonly keyBytes: number;
  readonly valueBytes: number;
}

/** What the figures are stated for. */
export const KEY_SPACE_DEFAULT: KeySpace = { keys: 100_000, keyBytes: 32, valueBytes: 256 };

/** The key with this index. */
export function keyAt(space: KeySpace, index: number): Buffer {
  return Buffer.from(`bench/${String(index).padStart(space.keyBytes - 'bench/'.length, '0')}`);
}

/** A value of the space's size. */
export function valueOf(space: KeySpace): Buffer {
  return Buffer.alloc(space.valueBytes, 'concord-');
}

/** A prepared request; `aim` turns it into the request for another key, in place. */
export class RequestTemplate {
  readonly message: Buffer;
  readonly #slots: readonly { readonly end: number; readonly ahead: number }[];

  /**
   * `message` is the request for key 0; each key in it that is to move is named by how far `ahead` of
   * the aimed index it lies.
   */
  constructor(space: KeySpace, message: Buffer, aheads: readonly number[]) {
    this.message = message;
    this.#slots = aheads.flatMap((ahead) =>
      positions(message, keyAt(space, ahead)).map((at) => ({ end: at + space.keyBytes, ahead })),
    );
  }

  /** Points the request at the key with this index. */
  aim(index: number): void {
    for (const { end, ahead } of this.#slots) {
      let rest = index + ahead;
      for (let at = end - 1; at >= end - INDEX_DIGITS; at--) {
        const quotient = (rest / 10) | 0;
        this.message[at] = DIGIT_ZERO + rest - quotient * 10;
        rest = quotient;
      }
    }
  }
}

function positions(bytes: Buffer, part: Buffer): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(part); at >= 0; at = bytes.indexOf(part, at + 1)) found.push(at);
  return found;
}
