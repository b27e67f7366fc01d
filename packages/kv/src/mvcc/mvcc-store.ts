/**
 * The multi-version key-value store: every change has a revision, the newest state and every state since the
 * compacted revision can be read, and a write transaction is one revision or nothing.
 *
 * It is synchronous and deterministic: the same writes in the same order leave the same state on every member.
 * Nothing is durable until `flush`, and then only together with everything else that was written to the overlay.
 */
import type { ByteString, DeleteRangeRequest, PutRequest, RangeRequest } from '@concord/protocol';
import { EtcdError, etcdErrors } from '@concord/protocol';
import { assert } from '@concord/raft';
import { CompactionHashes } from '../hash/compaction-hashes.ts';
import { HashKv } from '../hash/hash-kv.ts';
import type { HashKvResult } from '../hash/hash-kv.ts';
import type { OrderedStore } from '../ordered-store.ts';
import type { Change } from './change.ts';
import { Compaction } from './compaction.ts';
import { readHistory } from './history.ts';
import { KeySpace } from './key-space.ts';
import { readMeta, writeMeta } from './meta.ts';
import { Overlay } from './overlay.ts';
import { RangeWalk } from './range-walk.ts';
import { readRange } from './range.ts';
import type { DeleteRangeResult, PutResult, RangeResult } from './result.ts';
import { WriteTxn } from './write-txn.ts';
import type { WriteWorld } from './write-txn.ts';

/** The revision of an empty store; the first write makes the next one. */
const FIRST_REVISION = 1;

export interface MvccOptions {
  /** Whether a lease can be attached to, asked when a put that names one is applied. Default: none can. */
  readonly leaseExists?: (id: bigint) => boolean;
  /**
   * Called behind each write that changed something, when `revision` is the new one: the changes in their order.
   * Must not write.
   */
  readonly onChange?: (changes: readonly Change[], revision: number) => void;
}

export class MvccStore implements WriteWorld {
  /** Where the other parts of the state machine write their tables, to be committed in the same batches. */
  readonly overlay: Overlay;
  readonly space: KeySpace;
  readonly #compaction: Compaction;
  readonly #compactionHashes = new CompactionHashes();
  readonly #options: MvccOptions;
  #revision: number;
  #savedRevision: number;
  #isWriting = false;

  private constructor(store: OrderedStore, options: MvccOptions) {
    this.#options = options;
    this.overlay = new Overlay(store);
    this.space = new KeySpace(this.overlay);
    this.#compaction = new Compaction(this.space);
    this.#revision = readMeta(this.overlay, 'revision') ?? FIRST_REVISION;
    this.#savedRevision = this.#revision;
  }

  /** Reads `meta` and `segments`; the key space stays where it is. */
  static open(store: OrderedStore, options: MvccOptions = {}): MvccStore {
    return new MvccStore(store, options);
  }

  /** Of the newest change; 1 in an empty store. */
  get revision(): number {
    return this.#revision;
  }

  /** Reads and watches below it are refused; `NEVER_COMPACTED` before the first compaction. */
  get compactedRevision(): number {
    return this.#compaction.scheduledRevision;
  }

  /** Changes that compaction has deleted since the start. */
  get compactedCount(): number {
    return this.#compaction.deletedCount;
  }

  /** Live keys. */
  get keyCount(): number {
    return this.space.segments.total;
  }

  leaseExists(id: bigint): boolean {
    return this.#options.leaseExists?.(id) ?? false;
  }

  /** Throws `ErrFutureRev` and `ErrCompacted`. */
  range(request: RangeRequest): RangeResult {
    return readRange(this, request);
  }

  /** The same piece by piece, for a request without order and filters. Throws the same. */
  walk(request: RangeRequest): RangeWalk {
    return new RangeWalk(this, request);
  }

  /** Throws `ErrLeaseNotFound` and `ErrKeyNotFound`, and then nothing has changed. */
  put(request: PutRequest): PutResult {
    return this.write((txn) => txn.put(request));
  }

  deleteRange(request: DeleteRangeRequest): DeleteRangeResult {
    return this.write((txn) => txn.deleteRange(request));
  }

  /**
   * Runs `body`; its changes become the next revision. Without changes there is none. If it throws, no trace of it
   * is left, and the error goes on to the caller.
   */
  write<T>(body: (txn: WriteTxn) => T): T {
    assert(!this.#isWriting, 'a write does not begin inside another, nor inside onChange');
    const txn = new WriteTxn(this);
    this.#isWriting = true;
    let result: T;
    try {
      result = body(txn);
    } catch (error) {
      txn.undo();
      this.#isWriting = false;
      throw error;
    }
    if (txn.changes.length > 0) {
      this.#revision = txn.revision;
      this.#options.onChange?.(txn.changes, this.#revision);
    }
    this.#isWriting = false;
    return result;
  }

  /**
   * Makes history before `revision` unreadable from now on; its rows go with `compactionWork`. Throws
   * `ErrCompacted` and `ErrFutureRev`.
   */
  compact(revision: number): void {
    if (revision <= this.compactedRevision) throw new EtcdError(etcdErrors.ErrCompacted);
    if (revision > this.#revision) throw new EtcdError(etcdErrors.ErrFutureRev);
    this.#compaction.schedule(revision);
  }

  /**
   * Deletes a slice of what compaction made unreadable, of at most `rowsMax` rows; before the first one comes the
   * checksum of what there was. Answers whether more is left.
   */
  compactionWork(rowsMax: number): boolean {
    const { upcoming } = this.#compaction;
    if (upcoming !== undefined) {
      const rows = this.keyCount + upcoming.revision - upcoming.compactedRevision;
      if (this.#compactionHashes.work(this.space, upcoming, rows, rowsMax)) return true;
    }
    return this.#compaction.work(rowsMax);
  }

  /** Up to here compaction has deleted what it can; a physical compaction waits for it, and for a flush. */
  get finishedCompaction(): number {
    return this.#compaction.finishedRevision;
  }

  /**
   * Visits the changes from revision `from` to `to`, both included, whole revisions until there are `changesMax`
   * changes or some MiB of them. Answers the first revision not visited. Throws `ErrCompacted`.
   */
  history(from: number, to: number, changesMax: number, visit: (change: Change) => void): number {
    if (from < this.compactedRevision) throw new EtcdError(etcdErrors.ErrCompacted);
    return readHistory(this, from, Math.min(to, this.#revision), changesMax, visit);
  }

  /**
   * Begins a checksum of the history up to `revision`, 0 for all, to be taken in steps. Throws `ErrFutureRev` and
   * `ErrCompacted`.
   */
  hashKv(revision: number): HashKv {
    return new HashKv(this, revision);
  }

  /** The checksum that a compaction at exactly this revision took, if it is one of the last since the start. */
  hashOfCompaction(revision: number): HashKvResult | undefined {
    return this.#compactionHashes.at(revision);
  }

  /** The record of a key at the end of a revision; undefined where it did not live, or is compacted. */
  recordAt(key: ByteString, revision: number): Uint8Array | undefined {
    if (revision < this.compactedRevision) return undefined;
    const version = this.space.versionAt(key, revision);
    return version === undefined ? undefined : this.space.record(version);
  }

  /**
   * Hands everything written so far to the store as one batch. Answers false, having done nothing, while the one
   * before is being committed.
   */
  flush(committed?: () => void): boolean {
    if (this.overlay.isCommitting) return false;
    this.space.segments.save();
    if (this.#revision !== this.#savedRevision) {
      writeMeta(this.overlay, 'revision', this.#revision);
      this.#savedRevision = this.#revision;
    }
    return this.overlay.flush(committed);
  }
}
