/**
 * The write-ahead log: what a member has promised, on disk before anyone is told.
 *
 * Group commit: while one record is being written and synced off the main thread, everything appended
 * gathers in the next. So at any time at most one record is not durable, and it is the last one: this is what
 * makes a torn tail distinguishable from damage (see `recovery.ts`).
 *
 * Invariant: `durable` callbacks come in the order of their appends, each after its record is durable.
 * Invariant: after a failed write, sync or rename nothing is written and nothing is called back any more;
 * the kernel may have marked the lost pages clean, so a second attempt could report success falsely.
 */
import { assert, type Entry, type HardState, type LogPosition } from '@concord/raft';
import type { FileSystem, OpenFile } from '../file-system.ts';
import { PendingRecord } from './batch.ts';
import { deviceFailure } from './device-failure.ts';
import type { SegmentPayload, WalIdentity } from './payload.ts';
import { recordTypes, sectorBytes, type RecordPlace } from './record.ts';
import { segmentHeader } from './segment-header.ts';
import { preparedName, segmentName, type SegmentName } from './segment.ts';

export interface WalOptions {
  readonly directory: string;
  readonly fileSystem: FileSystem;
  readonly identity: WalIdentity;
  /**
   * The log can make nothing durable any more and the member must stop. Called at most once; no `durable` is
   * called after it.
   */
  readonly onFailure: (error: Error) => void;
  /**
   * Bytes that segments are preallocated with, at most: the first is small, and each is twice as large as the
   * one before. Default 64 MiB; at least two sectors.
   */
  readonly segmentBytes?: number;
}

/** Like etcd's: a rotation costs about a millisecond, once per this many bytes. */
export const defaultSegmentBytes = 64 * 1024 * 1024;

/**
 * A batch that has gathered this much is closed and another begun, so that one write never holds up the
 * callers in front for longer than a disk takes for a megabyte. A larger append is a batch of its own.
 */
const batchBytesMax = 1024 * 1024;

/** Memory kept for the next batches: one on its way to the disk, one gathering. */
const spareMemoriesMax = 2;

/** What a log continues from, after creation or recovery. */
export interface WalState {
  readonly segments: readonly SegmentName[];
  readonly place: RecordPlace;
  /** Length of the current segment. */
  readonly segmentBytes: number;
  readonly hardState: HardState;
  readonly snapshot: LogPosition;
  readonly lastIndex: number;
}

/** What a segment says about the log before it. */
type SegmentStart = Omit<SegmentPayload, 'formatVersion' | 'identity' | 'segmentBytes'>;

type Phase = 'idle' | 'busy' | 'failed' | 'closed';

export class Wal {
  readonly #options: WalOptions;
  readonly #fileSystem: FileSystem;
  readonly #allocate: (bytes: number) => Uint8Array;
  #phase: Phase = 'idle';
  #file: OpenFile;
  #fileBytes: number;
  /** Where the next record goes; everything before it is durable. */
  #place: RecordPlace;
  #writtenBytes = 0;
  #segments: SegmentName[];
  /** Durable state, repeated in the header of each new segment. */
  #hardState: HardState;
  #snapshot: LogPosition;
  #lastIndex: number;
  /** The last index handed to `append`, durable or not. */
  #appendedIndex: number;
  /** Records that wait for the one being written; batches are only added to at the end. */
  readonly #queue: PendingRecord[] = [];
  readonly #spareMemories: Uint8Array[] = [];
  /** The file of the next segment. */
  #preparation: 'none' | 'under way' | 'ready' = 'none';
  /** Set while a rotation waits for it. */
  #whenPrepared: (() => void) | undefined;
  #released: LogPosition;
  /** The sequence of the oldest segment that somebody still copies. */
  #keptFrom: () => number = () => Infinity;
  #isDiscarding = false;
  #whenClosed: (() => void) | undefined;

