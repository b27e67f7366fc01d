/**
 * How many live keys there are, by runs of neighbouring keys: what makes counting a range cheaper than walking it.
 * A segment reaches from its bound to the next segment's; the first bound is the empty string. All segments are
 * in memory, about 40 bytes for 256 to 512 keys, and are read at start instead of the key space.
 *
 * Invariant: the counts equal the live keys of `current` at every moment between two writes, and are committed in
 * the batch of the writes that they count.
 */
import type { ByteString, KeyRange } from '@concord/protocol';
import { assert } from '@concord/raft';
import type { Overlay } from './overlay.ts';

/** A count walks two segments in part, some 100 µs at worst; a million keys have about 3,000 segments. */
export const SEGMENT_KEYS_MAX = 512;
const MERGED_KEYS_MAX = SEGMENT_KEYS_MAX / 2;

export class Segments {
  readonly #overlay: Overlay;
  readonly #bounds: ByteString[] = [''];
  readonly #counts: number[] = [0];
  readonly #changed = new Set<ByteString>();
  #total = 0;

  constructor(overlay: Overlay) {
    this.#overlay = overlay;
    overlay.scan('segments', { from: '' }, (bound, row) => {
      const count = readCount(row);
      this.#total += count;
      if (bound === '') {
        this.#counts[0] = count;
      } else {
        this.#bounds.push(bound);
        this.#counts.push(count);
      }
    });
  }

  /** All live keys. */
  get total(): number {
    return this.#total;
  }

  get size(): number {
    return this.#bounds.length;
  }

  /** Counts a key that has just become live: its row is in `current` already. */
  add(key: ByteString): void {
    const at = this.#indexOf(key);
    const count = (this.#counts[at] as number) + 1;
    this.#total++;
    this.#setCount(at, count);
    if (count > SEGMENT_KEYS_MAX) this.#split(at);
  }

  /** Takes back a key whose row has just left `current`. */
  remove(key: ByteString): void {
    const at = this.#indexOf(key);
    const count = (this.#counts[at] as number) - 1;
    assert(count >= 0, 'a key that is removed was counted in its segment');
    this.#total--;
    this.#setCount(at, count);
    if (
      at + 1 < this.#bounds.length &&
      count + (this.#counts[at + 1] as number) <= MERGED_KEYS_MAX
    ) {
      this.#mergeNext(at);
    } else if (at > 0 && count + (this.#counts[at - 1] as number) <= MERGED_KEYS_MAX) {
      this.#mergeNext(at - 1);
    }
  }

  /** The live keys of a range. */
  count({ from, to }: KeyRange): number {
    if (to !== undefined && from >= to) return 0;
    const first = this.#indexOf(from);
    const last = to === undefined ? this.#bounds.length - 1 : this.#indexOf(to);
    if (first === last && to !== undefined) return this.#walk(from, to);
    // The empty key is never live, so that from 00 on is from the start on.
    const isWhole = from === this.#bounds[first] || from <= '\0';
    let count = isWhole
      ? (this.#counts[first] as number)
      : this.#walk(from, this.#bounds[first + 1]);
    for (let at = first + 1; at < last; at++) count += this.#counts[at] as number;
    if (to === undefined) return first === last ? count : count + (this.#counts[last] as number);
    return count + this.#walk(this.#bounds[last] as ByteString, to);
  }

  /** Writes the rows that changed since the last call. */
  save(): void {
    for (const bound of this.#changed) {
      const at = this.#indexOf(bound);
      const isThere = this.#bounds[at] === bound;
      this.#overlay.set('segments', bound, isThere ? writeCount(this.#counts[at] as number) : null);
    }
    this.#changed.clear();
  }

  #split(at: number): void {
    const from = this.#bounds[at] as ByteString;
    const half = (this.#counts[at] as number) >>> 1;
    let walked = 0;
    let previous: ByteString = '';
    let next: ByteString = '';
    this.#overlay.scan('current', { from }, (key) => {
      previous = next;
      next = key;
      return walked++ < half;
    });
    assert(walked === half + 1, 'a segment holds as many keys as it counts');
    const bound = separatorOf(previous, next);
    const upper = (this.#counts[at] as number) - half;
    this.#bounds.splice(at + 1, 0, bound);
    this.#counts.splice(at + 1, 0, 0);
    this.#setCount(at, half);
    this.#setCount(at + 1, upper);
  }

  #mergeNext(at: number): void {
    const count = (this.#counts[at] as number) + (this.#counts[at + 1] as number);
    this.#changed.add(this.#bounds[at + 1] as ByteString);
    this.#bounds.splice(at + 1, 1);
    this.#counts.splice(at + 1, 1);
    this.#setCount(at, count);
  }

  #setCount(at: number, count: number): void {
    this.#counts[at] = count;
    this.#changed.add(this.#bounds[at] as ByteString);
  }

  #walk(from: ByteString, to: ByteString | undefined): number {
    let count = 0;
    this.#overlay.scan('current', { from, to }, () => {
      count++;
    });
    return count;
  }

  /** The segment that `key` falls into: the last one whose bound is not above it. */
  #indexOf(key: ByteString): number {
    let low = 0;
    let high = this.#bounds.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#bounds[middle] as ByteString) <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The shortest prefix of `next` that is above `previous`: long keys make no long bounds. */
function separatorOf(previous: ByteString, next: ByteString): ByteString {
  let length = 0;
  while (length < previous.length && previous.charCodeAt(length) === next.charCodeAt(length))
    length++;
  return next.slice(0, length + 1);
}

/** 4 bytes, big-endian. */
function writeCount(count: number): Uint8Array {
  return Uint8Array.of(count >>> 24, count >>> 16, count >>> 8, count);
}

function readCount(row: Uint8Array): number {
  assert(row.length === 4, 'a segment row holds a count of 4 bytes');
  return new DataView(row.buffer, row.byteOffset, 4).getUint32(0);
}
