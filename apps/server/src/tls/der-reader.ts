/**
 * Reads DER (X.690) one element at a time, without copying: enough for a revocation list, which may have a hundred
 * thousand entries and is read within one turn of the event loop. A library that makes an object of each takes seconds.
 */

/** What a first byte says (X.690 section 8.1.2), for what is met here. */
export const DerTag = {
  integer: 0x02,
  sequence: 0x30,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

/** Lengths beyond this would need more than four bytes, and no file is that long. */
const LENGTH_BYTES_MAX = 4;

export interface DerElement {
  readonly tag: number;
  readonly content: Buffer;
}

export class DerReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }

  /** The tag of the next element; undefined at the end. */
  get nextTag(): number | undefined {
    return this.#bytes[this.#offset];
  }

  /** Throws where the bytes end before the element does. */
  read(): DerElement {
    const tag = this.#byte();
    const length = this.#length();
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new Error('it ends in the middle of an element');
    const content = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return { tag, content };
  }

  /** Throws where the next element is of another kind. @param what it is, for the message */
  expect(tag: number, what: string): Buffer {
    const element = this.read();
    if (element.tag === tag) return element.content;
    throw new Error(`${what} expected where there is an element with tag ${element.tag}`);
  }

  #byte(): number {
    const byte = this.#bytes[this.#offset++];
    if (byte === undefined) throw new Error('it ends in the middle of an element');
    return byte;
  }

  #length(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0 || count > LENGTH_BYTES_MAX) throw new Error('an element has no proper length');
    let length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + this.#byte();
    return length;
  }
}
