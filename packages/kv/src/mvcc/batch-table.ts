/**
 * The writes of one batch to one table: which keys, and where in the batch's memory their values are. One kind for
 * tables whose keys come in any order, and are looked up more often than scanned; one for keys that ascend.
 */
import type { ByteString } from '@concord/protocol';
import type { TableWrites } from '../ordered-store.ts';
import type { RowMemory } from './row-memory.ts';
import { KeyCursor, lowerBound, SortedKeys } from './sorted-keys.ts';

/** Stands for the location of a row that is deleted. */
const DELETED = -1;

export interface BatchTable extends TableWrites {
  /** A value, `null` for deleted, `undefined` for nothing. A view of the batch's memory. */
  get(key: ByteString): Uint8Array | null | undefined;
  /** The value is copied; `null` deletes. */
  set(key: ByteString, value: Uint8Array | null): void;
  /** On the first key that is not below `from`. */
  ascending(from: ByteString): KeyCursor;
  /** On the last key below `to`, or on the last of all. */
  descending(to?: ByteString): KeyCursor;
}

export class HashedTable implements BatchTable {
  readonly #memory: RowMemory;
  readonly #locations = new Map<ByteString, number>();
  readonly #keys = new SortedKeys();

  constructor(memory: RowMemory) {
    this.#memory = memory;
  }

  get size(): number {
    return this.#locations.size;
  }

  get(key: ByteString): Uint8Array | null | undefined {
    return valueAt(this.#memory, this.#locations.get(key));
  }

  set(key: ByteString, value: Uint8Array | null): void {
    const before = this.#locations.size;
    this.#locations.set(key, value === null ? DELETED : this.#memory.add(value));
    // A map that grew tells that the key is new, without a look-up of its own.
    if (this.#locations.size !== before) this.#keys.add(key);
  }

  ascending(from: ByteString): KeyCursor {
    return this.#keys.ascending(from);
  }

  descending(to?: ByteString): KeyCursor {
    return this.#keys.descending(to);
  }

  *[Symbol.iterator](): Iterator<[ByteString, Uint8Array | null]> {
    for (const [key, location] of this.#locations) {
      yield [key, valueAt(this.#memory, location) as Uint8Array | null];
    }
  }
}

/** Half of it moves on an insertion out of order, as a compaction makes them: about 100 ns. */
const CHUNK_KEYS_MAX = 512;

/** Keys in sorted chunks, with the locations of their values: no hash, and in order whenever it is read. */
export class AscendingTable implements BatchTable {
  readonly #memory: RowMemory;
  /** Never empty but for the first chunk. */
  readonly #keys: ByteString[][] = [[]];
  readonly #locations: number[][] = [[]];
  #last: ByteString | undefined;
  #size = 0;

  constructor(memory: RowMemory) {
    this.#memory = memory;
  }

  get size(): number {
    return this.#size;
  }

  get(key: ByteString): Uint8Array | null | undefined {
    if (this.#last === undefined || key > this.#last) return undefined;
    const chunk = this.#chunkOf(key);
    const keys = this.#keys[chunk] as ByteString[];
    const at = lowerBound(keys, key);
    return keys[at] === key ? valueAt(this.#memory, this.#locations[chunk]?.[at]) : undefined;
  }

  set(key: ByteString, value: Uint8Array | null): void {
    const location = value === null ? DELETED : this.#memory.add(value);
    if (this.#last === undefined || key > this.#last) this.#append(key, location);
    else this.#insert(key, location);
  }

  ascending(from: ByteString): KeyCursor {
    const chunk = this.#chunkOf(from);
    return new KeyCursor(this.#keys, chunk, lowerBound(this.#keys[chunk] as ByteString[], from), 1);
  }

  descending(to?: ByteString): KeyCursor {
    const chunk = to === undefined ? this.#keys.length - 1 : this.#chunkOf(to);
    const keys = this.#keys[chunk] as ByteString[];
    const at = to === undefined ? keys.length : lowerBound(keys, to);
    return new KeyCursor(this.#keys, chunk, at - 1, -1);
  }

  *[Symbol.iterator](): Iterator<[ByteString, Uint8Array | null]> {
    for (let chunk = 0; chunk < this.#keys.length; chunk++) {
      const keys = this.#keys[chunk] as ByteString[];
      const locations = this.#locations[chunk] as number[];
      for (let at = 0; at < keys.length; at++) {
        yield [keys[at] as ByteString, valueAt(this.#memory, locations[at]) as Uint8Array | null];
      }
    }
  }

  #append(key: ByteString, location: number): void {
    const last = this.#keys.length - 1;
    if ((this.#keys[last] as ByteString[]).length < CHUNK_KEYS_MAX) {
      this.#keys[last]?.push(key);
      this.#locations[last]?.push(location);
    } else {
      this.#keys.push([key]);
      this.#locations.push([location]);
    }
    this.#last = key;
    this.#size++;
  }

  #insert(key: ByteString, location: number): void {
    const chunk = this.#chunkOf(key);
    const keys = this.#keys[chunk] as ByteString[];
    const locations = this.#locations[chunk] as number[];
    const at = lowerBound(keys, key);
    if (keys[at] === key) {
      locations[at] = location;
      return;
    }
    keys.splice(at, 0, key);
    locations.splice(at, 0, location);
    this.#size++;
    if (keys.length <= CHUNK_KEYS_MAX) return;
    this.#keys.splice(chunk + 1, 0, keys.splice(CHUNK_KEYS_MAX / 2));
    this.#locations.splice(chunk + 1, 0, locations.splice(CHUNK_KEYS_MAX / 2));
  }

  /** The last chunk whose first key is not above `key`, or the first chunk. */
  #chunkOf(key: ByteString): number {
    let low = 0;
    let high = this.#keys.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (((this.#keys[middle] as ByteString[])[0] as ByteString) <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function valueAt(memory: RowMemory, location: number | undefined): Uint8Array | null | undefined {
  if (location === undefined) return undefined;
  return location === DELETED ? null : memory.read(location);
}
