/**
 * The log as the algorithm sees it: what the caller has saved, followed by the entries that are not
 * durable yet, with the marks that Raft keeps on it.
 *
 *            applied   handedOut      commit
 *               │          │            │
 *   ─ ─ ┬───────┴──────────┴──────┬─────┴──────────┬───────────────┐
 *       │     saved (RaftLog)     │ tail, in flight│ tail, unstaged│
 *   ─ ─ ┴─────────────────────────┴────────────────┴───────────────┘
 *     first                    durable          staged           last
 *
 * Invariants: 1. `applied <= handedOut <= commit <= last`; 2. `handedOut <= durable`, so a restart
 * never finds a state machine that is ahead of its log; 3. `durable <= staged <= last`; 4. nothing
 * at or below `commit` is ever cut. While a snapshot waits to be installed, the saved log counts
 * for nothing and `durable` is 0.
 */
import { assert } from './assert.ts';
import { EntryWindow } from './entry-window.ts';
import { entriesBytes } from './entry-size.ts';
import type { Entry, LogPosition } from './entry.ts';
import type { RaftLog } from './raft-log.ts';
import type { Snapshot } from './snapshot.ts';
import type { Write, WriteQueue } from './write-queue.ts';

/** How many entries `hasMembership` looks at in one go, in bytes. */
const SCAN_BYTES_MAX = 1 << 20;

export class ReplicatedLog {
  readonly #saved: RaftLog;
  readonly #writes: WriteQueue;
  readonly #tail: EntryWindow;
  #durable: number;
  #staged: number;
  #commit: number;
  #handedOut: number;
  #applied: number;
  /** A snapshot from the leader that is not installed yet. */
  #restoring: Snapshot | undefined;
  #restoringStaged = false;

