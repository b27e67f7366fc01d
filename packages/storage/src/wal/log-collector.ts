/**
 * Puts a member's log together from the records of its write-ahead log: later appends replace what they
 * overlap, a snapshot position cuts the front off, and what is left must connect to what the store has applied.
 */
import type { Entry, HardState, LogPosition } from '@concord/raft';
import { StorageError } from '../errors.ts';
import {
  readBatchPayload,
  readPosition,
  type SegmentPayload,
  type WalIdentity,
} from './payload.ts';
import { headerBytes, recordTypes, type RecordPlace } from './record.ts';
import type { WalVisitor } from './recovery.ts';

export interface RecoveredLog {
  readonly hardState: HardState;
  /** The newest snapshot position that the log records. */
  readonly snapshot: LogPosition;
  /** The position that the first of `entries` follows. */
  readonly base: LogPosition;
  /** Consecutive, from `base.index + 1` on. */
  readonly entries: readonly Entry[];
  readonly lastIndex: number;
}

export interface CollectorOptions {
  readonly directory: string;
  readonly identity: WalIdentity;
  /** What the store has applied durably; absent when the log is read without its store. */
  readonly applied?: LogPosition;
  /** How many entries up to `applied` are kept for members that lag behind. Default 0. */
  readonly entriesKept?: number;
}

export class LogCollector implements WalVisitor {
  readonly #options: CollectorOptions;
  #hardState: HardState = { term: 0, votedFor: 0n, commit: 0 };
  #segmentsSeen = 0;
  #snapshot: LogPosition = { term: 0, index: 0 };
  /** The position before the first of `#entries`; unknown while the log's oldest segments are gone. */
  #before: LogPosition | undefined;
  /** Index of the first of `#entries`, or of the next entry while there are none. */
  #start = 1;
  #entries: Entry[] = [];

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  segment(payload: SegmentPayload, name: { readonly name: string }): void {
    this.#assertIdentity(payload.identity, name.name);
    const isFirst = this.#segmentsSeen++ === 0;
    if (!isFirst && !payload.isReset) return;
    this.#hardState = payload.hardState;
    this.#snapshot = payload.snapshot;
    this.#entries = [];
    this.#start = payload.firstIndex;
    const isBegun = payload.snapshot.index === payload.firstIndex - 1;
    this.#before = isBegun ? payload.snapshot : undefined;
  }

  record(type: number, record: Uint8Array, place: RecordPlace, path: string): void {
    if (type === recordTypes.batch) this.#batch(record, place, path);
    if (type === recordTypes.snapshot) {
      const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
      this.#mark(readPosition(view, headerBytes));
    }
  }

