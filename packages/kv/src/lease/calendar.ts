/**
 * A timing wheel without the wheel: entries hang in one bucket per quarter second, buckets hang in a map by
 * their number. Adding, moving and removing are O(1) whatever the distance, and nothing ever cascades; a wheel
 * would move the million leases of one TTL down a level in a single tick.
 *
 * Invariant: an entry is due in the first bucket that ends at or after its time, so it is never early and late
 * by less than `BUCKET_MS` plus the time between two calls of `advance`.
 */
import { assert } from '@concord/raft';

/** A quarter of the second by which an expiry may be late; the rest is for the caller's own period. */
export const BUCKET_MS = 250;

/** A jump over more buckets than this (one hour) looks for the first one instead of asking for each. */
const STEPS_BEFORE_SEARCH = 14_400;

export interface CalendarBucket {
  readonly number: number;
  head: CalendarEntry;
}

/** What an object carries to be put into a calendar; into one at a time. */
export interface CalendarEntry {
  dueMs: number;
  bucket: CalendarBucket | undefined;
  next: CalendarEntry | undefined;
  previous: CalendarEntry | undefined;
}

export class Calendar<Entry extends CalendarEntry> {
  readonly #buckets = new Map<number, CalendarBucket>();
  /** Every bucket before this one is empty. */
  #cursor: number;
  #size = 0;

  constructor(nowMs: number) {
    this.#cursor = Math.floor(nowMs / BUCKET_MS);
  }

  get size(): number {
    return this.#size;
  }

  /** Puts an entry in, or moves it. */
  set(entry: Entry, dueMs: number): void {
    if (entry.bucket !== undefined) this.remove(entry);
    entry.dueMs = dueMs;
    // What is due already goes where `advance` looks next.
    const number = Math.max(Math.ceil(dueMs / BUCKET_MS), this.#cursor);
    let bucket = this.#buckets.get(number);
    if (bucket === undefined) {
      bucket = { number, head: entry };
      this.#buckets.set(number, bucket);
    } else {
      entry.next = bucket.head;
      bucket.head.previous = entry;
      bucket.head = entry;
    }
    entry.bucket = bucket;
    this.#size++;
  }

  /** Takes an entry out; nothing happens when it is not in. */
  remove(entry: Entry): void {
    const { bucket, next, previous } = entry;
    if (bucket === undefined) return;
    if (next !== undefined) next.previous = previous;
    if (previous !== undefined) previous.next = next;
    else if (next !== undefined) bucket.head = next;
    else this.#buckets.delete(bucket.number);
    entry.bucket = undefined;
    entry.next = undefined;
    entry.previous = undefined;
    this.#size--;
  }

  /**
   * Takes out what is due at `nowMs`, oldest bucket first, in at most `stepsMax` steps (a step is an entry or
   * an empty bucket) and until `due` answers `false`. Answers the steps taken: `stepsMax` of them mean that more
   * may be due.
   */
  advance(nowMs: number, stepsMax: number, due: (entry: Entry) => boolean | void): number {
    assert(stepsMax > 0, 'an advance is allowed at least one step');
    const last = Math.floor(nowMs / BUCKET_MS);
    if (this.#size === 0) this.#cursor = Math.max(this.#cursor, last);
    else if (last - this.#cursor > STEPS_BEFORE_SEARCH)
      this.#cursor = Math.min(last, this.#first());
    let steps = 0;
    while (this.#cursor <= last && steps < stepsMax) {
      const bucket = this.#buckets.get(this.#cursor);
      if (bucket === undefined) {
        // The bucket of this moment may still be added to, so the cursor stays on it.
        if (this.#cursor === last) return steps;
        this.#cursor++;
      } else {
        // Only `set` fills buckets, and it takes an `Entry`.
        const entry = bucket.head as Entry;
        this.remove(entry);
        if (due(entry) === false) return steps + 1;
      }
      steps++;
    }
    return steps;
  }

  #first(): number {
    let first = Infinity;
    for (const number of this.#buckets.keys()) if (number < first) first = number;
    return first;
  }
}