  /** @param commit what is known to be committed: the hard state's hint, or more */
  constructor(saved: RaftLog, writes: WriteQueue, commit: number, applied: number) {
    const boundary = saved.firstIndex() - 1;
    this.#saved = saved;
    this.#writes = writes;
    this.#tail = new EntryWindow(saved.lastIndex() + 1);
    this.#durable = saved.lastIndex();
    this.#staged = saved.lastIndex();
    this.#commit = Math.max(commit, applied, boundary);
    this.#handedOut = applied;
    this.#applied = applied;
    assert(applied >= boundary, 'the state machine has applied all that is compacted');
    assert(this.#commit <= this.#durable, 'every entry known to be committed is in the saved log');
  }

  get lastIndex(): number {
    return this.#tail.end - 1;
  }

  get last(): LogPosition {
    const index = this.lastIndex;
    const term = this.term(index);
    assert(term !== undefined, 'the term of the last entry is known');
    return { term, index };
  }

  get commit(): number {
    return this.#commit;
  }

  get committed(): LogPosition {
    const term = this.term(this.#commit);
    assert(term !== undefined, 'the term of the last committed entry is known');
    return { term, index: this.#commit };
  }

  get applied(): number {
    return this.#applied;
  }

  /** The last index that this member itself may be counted for. */
  get durable(): number {
    return this.#durable;
  }

  /** Whether a snapshot waits to be installed; a member in that state must not lead. */
  get isRestoring(): boolean {
    return this.#restoring !== undefined;
  }

  /** Whether there are entries or a snapshot that no Ready has carried yet. */
  get hasUnstaged(): boolean {
    return this.#staged < this.lastIndex || (this.isRestoring && !this.#restoringStaged);
  }

  /** Whether there are entries to hand to the state machine. */
  get hasAppliable(): boolean {
    return this.#handedOut < this.#appliableEnd - 1;
  }

  get #appliableEnd(): number {
    return this.#restoring === undefined ? Math.min(this.#commit, this.#durable) + 1 : 0;
  }

  /** The index of the first entry that can be read. */
  get firstIndex(): number {
    return this.#restoring === undefined ? this.#saved.firstIndex() : this.#restoring.index + 1;
  }

  /** The term at an index; `undefined` when it is compacted or not there yet. */
  term(index: number): number | undefined {
    if (index >= this.#tail.first) return this.#tail.at(index)?.term;
    if (this.#restoring === undefined) return this.#saved.term(index);
    return index === this.#restoring.index ? this.#restoring.term : undefined;
  }

  /** Whether this log holds exactly that entry, and therefore everything before it (Raft §5.3). */
  holds(position: LogPosition): boolean {
    return this.term(position.index) === position.term;
  }

  /**
   * The entries of `[from, end)`, cut where they would weigh more than `bytesMax` but never to
   * nothing; `undefined` if `from` is compacted.
   */
  entries(from: number, end: number, bytesMax: number): readonly Entry[] | undefined {
    if (from < this.firstIndex) return undefined;
    if (from >= this.#tail.first) return this.#tail.slice(from, end, bytesMax);
    const saved = this.#saved.entries(from, Math.min(end, this.#tail.first), bytesMax);
    const reached = from + saved.length;
    if (reached < this.#tail.first || reached >= end) return saved;
    const room = bytesMax - entriesBytes(saved);
    const next = this.#tail.slice(reached, end, room);
    return entriesBytes(next) > room ? saved : [...saved, ...next];
  }

  /** Appends at the end, as a leader does. */
  append(entry: Entry): void {
    this.#tail.push(entry);
  }

  /**
   * Makes the log agree with the leader's from `entries[0]` on: what is there already is kept, and
   * the first entry that differs takes all after it away (Raft figure 2, AppendEntries 3 and 4).
   * The caller has checked that the log holds the position before.
   */
  merge(entries: readonly Entry[]): void {
    const fresh = entries.findIndex((entry) => !this.holds(entry));
    if (fresh === -1) return;
    for (let i = fresh; i < entries.length; i++) {
      const entry = entries[i] as Entry;
      if (i === fresh && entry.index <= this.lastIndex) this.#truncate(entry.index);
      this.#tail.push(entry);
    }
  }

  #truncate(index: number): void {
    assert(index > this.#commit, 'a committed entry is never overwritten');
    if (index < this.#tail.first) this.#tail.reset(index);
    else this.#tail.truncate(index);
    this.#durable = Math.min(this.#durable, index - 1);
    this.#staged = Math.min(this.#staged, index - 1);
    this.#writes.truncate(index - 1);
  }

  /** Moves the commit index forward; a lower one changes nothing. Says whether it moved. */
  commitTo(index: number): boolean {
    if (index <= this.#commit) return false;
    assert(index <= this.lastIndex, 'only entries that are in the log can be committed');
    this.#commit = index;
    return true;
  }

  /**
   * The last index at or before `index` whose term is not above `term`: no later position can be in
   * both logs, because terms never fall along a log. If even the first known position is above, the
   * answer lies before it, where nothing can be read any more.
   */
  lastNotAbove(index: number, term: number): number {
    let low = this.firstIndex - 2;
    let high = Math.min(index, this.lastIndex);
    while (low < high) {
      const middle = low + Math.ceil((high - low) / 2);
      if ((this.term(middle) ?? Infinity) <= term) low = middle;
      else high = middle - 1;
    }
    return Math.min(index, low);
  }

  /** Whether `[from, end)` holds a membership entry. */
  hasMembership(from: number, end: number): boolean {
    let next = from;
    while (next < end) {
      const entries = this.entries(next, end, SCAN_BYTES_MAX);
      assert(entries !== undefined && entries.length > 0, 'unapplied entries are not compacted');
      if (entries.some((entry) => entry.kind === 'membership')) return true;
      next += entries.length;
    }
    return false;
  }

  /** The snapshot for a follower that needs compacted entries, if one is at hand. */
  snapshot(): Snapshot | undefined {
    return this.#restoring === undefined ? this.#saved.snapshot() : undefined;
  }

  /** Throws the log away for a snapshot of the leader's (Raft §7). */
  restore(snapshot: Snapshot): void {
    assert(snapshot.index > this.#commit, 'a snapshot is restored only if it brings news');
    this.#restoring = snapshot;
    this.#restoringStaged = false;
    this.#tail.reset(snapshot.index + 1);
    this.#durable = 0;
    this.#staged = snapshot.index;
    this.#commit = snapshot.index;
    this.#handedOut = snapshot.index;
    this.#writes.truncate(0);
  }

  /** Takes what is to be written now; each entry and snapshot is given out once. */
  stage(): { readonly entries: readonly Entry[]; readonly snapshot: Snapshot | undefined } {
    const entries =
      this.#staged < this.lastIndex
        ? this.#tail.slice(this.#staged + 1, this.lastIndex + 1, Infinity)
        : [];
    const snapshot = this.#restoringStaged ? undefined : this.#restoring;
    this.#staged = this.lastIndex;
    this.#restoringStaged = this.#restoring !== undefined;
    return { entries, snapshot };
  }

  /** Learns that a write, and all before it, is durable. */
  written(write: Write): void {
    if (write.snapshot !== undefined && write.snapshot === this.#restoring) {
      this.#applied = Math.max(this.#applied, write.snapshot.index);
      this.#restoring = undefined;
    }
    if (write.lastIndex <= this.#durable) return;
    this.#durable = write.lastIndex;
    this.#tail.dropBefore(write.lastIndex + 1);
  }

  /** Takes the next committed entries for the state machine; each is given out once. */
  takeAppliable(bytesMax: number): readonly Entry[] {
    if (!this.hasAppliable) return [];
    const entries = this.entries(this.#handedOut + 1, this.#appliableEnd, bytesMax);
    assert(entries !== undefined, 'entries are not compacted before they are applied');
    this.#handedOut += entries.length;
    return entries;
  }

  /** Learns that the state machine has applied everything up to `index`. */
  appliedTo(index: number): void {
    assert(index <= this.#handedOut, 'nothing is applied that was not handed out');
    if (index > this.#applied) this.#applied = index;
  }
}