  /** Call once all records were read. */
  finish(): RecoveredLog {
    const applied = this.#options.applied ?? this.#snapshot;
    const base = this.#takeBase(applied);
    if (base.index > applied.index) {
      throw this.#mismatch(
        `a log that begins after entry ${base.index}`,
        `one that holds entry ${applied.index + 1}, the first that the store has not applied`,
      );
    }
    const own = base.index === applied.index ? base : this.#entries[applied.index - this.#start];
    if (own !== undefined && own.term !== applied.term) {
      throw this.#mismatch(
        `entry ${own.index} of term ${own.term}`,
        `term ${applied.term}, which the store has applied`,
      );
    }
    const hardState = this.#boundedHardState();
    return {
      hardState: { ...hardState, commit: Math.max(hardState.commit, applied.index) },
      snapshot: this.#snapshot,
      base,
      entries: this.#entries,
      lastIndex: this.#lastIndex,
    };
  }

  /** The newest hard state, its commit index bounded by what the log holds. */
  #boundedHardState(): HardState {
    return { ...this.#hardState, commit: Math.min(this.#hardState.commit, this.#lastIndex) };
  }

  get #lastIndex(): number {
    return this.#start + this.#entries.length - 1;
  }

  /** Entries up to here are not wanted: the store has applied them, and nobody else needs them. */
  get #floor(): number {
    const { applied, entriesKept = 0 } = this.#options;
    return applied === undefined ? this.#snapshot.index : applied.index - entriesKept;
  }

  #batch(record: Uint8Array, place: RecordPlace, path: string): void {
    const batch = readBatchPayload(record, headerBytes);
    if (batch === undefined) throw undecodable(path, place);
    this.#hardState = batch.hardState ?? this.#hardState;
    for (const entry of batch.entries) this.#append(entry, place, path);
  }

  #append(entry: Entry, place: RecordPlace, path: string): void {
    if (entry.index > this.#lastIndex + 1) {
      throw new StorageError({
        code: 'wal-corrupt',
        path,
        offset: place.offset,
        found: `entry ${entry.index} right after entry ${this.#lastIndex}`,
        expected: 'entries without gaps',
        remedy: 'The checksum matches, so this was written by a defect: please report it.',
      });
    }
    if (entry.index <= this.#floor || entry.index < this.#start) {
      this.#restart({ term: entry.term, index: entry.index });
      return;
    }
    this.#entries.length = entry.index - this.#start;
    this.#entries.push({ ...entry, data: entry.data.slice() });
  }

  #mark(position: LogPosition): void {
    this.#snapshot = position;
    if (position.index < this.#start - 1) return;
    const own =
      position.index < this.#start ? this.#before : this.#entries[position.index - this.#start];
    const isUnknown = own === undefined && position.index === this.#start - 1;
    if (isUnknown) this.#before = position;
    else if (own?.term !== position.term) {
      // The snapshot came from another member: what this log held beyond it belongs to another history.
      this.#restart(position);
    }
    const surplus = Math.min(this.#floor, this.#lastIndex) + 1 - this.#start;
    if (surplus <= 0) return;
    const last = this.#entries.splice(0, surplus).at(-1);
    this.#before = last && { term: last.term, index: last.index };
    this.#start += surplus;
  }

  /** Forgets all entries; the next one follows `position`. */
  #restart(position: LogPosition): void {
    this.#entries = [];
    this.#before = position;
    this.#start = position.index + 1;
  }

  /** Where the log begins; costs its first entry when nothing else tells the term before it. */
  #takeBase(applied: LogPosition): LogPosition {
    if (this.#before !== undefined) return this.#before;
    if (applied.index === this.#start - 1) return applied;
    const first = this.#entries.shift();
    if (first === undefined) return { term: 0, index: this.#start - 1 };
    this.#start++;
    return { term: first.term, index: first.index };
  }

  #assertIdentity(found: WalIdentity, name: string): void {
    const own = this.#options.identity;
    if (found.clusterId === own.clusterId && found.memberId === own.memberId) return;
    throw new StorageError({
      code: 'wal-mismatch',
      path: `${this.#options.directory}/${name}`,
      found: `the log of ${describe(found)}`,
      expected: `the log of ${describe(own)}`,
      remedy: 'Check --wal-dir and --data-dir: each member needs directories of its own.',
    });
  }

  #mismatch(found: string, expected: string): StorageError {
    return new StorageError({
      code: 'wal-mismatch',
      path: this.#options.directory,
      found,
      expected,
      remedy:
        'The log and the store are not of the same age: one was restored or removed without the other. ' +
        'Put both back from the same moment, or remove both and let the member join its cluster again.',
    });
  }
}

function describe(identity: WalIdentity): string {
  return `member ${identity.memberId.toString(16)} of cluster ${identity.clusterId.toString(16)}`;
}

function undecodable(path: string, place: RecordPlace): StorageError {
  return new StorageError({
    code: 'wal-corrupt',
    path,
    offset: place.offset,
    found: 'a batch whose lengths do not add up',
    expected: 'entries that fill the record exactly',
    remedy: 'The checksum matches, so this was written by a defect: please report it.',
  });
}
