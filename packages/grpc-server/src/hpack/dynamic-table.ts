/**
 * The HPACK dynamic table of a decoder (RFC 7541 sections 2.3.2 and 4): a queue of header fields,
 * newest first, bounded in bytes.
 *
 * Invariant: the sum of entry sizes never exceeds the current capacity, which never exceeds the limit
 * that this server announced.
 */

/** What an entry costs beside its name and value (RFC 7541 section 4.1). */
export const ENTRY_OVERHEAD_BYTES = 32;

/** SETTINGS_HEADER_TABLE_SIZE that both sides start with, and the one this server keeps. */
export const DEFAULT_TABLE_BYTES = 4096;

/** One header field as decoded. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
  /** Size in the sense of RFC 7541 section 4.1. */
  readonly bytes: number;
  /** False when the name or value holds a character that HTTP forbids: its request is malformed. */
  readonly valid: boolean;
}

/** A ring of {@link HeaderField}s. */
export class DynamicTable {
  readonly #limitBytes: number;
  #capacityBytes: number;
  #usedBytes = 0;
  /** Ring of entries; the newest is at `#newest`, older ones follow upwards. */
  #ring: (HeaderField | undefined)[] = new Array<HeaderField | undefined>(16).fill(undefined);
  #newest = 0;
  #length = 0;
  #generation = 0;

  constructor(limitBytes: number = DEFAULT_TABLE_BYTES) {
    this.#limitBytes = limitBytes;
    this.#capacityBytes = limitBytes;
  }

  /** Counts every change: equal generations mean that equal bytes decode to equal fields. */
  get generation(): number {
    return this.#generation;
  }

  get length(): number {
    return this.#length;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** The entry at `index`, 0 being the newest, or undefined when there is none. */
  at(index: number): HeaderField | undefined {
    if (index >= this.#length) return undefined;
    return this.#ring[(this.#newest + index) & (this.#ring.length - 1)];
  }

  /** Inserts a field, evicting the oldest; one larger than the table just empties it (4.4). */
  add(field: HeaderField): void {
    this.#generation++;
    this.#evictUntil(this.#capacityBytes - field.bytes);
    if (field.bytes > this.#capacityBytes) return;
    if (this.#length === this.#ring.length) this.#grow();
    this.#newest = (this.#newest - 1) & (this.#ring.length - 1);
    this.#ring[this.#newest] = field;
    this.#length++;
    this.#usedBytes += field.bytes;
  }

  /**
   * Applies a dynamic table size update (6.3).
   * @returns false when it exceeds the announced limit, which is a decoding error.
   */
  resize(capacityBytes: number): boolean {
    if (capacityBytes > this.#limitBytes) return false;
    this.#generation++;
    this.#capacityBytes = capacityBytes;
    this.#evictUntil(capacityBytes);
    return true;
  }

  #evictUntil(usedBytesMax: number): void {
    while (this.#length > 0 && this.#usedBytes > usedBytesMax) {
      const slot = (this.#newest + this.#length - 1) & (this.#ring.length - 1);
      this.#usedBytes -= this.#ring[slot]!.bytes;
      this.#ring[slot] = undefined;
      this.#length--;
    }
  }

  #grow(): void {
    const grown = new Array<HeaderField | undefined>(this.#ring.length * 2).fill(undefined);
    for (let index = 0; index < this.#length; index++) grown[index] = this.at(index);
    this.#ring = grown;
    this.#newest = 0;
  }
}
