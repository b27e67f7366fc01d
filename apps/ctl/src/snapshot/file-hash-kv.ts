/**
 * HashKV of a snapshot file, equal to what a server that was restored from it answers: CRC-32C over the name of the
 * bucket `key`, then over row key and record of each change up to a revision. Of the changes up to the compacted
 * revision only those count that hold the newest value of a key that lives at the end; a tombstone never does.
 *
 * Of each key that the compaction has left something of, the newest change is in memory, as in etcdutl.
 */
import { crc32c, decodeRecordKey, parseRevisionKey, type EtcdBucket } from '@concord/kv';
import {
  EtcdError,
  etcdErrors,
  fromByteString,
  toByteString,
  type ByteString,
} from '@concord/protocol';
import { BboltReader } from '@concord/storage';
import type { HashKvReport } from './hash-kv-printer.ts';

const keyBucket: EtcdBucket = 'key';
const metaBucket: EtcdBucket = 'meta';
const compactionKeys = ['scheduledCompactRev', 'finishedCompactRev'];

/** etcd's, of a store that was never compacted. */
const neverCompacted = -1;
const firstRevision = 1;

/** Throws `StorageError`, `EtcdRowError`, and `EtcdError` for a revision that is compacted or still to come. */
export function hashKvOfFile(path: string, databaseBytes: number, revision: number): HashKvReport {
  const file = { path, databaseBytes };
  const { latest, compacted } = surveyed(file);
  if (revision > latest) throw new EtcdError(etcdErrors.ErrFutureRev);
  if (revision > 0 && revision < compacted) throw new EtcdError(etcdErrors.ErrCompacted);
  const end = revision === 0 ? latest : revision;
  const isCompacted = compacted !== neverCompacted;
  let newest = isCompacted ? newestAt(file, end, compacted) : new Map<ByteString, ByteString>();
  // Where no key lives at the end, all of them count that compaction leaves.
  if (isCompacted && newest.size === 0) newest = newestAt(file, compacted, compacted);
  let sum = crc32c(fromByteString(keyBucket));
  for (const { row, main, isTombstone, record } of changes(file)) {
    if (main > end) break;
    const isKept = main > compacted || (!isTombstone && newest.get(keyOf(record)) === row);
    if (isKept) sum = crc32c(record, crc32c(fromByteString(row), sum));
  }
  return { hash: sum, hashRevision: end, compactRevision: compacted };
}

interface File {
  readonly path: string;
  readonly databaseBytes: number;
}

interface Change {
  /** Its row key. */
  readonly row: ByteString;
  readonly main: number;
  readonly isTombstone: boolean;
  /** Valid until the next one. */
  readonly record: Uint8Array;
}

const keyOf = (record: Uint8Array): ByteString => decodeRecordKey(record);

/** The last revision, and the compacted one. */
function surveyed({ path, databaseBytes }: File): { latest: number; compacted: number } {
  let latest = firstRevision;
  let compacted = neverCompacted;
  const reader = new BboltReader(path, databaseBytes);
  try {
    for (const { bucket, count, leafKey, value } of reader.leaves()) {
      if (bucket === keyBucket && count > 0) latest = parseRevisionKey(leafKey(count - 1)).main;
      for (let i = 0; bucket === metaBucket && i < count; i++) {
        if (!compactionKeys.includes(leafKey(i))) continue;
        compacted = Math.max(compacted, parseRevisionKey(toByteString(value(i))).main);
      }
    }
  } finally {
    reader.close();
  }
  return { latest: Math.max(latest, compacted), compacted };
}

/** Of the keys that live at a revision and were changed last up to the compacted one: the row of that change. */
function newestAt(file: File, revision: number, compacted: number): Map<ByteString, ByteString> {
  const newest = new Map<ByteString, ByteString>();
  for (const { row, main, isTombstone, record } of changes(file)) {
    if (main > revision) break;
    // Later changes count by themselves; that there are some means that older ones do not.
    if (isTombstone) newest.delete(keyOf(record));
    else newest.set(keyOf(record), main > compacted ? '' : row);
  }
  return newest;
}

function* changes({ path, databaseBytes }: File): Generator<Change, void> {
  const reader = new BboltReader(path, databaseBytes);
  try {
    for (const leaf of reader.leaves()) {
      if (leaf.bucket > keyBucket) return;
      for (let i = 0; leaf.bucket === keyBucket && i < leaf.count; i++) {
        const row = leaf.leafKey(i);
        const record = leaf.value(i);
        // A revision without a change is what `--bump-revision` of etcdutl leaves behind.
        if (record.length > 0) yield { row, ...parseRevisionKey(row), record };
      }
    }
  } finally {
    reader.close();
  }
}
