/**
 * Answers of reads, for serializable ones that ask the same. Bounded by entries, bytes and age; what is used least goes
 * first. A write through this proxy removes what it touches; of writes elsewhere, of leases that end and of authentication
 * that is switched on it hears nothing, which is what the age is for.
 *
 * Invariant: after a write through this proxy was answered, no entry of its keys was asked for before. So a read that was
 * under way meanwhile is not kept.
 */
import { isSingleKey, overlaps, type ByteString, type KeyRange } from '@concord/protocol';

/** etcd's. */
const ENTRIES_MAX = 2048;
const BYTES_MAX = 64 * 1024 * 1024;
/** A larger answer would push out many. */
const ENTRY_BYTES_MAX = 1024 * 1024;
/** How far behind a serializable read may be: as a member that has lost its leader for a moment. */
const AGE_MS_MAX = 5000;

interface Entry {
  readonly key: string;
  readonly range: KeyRange;
  readonly response: Uint8Array;
  readonly atMs: number;
}

/** A read under way, whose answer may be kept. */
export interface PendingRead {
  readonly range: KeyRange;
  isSpoiled: boolean;
}

export class RangeCache {
  hits = 0;
  misses = 0;
  readonly #now: () => number;
  /** By request; the least used first. */
  readonly #entries = new Map<string, Entry>();
  /** Those of one key, by that key, and those of more. */
  readonly #ofKey = new Map<ByteString, Set<Entry>>();
  readonly #ofRanges = new Set<Entry>();
  readonly #pending = new Set<PendingRead>();
  #bytes = 0;

  /** @param now monotonic milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The answer to a request, as it was. @param key tells requests apart */
  get(key: string): Uint8Array | undefined {
    const entry = this.#entries.get(key);
    if (entry !== undefined && this.#now() - entry.atMs <= AGE_MS_MAX) {
      this.hits++;
      this.#entries.delete(key);
      this.#entries.set(key, entry);
      return entry.response;
    }
    if (entry !== undefined) this.#remove(entry);
    this.misses++;
    return undefined;
  }

  /** A read begins. It ends with `end`, whatever becomes of it. */
  begin(range: KeyRange): PendingRead {
    const pending = { range, isSpoiled: false };
    this.#pending.add(pending);
    return pending;
  }

  /** A read has ended, with an answer to keep. */
  add(pending: PendingRead, key: string, response: Uint8Array): void {
    if (pending.isSpoiled || response.length > ENTRY_BYTES_MAX) return;
    const before = this.#entries.get(key);
    if (before !== undefined) this.#remove(before);
    const entry = { key, range: pending.range, response: response.slice(), atMs: this.#now() };
    this.#entries.set(key, entry);
    this.#bytes += entry.response.length;
    this.#index(entry);
    for (const oldest of this.#entries.values()) {
      if (this.#entries.size <= ENTRIES_MAX && this.#bytes <= BYTES_MAX) break;
      this.#remove(oldest);
    }
  }

  end(pending: PendingRead): void {
    this.#pending.delete(pending);
  }

  /** Keys of this range change: called when a write begins, and when it has ended. */
  invalidate(range: KeyRange): void {
    for (const pending of this.#pending)
      if (overlaps(pending.range, range)) pending.isSpoiled = true;
    if (this.#entries.size === 0) return;
    if (isSingleKey(range)) {
      for (const entry of this.#ofKey.get(range.from) ?? []) this.#remove(entry);
    } else {
      for (const [key, entries] of this.#ofKey) {
        if (!overlaps({ from: key, to: `${key}\0` }, range)) continue;
        for (const entry of entries) this.#remove(entry);
      }
    }
    for (const entry of this.#ofRanges) if (overlaps(entry.range, range)) this.#remove(entry);
  }

  /** Nothing of what is known now counts any more. */
  clear(): void {
    for (const pending of this.#pending) pending.isSpoiled = true;
    for (const entry of this.#entries.values()) this.#remove(entry);
  }

  #index(entry: Entry): void {
    const { range } = entry;
    if (!isSingleKey(range)) {
      this.#ofRanges.add(entry);
      return;
    }
    const entries = this.#ofKey.get(range.from);
    if (entries === undefined) this.#ofKey.set(range.from, new Set([entry]));
    else entries.add(entry);
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry.key);
    this.#bytes -= entry.response.length;
    this.#ofRanges.delete(entry);
    const entries = this.#ofKey.get(entry.range.from);
    if (entries?.delete(entry) === true && entries.size === 0) this.#ofKey.delete(entry.range.from);
  }
}
