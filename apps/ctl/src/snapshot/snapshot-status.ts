/**
 * What can be said of a snapshot file without restoring it. The whole file is read, so its structure is checked too.
 *
 * The number of live keys needs a set of them all, as in etcdutl: memory grows with their number.
 */
import { crc32c, decodeRecordKey, parseRevisionKey, type EtcdBucket } from '@concord/kv';
import { fromByteString, type ByteString } from '@concord/protocol';
import { BboltReader, type BboltLeaf } from '@concord/storage';

export interface SnapshotStatus {
  /** CRC-32C over the names of buckets, the keys and the values. */
  readonly hash: number;
  readonly revision: number;
  /** Live ones. */
  readonly totalKey: number;
  readonly totalSize: number;
  /** Of the storage format; empty for a snapshot of etcd before 3.6. */
  readonly version: string;
}

/** Throws `StorageError` for a file that is damaged, and `EtcdRowError` for a row that is not etcd's. */
export function snapshotStatus(path: string, databaseBytes: number): SnapshotStatus {
  const reader = new BboltReader(path, databaseBytes);
  try {
    const survey = new Survey();
    for (const leaf of reader.leaves()) survey.add(leaf);
    const { hash, revision, liveKeys, version } = survey;
    return { hash, revision, totalKey: liveKeys.size, totalSize: reader.sizeBytes, version };
  } finally {
    reader.close();
  }
}

class Survey {
  hash = 0;
  revision = 0;
  version = '';
  readonly liveKeys = new Set<ByteString>();
  #bucket: ByteString | undefined;

  add(leaf: BboltLeaf): void {
    if (leaf.bucket !== this.#bucket) this.hash = crc32c(fromByteString(leaf.bucket), this.hash);
    this.#bucket = leaf.bucket;
    for (let i = 0; i < leaf.count; i++) {
      const key = leaf.leafKey(i);
      const value = leaf.value(i);
      this.hash = crc32c(value, crc32c(fromByteString(key), this.hash));
      if (leaf.bucket === keyBucket) this.#addRevision(key, value);
      if (leaf.bucket === metaBucket && key === 'storageVersion') {
        this.version = new TextDecoder().decode(value);
      }
    }
  }

  #addRevision(row: ByteString, value: Uint8Array): void {
    const { main, isTombstone } = parseRevisionKey(row);
    this.revision = main;
    const key = decodeRecordKey(value);
    if (isTombstone) this.liveKeys.delete(key);
    else this.liveKeys.add(key);
  }
}

const keyBucket: EtcdBucket = 'key';
const metaBucket: EtcdBucket = 'meta';
