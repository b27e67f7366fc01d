/** A snapshot as the base of a restoration from an archive: which entry of the log it ends with, and whose log that is. */
import { etcdMetaKeys, parseRevisionKey, readEtcdMember, readEtcdNumber } from '@concord/kv';
import { toByteString } from '@concord/protocol';
import type { LogPosition } from '@concord/raft';
import { BboltReader, type BboltLeaf } from '../bbolt/bbolt-reader.ts';
import { StorageError } from '../errors.ts';
import type { SnapshotFile } from '../etcd-snapshot/snapshot-file.ts';

export interface BaseSnapshot {
  readonly path: string;
  /** The last entry whose effects are in it. */
  readonly position: LogPosition;
  readonly revision: number;
  /** Of the cluster when it was taken. */
  readonly memberIds: ReadonlySet<bigint>;
}

/** Of an empty store. */
const firstRevision = 1;

/**
 * Reads the whole file, so its structure is checked too; its digest is the caller's to check. Throws `StorageError`, and
 * `EtcdRowError` for a row that is not etcd's.
 */
export function readBaseSnapshot({ path, databaseBytes }: SnapshotFile): BaseSnapshot {
  const reader = new BboltReader(path, databaseBytes);
  const survey = new Survey();
  try {
    for (const leaf of reader.leaves()) survey.add(leaf);
  } finally {
    reader.close();
  }
  const { index, term, revision, memberIds } = survey;
  if (index > 0 && term > 0) return { path, position: { index, term }, revision, memberIds };
  throw new StorageError({
    code: 'snapshot-unsupported',
    path,
    found: 'a snapshot that does not say which entry of the log it ends with',
    expected: 'one that can be the base of an archive',
    remedy: 'Use one that a member of the archived cluster gave: concordctl snapshot save FILE.',
  });
}

class Survey {
  index = 0;
  term = 0;
  revision = firstRevision;
  readonly memberIds = new Set<bigint>();

  add(leaf: BboltLeaf): void {
    if (leaf.bucket === 'key' && leaf.count > 0) this.#reach(leaf.leafKey(leaf.count - 1));
    for (let i = 0; leaf.bucket === 'members' && i < leaf.count; i++) {
      this.memberIds.add(readEtcdMember(leaf.leafKey(i), undefined).ID);
    }
    for (let i = 0; leaf.bucket === 'meta' && i < leaf.count; i++) {
      this.#addMeta(leaf.leafKey(i), leaf.value(i));
    }
  }

  #addMeta(key: string, value: Uint8Array): void {
    if (key === etcdMetaKeys.consistentIndex) this.index = readEtcdNumber(value);
    if (key === etcdMetaKeys.term) this.term = readEtcdNumber(value);
    // Of the newest revision nothing may be left but that it was compacted.
    if (key === etcdMetaKeys.scheduledCompaction) this.#reach(toByteString(value));
  }

  #reach(row: string): void {
    this.revision = Math.max(this.revision, parseRevisionKey(row).main);
  }
}
