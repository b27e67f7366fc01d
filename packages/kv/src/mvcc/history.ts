/**
 * Changes as they are stored, for watchers that are behind: whole revisions in order, as much of them as fits.
 */
import type { ByteString } from '@concord/protocol';
import type { Change } from './change.ts';
import type { KeySpace } from './key-space.ts';
import { encodeDeletion, keyOfRecord, leaseOfRecord, versionOfRecord } from './record.ts';
import { isTombstoneKey, mainRevisionOf, revisionKey, subRevisionOf } from './revision-key.ts';

/** Bytes of records that one call reads at most, unless a single revision has more: large values make short slices. */
const HISTORY_BYTES_MAX = 1024 * 1024;

export interface HistoryReader {
  readonly space: KeySpace;
  recordAt(key: ByteString, revision: number): Uint8Array | undefined;
  leaseAt(key: ByteString, revision: number): bigint;
}

interface StoredRow {
  readonly key: ByteString;
  readonly record: Uint8Array;
}

/**
 * Visits the changes of the revisions from `from` to `to`, both included, and stops behind the revision that
 * brings their number to `changesMax`. Answers the first revision that was not visited: `to + 1` at the end.
 */
export function readHistory(
  reader: HistoryReader,
  from: number,
  to: number,
  changesMax: number,
  visit: (change: Change) => void,
): number {
  const range = { from: revisionKey(from, 0, false), to: revisionKey(to + 1, 0, false) };
  const rows: StoredRow[] = [];
  let bytes = 0;
  let revision = from;
  let next = to + 1;
  reader.space.overlay.scan('revisions', range, (key, value) => {
    const main = mainRevisionOf(key);
    if (main !== revision && (rows.length >= changesMax || bytes >= HISTORY_BYTES_MAX)) {
      next = main;
      return false;
    }
    revision = main;
    bytes += value.length;
    rows.push({ key, record: value.slice() });
    return true;
  });
  for (const row of rows) visit(new StoredChange(reader, row));
  return next;
}

class StoredChange implements Change {
  readonly kind: 'put' | 'delete';
  readonly key: ByteString;
  readonly revision: number;
  readonly subRevision: number;
  readonly record: Uint8Array;
  readonly lease: bigint;
  readonly isCreate: boolean;
  readonly #reader: HistoryReader;

  constructor(reader: HistoryReader, row: StoredRow) {
    const isDelete = isTombstoneKey(row.key);
    this.#reader = reader;
    this.kind = isDelete ? 'delete' : 'put';
    this.key = keyOfRecord(row.record);
    this.revision = mainRevisionOf(row.key);
    this.subRevision = subRevisionOf(row.key);
    this.record = isDelete ? encodeDeletion(this.key, this.revision) : row.record;
    this.lease = isDelete ? 0n : leaseOfRecord(row.record);
    this.isCreate = !isDelete && versionOfRecord(row.record) === 1;
  }

  get previousLease(): bigint {
    return this.#reader.leaseAt(this.key, this.revision - 1);
  }

  previous(): Uint8Array | undefined {
    return this.isCreate ? undefined : this.#reader.recordAt(this.key, this.revision - 1);
  }
}
