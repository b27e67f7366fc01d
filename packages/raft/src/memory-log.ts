/**
 * A log in memory: the tail of what the write-ahead log holds on disk, from the last compaction on.
 * Followers that are a little behind are served from it without touching the disk.
 *
 * Memory is bounded by its owner, who watches `bytes` and calls `compact`.
 */
import { assert } from './assert.ts';
import { EntryWindow } from './entry-window.ts';
import type { Entry, LogPosition } from './entry.ts';
import type { RaftLog } from './raft-log.ts';
import type { Snapshot } from './snapshot.ts';

export interface MemoryLogOptions {
  /** The position before the first entry. Default: the start of an empty log, index and term 0. */
  readonly start?: LogPosition;
  /**
   * Finds or makes a snapshot when a follower needs one. Default: the last one that was recorded or
   * applied here.
   */
  readonly snapshotSource?: () => Snapshot | undefined;
}

export class MemoryLog implements RaftLog {
  readonly #window: EntryWindow;
  readonly #snapshotSource: () => Snapshot | undefined;
  /** The term of the position before the first entry. */
  #startTerm: number;
  #recorded: Snapshot | undefined;

  constructor(options: MemoryLogOptions = {}) {
    const start = options.start ?? { term: 0, index: 0 };
    this.#window = new EntryWindow(start.index + 1);
    this.#startTerm = start.term;
    this.#snapshotSource = options.snapshotSource ?? (() => this.#recorded);
  }

  firstIndex(): number {
    return this.#window.first;
  }

  lastIndex(): number {
    return this.#window.end - 1;
  }

  /** What the entries weigh in memory, in bytes, see `entry-size.ts`. */
  get bytes(): number {
    return this.#window.bytes;
  }

  term(index: number): number | undefined {
    if (index === this.#window.first - 1) return this.#startTerm;
    return this.#window.at(index)?.term;
  }

  entries(from: number, end: number, bytesMax: number): readonly Entry[] {
    return this.#window.slice(from, end, bytesMax);
  }

  snapshot(): Snapshot | undefined {
    return this.#snapshotSource();
  }

  /**
   * Adds entries at the end. If the first of them overlaps the log, the log is first cut before it,
   * as the followers of a new leader do with what the old one left behind.
   */
  append(entries: readonly Entry[]): void {
    const first = entries[0];
    if (first === undefined) return;
    assert(first.index >= this.#window.first, 'compacted entries are committed, never overwritten');
    assert(first.index <= this.#window.end, 'entries are appended without a gap');
    if (first.index < this.#window.end) this.#window.truncate(first.index);
    for (const entry of entries) this.#window.push(entry);
  }

  /**
   * Forgets the entries up to and including `throughIndex`, which must be applied. Going back is
   * ignored, since compactions may be asked for by more than one party.
   */
  compact(throughIndex: number): void {
    if (throughIndex < this.#window.first) return;
    const term = this.term(throughIndex);
    assert(term !== undefined, 'a log is compacted no further than its last entry');
    this.#startTerm = term;
    this.#window.dropBefore(throughIndex + 1);
  }

  /** Keeps a snapshot of the own state machine, to be handed to followers. */
  recordSnapshot(snapshot: Snapshot): void {
    this.#recorded = snapshot;
  }

  /** Replaces everything by a snapshot that came from the leader. */
  applySnapshot(snapshot: Snapshot): void {
    this.#recorded = snapshot;
    this.#startTerm = snapshot.term;
    this.#window.reset(snapshot.index + 1);
  }
}
