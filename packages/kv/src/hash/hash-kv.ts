/**
 * HashKV: a checksum over the history up to a revision that members, of etcd and of ours, can compare. CRC-32C over
 * the name of etcd's bucket, then of each change the row key as etcd stores it and the record.
 *
 * Of the rows up to the compacted revision only those count that hold the newest value of a key that lives at the
 * end: what compaction has deleted must not matter, nor what it has yet to delete. With etcd's exception that where
 * no key lives at the end, all of them count that compaction leaves. A tombstone never does: releases of etcd differ
 * in whether they keep the one exactly at the compacted revision.
 */
import { ALL_KEYS, EtcdError, etcdErrors } from '@concord/protocol';
import type { ByteString } from '@concord/protocol';
import { NEVER_COMPACTED } from '../mvcc/compaction.ts';
import type { KeySpace } from '../mvcc/key-space.ts';
import { keyOfRecord } from '../mvcc/record.ts';
import {
  etcdRevisionKey,
  isTombstoneKey,
  mainRevisionOf,
  revisionKey,
  subRevisionOf,
} from '../mvcc/revision-key.ts';
import { recordOf } from '../mvcc/revision-row.ts';
import { crc32c } from './crc32c.ts';

/** The name of the bucket that etcd keeps revisions in: "key". */
const BUCKET_NAME = Uint8Array.of(0x6b, 0x65, 0x79);
/** etcd's row key: two numbers of 8 bytes, `_` between them and perhaps `t` behind. */
const ETCD_KEY_BYTES_MAX = 18;

export interface HashKvResult {
  /** CRC-32C, unsigned. */
  readonly hash: number;
  /** The revision that the sum goes up to. */
  readonly hashRevision: number;
  /** What history is missing below; `NEVER_COMPACTED` for nothing. */
  readonly compactedRevision: number;
}

export interface HashedStore {
  readonly space: KeySpace;
  readonly revision: number;
  readonly compactedRevision: number;
}

interface Row {
  readonly key: ByteString;
  readonly record: Uint8Array;
}

/**
 * What a sum is for. A compaction keeps the tombstone exactly at its revision: one there counts for a key that lives.
 */
export type HashPurpose = 'for-asking' | 'for-compaction';

/** A sum in the making. The store may change between its steps. */
export class HashKv {
  readonly #store: HashedStore;
  readonly #revision: number;
  readonly #purpose: HashPurpose;
  readonly #keyBytes = new Uint8Array(ETCD_KEY_BYTES_MAX);
  #compactedRevision = NEVER_COMPACTED;
  /** The values of this revision are what counts of the rows up to the compacted one. */
  #keptAt = 0;
  #cursor: ByteString = '';
  #sum = 0;

  /**
   * Throws `ErrFutureRev` and `ErrCompacted`.
   *
   * @param revision where the sum ends; 0 for the newest. Below 0 lies nothing, and no error either, as in etcd
   */
  constructor(store: HashedStore, revision: number, purpose: HashPurpose = 'for-asking') {
    if (revision > store.revision) throw new EtcdError(etcdErrors.ErrFutureRev);
    this.#store = store;
    this.#purpose = purpose;
    this.#revision = revision === 0 ? store.revision : revision;
    this.#start();
  }

  /**
   * Folds in up to `rowsMax` rows. Answers the result at the end, `undefined` before. Begins anew where a compaction
   * was scheduled meanwhile; throws `ErrCompacted` where that was above the revision.
   */
  step(rowsMax: number): HashKvResult | undefined {
    if (this.#compactedRevision !== this.#store.compactedRevision) this.#start();
    const rows: Row[] = [];
    const end = Math.max(0, this.#revision + 1);
    const range = { from: this.#cursor, to: revisionKey(end, 0, false) };
    this.#store.space.overlay.scan('revisions', range, (key, value) => {
      if (rows.length === rowsMax) return false;
      rows.push({ key, record: recordOf(value).slice() });
      return true;
    });
    for (const row of rows) if (this.#counts(row)) this.#fold(row);
    const last = rows[rows.length - 1];
    if (last !== undefined && rows.length === rowsMax) {
      this.#cursor = `${last.key}\0`;
      return undefined;
    }
    return {
      hash: this.#sum,
      hashRevision: this.#revision,
      compactedRevision: this.#compactedRevision,
    };
  }

  #start(): void {
    const { compactedRevision, space } = this.#store;
    if (this.#revision > 0 && this.#revision < compactedRevision) {
      throw new EtcdError(etcdErrors.ErrCompacted);
    }
    this.#compactedRevision = compactedRevision;
    this.#keptAt = this.#isAnyKept(space) ? this.#revision : compactedRevision;
    this.#cursor = '';
    this.#sum = crc32c(BUCKET_NAME);
  }

  /** Whether compaction at the revision would leave anything of what lies below it. */
  #isAnyKept(space: KeySpace): boolean {
    if (this.#revision <= 0) return false;
    let kept = 0;
    const found = (): false => {
      kept++;
      return false;
    };
    space.scanAt(ALL_KEYS, this.#revision, found);
    if (kept > 0 || this.#purpose === 'for-asking') return kept > 0;
    const own = {
      from: revisionKey(this.#revision, 0, false),
      to: revisionKey(this.#revision + 1, 0, false),
    };
    space.overlay.scan('revisions', own, (row) => !isTombstoneKey(row) || found());
    return kept > 0;
  }

  #counts({ key, record }: Row): boolean {
    const main = mainRevisionOf(key);
    if (main > this.#compactedRevision) return true;
    if (isTombstoneKey(key)) return false;
    const newest = this.#store.space.versionAt(keyOfRecord(record), this.#keptAt);
    return newest?.modRevision === main && newest.subRevision === subRevisionOf(key);
  }

  #fold({ key, record }: Row): void {
    const text = etcdRevisionKey(key);
    for (let i = 0; i < text.length; i++) this.#keyBytes[i] = text.charCodeAt(i);
    this.#sum = crc32c(record, crc32c(this.#keyBytes.subarray(0, text.length), this.#sum));
  }
}
