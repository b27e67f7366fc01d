/**
 * Changes as they are stored, for watchers that are behind: whole revisions in order, as much of them as fits.
 */
import type { ByteString } from '@concord/protocol';
import type { Change } from './change.ts';
import type { KeySpace } from './key-space.ts';
import type { KeyVersion } from './key-version.ts';
import { encodeDeletion, keyOfRecord, leaseOfRecord, versionOfRecord } from './record.ts';
import { isTombstoneKey, mainRevisionOf, revisionKey, subRevisionOf } from './revision-key.ts';
import { linkOf, recordOf } from './revision-row.ts';
import { versionBefore } from './version-chain.ts';

/** Bytes of records that one call reads at most, unless a single revision has more: large values make short slices. */
const HISTORY_BYTES_MAX = 1024 * 1024;

export interface HistoryReader {
  readonly space: KeySpace;
  /** Below it nothing can be read. */
  readonly compactedRevision: number;
}

interface StoredRow {
  readonly key: ByteString;
  readonly value: Uint8Array;
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
    rows.push({ key, value: value.slice() });
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
  readonly #before: KeyVersion | undefined;

  constructor(reader: HistoryReader, row: StoredRow) {
    const isDelete = isTombstoneKey(row.key);
    const record = recordOf(row.value);
    this.#reader = reader;
    this.#before = linkOf(row.value);
    this.kind = isDelete ? 'delete' : 'put';
    this.key = keyOfRecord(record);
    this.revision = mainRevisionOf(row.key);
    this.subRevision = subRevisionOf(row.key);
    this.record = isDelete ? encodeDeletion(this.key, this.revision) : record;
    this.lease = isDelete ? 0n : leaseOfRecord(record);
    this.isCreate = !isDelete && versionOfRecord(record) === 1;
  }

  get previousLease(): bigint {
    return this.#previousVersion()?.lease ?? 0n;
  }

  previous(): Uint8Array | undefined {
    const version = this.isCreate ? undefined : this.#previousVersion();
    return version === undefined ? undefined : this.#reader.space.record(version);
  }

  /** At the end of the revision before: a nested transaction may have changed the key twice in this one. */
  #previousVersion(): KeyVersion | undefined {
    const { space, compactedRevision } = this.#reader;
    if (this.revision - 1 < compactedRevision) return undefined;
    let version = this.#before;
    while (version?.modRevision === this.revision) version = versionBefore(space.overlay, version);
    return version?.isTombstone === true ? undefined : version;
  }
}