  /** `file` is the last segment, open for writing. Use `createWal` or `openWal`. */
  constructor(options: WalOptions, state: WalState, file: OpenFile) {
    this.#options = options;
    this.#fileSystem = options.fileSystem;
    this.#allocate = (bytes) => this.#fileSystem.allocate(bytes);
    this.#file = file;
    this.#fileBytes = state.segmentBytes;
    this.#place = state.place;
    this.#segments = [...state.segments];
    this.#hardState = state.hardState;
    this.#snapshot = state.snapshot;
    this.#lastIndex = state.lastIndex;
    this.#appendedIndex = state.lastIndex;
    this.#released = state.snapshot;
    this.#maybePrepareNext();
  }

  /** Bytes of records written since the start. */
  get writtenBytes(): number {
    return this.#writtenBytes;
  }

  /**
   * Appends entries, a new hard state, or both, and calls `durable` once all of it is on disk. An entry whose
   * index is not above the last one's replaces it and everything after it (Raft §5.3).
   */
  append(hardState: HardState | undefined, entries: readonly Entry[], durable: () => void): void {
    assert(this.#whenClosed === undefined, 'nothing is appended to a log that is being closed');
    if (this.#phase === 'failed') return;
    this.#assertConnected(entries);
    const batch = this.#gatheringBatch();
    batch.add(hardState, entries);
    batch.callbacks.push(durable);
    this.#appendedIndex = entries.at(-1)?.index ?? this.#appendedIndex;
    if (this.#phase === 'idle') this.#writeNext();
  }

  /**
   * Records that everything up to `position` is durable elsewhere (in the store or a snapshot), so that
   * recovery may begin after it. A position beyond the last entry empties the log.
   */
  markSnapshot(position: LogPosition, durable: () => void): void {
    assert(this.#whenClosed === undefined, 'nothing is appended to a log that is being closed');
    if (this.#phase === 'failed') return;
    assert(position.index >= this.#snapshot.index, 'snapshot positions go forward');
    const record = PendingRecord.snapshot(this.#allocate, position);
    record.callbacks.push(durable);
    this.#queue.push(record);
    this.#appendedIndex = Math.max(this.#appendedIndex, position.index);
    if (this.#phase === 'idle') this.#writeNext();
  }

  /**
   * Begins the log anew behind `position`, whose state is durable elsewhere: every entry appended before is void,
   * whatever its index, and the next one is `position.index + 1`. The hard state goes on, committed to `position`.
   */
  reset(position: LogPosition, durable: () => void): void {
    assert(this.#whenClosed === undefined, 'nothing is appended to a log that is being closed');
    if (this.#phase === 'failed') return;
    assert(position.index >= this.#snapshot.index, 'snapshot positions go forward');
    const record = PendingRecord.reset(this.#allocate, position);
    record.callbacks.push(durable);
    this.#queue.push(record);
    this.#appendedIndex = position.index;
    // A release of less that is still to come would say that the log goes back.
    this.#released = position;
    if (this.#phase === 'idle') this.#writeNext();
  }

  /**
   * Everything up to this entry is durable in the store, so recovery needs it no more. Segments that hold
   * nothing else are deleted in the background, once a snapshot position that says so is durable.
   */
  release(index: number, term: number): void {
    if (index <= this.#released.index) return;
    this.#released = { term, index };
    this.#maybeDiscard();
  }

  /** Segments from the sequence on that `from` answers stay, needed for recovery or not. */
  keepSegments(from: () => number): void {
    this.#keptFrom = from;
  }

  /** The index of the last entry that is durable. */
  get lastIndex(): number {
    return this.#lastIndex;
  }

  /** Where the next record goes, for metrics and tests. */
  get position(): { readonly segment: number; readonly offset: number } {
    return { segment: this.#place.segment, offset: this.#place.offset };
  }

  /**
   * Calls `closed` once everything appended is durable. A last record then seals the log: whatever happens to
   * an acknowledged record while the member is down is recognised as damage, not taken for a torn write.
   */
  close(closed: () => void): void {
    assert(this.#whenClosed === undefined, 'a log is closed once');
    this.#whenClosed = closed;
    if (this.#phase === 'failed') return this.#finishClose();
    this.#queue.push(PendingRecord.seal(this.#allocate));
    if (this.#phase === 'idle') this.#writeNext();
  }

  #assertConnected(entries: readonly Entry[]): void {
    const first = entries[0];
    if (first === undefined) return;
    assert(first.index <= this.#appendedIndex + 1, 'the entries of a log have no gaps');
    assert(first.index > this.#snapshot.index, 'entries in a snapshot are not replaced');
    for (let i = 1; i < entries.length; i++) {
      const isNext = entries[i]?.index === first.index + i;
      assert(isNext, 'the entries of an append are consecutive');
    }
  }

  #gatheringBatch(): PendingRecord {
    const last = this.#queue.at(-1);
    if (last?.type === recordTypes.batch && last.bytes < batchBytesMax) return last;
    const batch = PendingRecord.batch(this.#allocate, this.#spareMemories.pop());
    this.#queue.push(batch);
    return batch;
  }

  #writeNext(): void {
    const record = this.#queue.shift();
    if (record === undefined) {
      this.#phase = 'idle';
      return;
    }
    this.#phase = 'busy';
    if (record.type === recordTypes.segment) return this.#beginAnew(record);
    const isFull = this.#place.offset + record.bytes > this.#fileBytes;
    if (!isFull || this.#place.offset === sectorBytes) return this.#write(record);
    const start = {
      isReset: false,
      firstIndex: this.#lastIndex + 1,
      hardState: this.#hardState,
      snapshot: this.#snapshot,
    };
    this.#rotate(start, () => this.#write(record));
  }

  /** A segment of its own, so that the name of one file decides whether what came before is void. */
  #beginAnew(record: PendingRecord): void {
    const snapshot = record.snapshot as LogPosition;
    const hardState = committedTo(snapshot, this.#hardState);
    const start = { isReset: true, firstIndex: snapshot.index + 1, hardState, snapshot };
    this.#rotate(start, () => {
      this.#hardState = hardState;
      this.#snapshot = snapshot;
      this.#lastIndex = snapshot.index;
      this.#writeNext();
      for (const durable of record.callbacks) durable();
      this.#maybeDiscard();
    });
  }

  #write(record: PendingRecord): void {
    const { bytes, checksum } = record.seal(this.#place);
    this.#file.writeDurably(bytes, this.#place.offset, (error) => {
      if (this.#phase !== 'busy') return;
      if (error !== undefined) return this.#fail(error);
      this.#writtenBytes += bytes.length;
      this.#place = {
        segment: this.#place.segment,
        offset: this.#place.offset + bytes.length,
        previous: checksum,
        number: this.#place.number + 1,
      };
      this.#hardState = record.hardState ?? this.#hardState;
      this.#snapshot = record.snapshot ?? this.#snapshot;
      this.#lastIndex = record.lastIndex ?? Math.max(this.#lastIndex, this.#snapshot.index);
      this.#recycle(record.memory);
      if (record.type === recordTypes.seal) return this.#finishClose();
      this.#maybePrepareNext();
      this.#writeNext();
      for (const durable of record.callbacks) durable();
    });
  }

  #recycle(memory: Uint8Array): void {
    const isOrdinary = memory.length > sectorBytes && memory.length <= 2 * batchBytesMax;
    if (isOrdinary && this.#spareMemories.length < spareMemoriesMax)
      this.#spareMemories.push(memory);
  }

  /** A segment that is half full gets its successor, so that no append has to wait for it. */
  #maybePrepareNext(): void {
    const isHalfFull = this.#place.offset * 2 > this.#fileBytes;
    if (isHalfFull && this.#preparation === 'none') this.#prepareNext();
  }

  get #nextBytes(): number {
    return Math.min(this.#options.segmentBytes ?? defaultSegmentBytes, this.#fileBytes * 2);
  }

  /** Creates the file of the next segment in the background: zeros, durable, under a temporary name. */
  #prepareNext(): void {
    this.#preparation = 'under way';
    const path = `${this.#options.directory}/${preparedName}`;
    this.#fileSystem.createZeroed(path, this.#nextBytes, (error) => {
      if (this.#phase === 'failed' || this.#phase === 'closed') return;
      if (error !== undefined) return this.#fail(error);
      this.#preparation = 'ready';
      const whenPrepared = this.#whenPrepared;
      this.#whenPrepared = undefined;
      whenPrepared?.();
    });
  }

  /** Makes the prepared file the current segment: header, then name, each durable before the next step. */
  #rotate(start: SegmentStart, done: () => void): void {
    if (this.#preparation !== 'ready') {
      this.#whenPrepared = () => this.#rotate(start, done);
      if (this.#preparation === 'none') this.#prepareNext();
      return;
    }
    const { directory, identity } = this.#options;
    const place = { ...this.#place, segment: this.#place.segment + 1, offset: 0 };
    const { firstIndex } = start;
    const name = segmentName(place.segment, firstIndex);
    const segmentBytes = this.#nextBytes;
    const header = segmentHeader(this.#fileSystem, place, { identity, ...start, segmentBytes });
    const file = this.#openPrepared(directory);
    if (file === undefined) return;
    file.writeDurably(header.bytes, 0, (writeError) => {
      if (writeError !== undefined) return this.#fail(writeError);
      this.#fileSystem.publish(directory, preparedName, name, (publishError) => {
        if (publishError !== undefined) return this.#fail(publishError);
        this.#file.close();
        this.#file = file;
        this.#fileBytes = segmentBytes;
        this.#place = header.next;
        this.#segments.push({ sequence: place.segment, firstIndex, name });
        this.#preparation = 'none';
        done();
      });
    });
  }

  #maybeDiscard(): void {
    const isOver = this.#phase === 'failed' || this.#whenClosed !== undefined;
    if (isOver || this.#isDiscarding) return;
    // A segment can go when the one after it begins at or before the first entry that is still needed.
    const needed = this.#released.index + 1;
    const unneeded = this.#segments.findLastIndex((segment) => segment.firstIndex <= needed);
    const oldest = this.#segments[0]?.sequence ?? 0;
    const surplus = Math.min(unneeded, this.#keptFrom() - oldest);
    if (surplus <= 0) return;
    this.#isDiscarding = true;
    const position = this.#released;
    this.markSnapshot(position, () => {
      const names = this.#segments.splice(0, surplus).map((segment) => segment.name);
      this.#fileSystem.discard(this.#options.directory, names, (error) => {
        this.#isDiscarding = false;
        if (error !== undefined) this.#fail(error);
        else this.#maybeDiscard();
      });
    });
  }

  #openPrepared(directory: string): OpenFile | undefined {
    try {
      return this.#fileSystem.open(`${directory}/${preparedName}`, 'write');
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
      return undefined;
    }
  }

  #fail(error: Error): void {
    if (this.#phase === 'failed' || this.#phase === 'closed') return;
    this.#phase = 'failed';
    this.#queue.length = 0;
    this.#options.onFailure(deviceFailure(this.#options.directory, error));
    if (this.#whenClosed !== undefined) this.#finishClose();
  }

  #finishClose(): void {
    if (this.#phase !== 'failed') {
      this.#phase = 'closed';
      // After a failure a write may still be under way, and must not find its descriptor given to another file.
      this.#file.close();
    }
    this.#whenClosed?.();
  }
}

/** Invariant: neither term nor vote go back; a vote counts for its own term alone. */
function committedTo(position: LogPosition, { term, votedFor, commit }: HardState): HardState {
  const isNewTerm = position.term > term;
  return {
    term: isNewTerm ? position.term : term,
    votedFor: isNewTerm ? 0n : votedFor,
    commit: Math.max(commit, position.index),
  };
}
