/**
 * A run of consecutive entries that grows at the end and shrinks at both ends: the unsaved tail of
 * a log, or the whole of a log in memory.
 *
 * Appending is amortised O(1) an entry and so is dropping from the front: dropped slots are only
 * emptied, and the array is compacted when more than half of it is empty. Slicing copies
 * references, never payloads.
 *
 * Invariant: the entry at slot `head + i` has the index `first + i`.
 */
import { assert } from './assert.ts';
import { payloadBytes } from './entry-size.ts';
import type { Entry } from './entry.ts';

/** Below this many empty slots a compaction is not worth its copy. */
const COMPACT_SLOTS_MIN = 1024;

export class EntryWindow {
  #slots: (Entry | undefined)[] = [];
  #head = 0;
  #first: number;
  #bytes = 0;

  /** @param first the index that the first appended entry will have */
  constructor(first: number) {
    this.#first = first;
  }

  /** The index of the first entry, or of the next one to come while the window is empty. */
  get first(): number {
    return this.#first;
  }

  /** The index after the last entry. */
  get end(): number {
    return this.#first + this.#slots.length - this.#head;
  }

  /** What the entries weigh, see `entry-size.ts`. */
  get bytes(): number {
    return this.#bytes;
  }

  at(index: number): Entry | undefined {
    if (index < this.#first) return undefined;
    return this.#slots[this.#head + index - this.#first];
  }

  push(entry: Entry): void {
    assert(entry.index === this.end, 'entries are appended without a gap');
    this.#slots.push(entry);
    this.#bytes += payloadBytes(entry.data);
  }

  /** Forgets the entries from `index` on. */
  truncate(index: number): void {
    assert(index >= this.#first, 'a window is truncated within its bounds');
    for (let i = index; i < this.end; i++) this.#bytes -= payloadBytes(this.#entry(i).data);
    this.#slots.length = Math.min(this.#slots.length, this.#head + index - this.#first);
  }

  /** Forgets the entries before `index`, and no more than there are. */
  dropBefore(index: number): void {
    const end = Math.min(index, this.end);
    for (; this.#first < end; this.#first++, this.#head++) {
      this.#bytes -= payloadBytes(this.#entry(this.#first).data);
      this.#slots[this.#head] = undefined;
    }
    if (this.#head === this.#slots.length) {
      this.#slots.length = 0;
      this.#head = 0;
    } else if (this.#head >= COMPACT_SLOTS_MIN && this.#head * 2 >= this.#slots.length) {
      this.#slots = this.#slots.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Empties the window; the next entry appended will have the index `first`. */
  reset(first: number): void {
    this.#slots = [];
    this.#head = 0;
    this.#first = first;
    this.#bytes = 0;
  }

  /**
   * The entries of `[from, end)`, cut where they would weigh more than `bytesMax`; at least one
   * entry if the range holds any, since an entry over the limit could otherwise never move on.
   */
  slice(from: number, end: number, bytesMax: number): readonly Entry[] {
    assert(from >= this.#first && end <= this.end, 'a slice lies within its window');
    if (from >= end) return [];
    let cut = end;
    if (bytesMax < this.#bytes) {
      let bytes = payloadBytes(this.#entry(from).data);
      for (cut = from + 1; cut < end; cut++) {
        bytes += payloadBytes(this.#entry(cut).data);
        if (bytes > bytesMax) break;
      }
    }
    const offset = this.#head - this.#first;
    return this.#slots.slice(from + offset, cut + offset) as Entry[];
  }

  #entry(index: number): Entry {
    return this.#slots[this.#head + index - this.#first] as Entry;
  }
}
