export { planArchivePruning, pruneArchive } from './archive/archive-pruning.ts';
export type { ArchivePruning } from './archive/archive-pruning.ts';
export { ArchiveReader } from './archive/archive-reader.ts';
export type { ArchiveEnd } from './archive/archive-reader.ts';
export { archiveStatus } from './archive/archive-status.ts';
export type { ArchiveStatus, ArchivedStretch } from './archive/archive-status.ts';
export { readBaseSnapshot } from './archive/base-snapshot.ts';
export type { BaseSnapshot } from './archive/base-snapshot.ts';
export type { ArchiveReplay, ReplayReport, ReplayTarget } from './archive/archive-replay.ts';
export { LogArchive } from './archive/log-archive.ts';
export type { ArchiveProgress, LogArchiveOptions } from './archive/log-archive.ts';
export type { Mark } from './archive/mark.ts';
export { BboltReader } from './bbolt/bbolt-reader.ts';
export type { BboltLeaf } from './bbolt/bbolt-reader.ts';
export { DataDirectory } from './data-directory.ts';
export type { DataDirectoryOptions } from './data-directory.ts';
export { defragmentMember } from './defragmentation.ts';
export type { DefragmentationReport } from './defragmentation.ts';
export { StorageError } from './errors.ts';
export type { StorageErrorCode, StorageErrorDetails } from './errors.ts';
export { isRestorable, restoreMember } from './etcd-snapshot/restoration.ts';
export type { RestorationOptions, RestorationReport } from './etcd-snapshot/restoration.ts';
export { digestOf, openSnapshotFile } from './etcd-snapshot/snapshot-file.ts';
export type { SnapshotFile } from './etcd-snapshot/snapshot-file.ts';
export { writeEtcdSnapshot } from './etcd-snapshot/snapshot-writer.ts';
export type { SnapshotPiece } from './etcd-snapshot/snapshot-writer.ts';
export type { Access, Done, FileSystem, OpenFile } from './file-system.ts';
export { readIdentity } from './identity-file.ts';
export { clusterId, formatId, memberId } from './identity.ts';
export type { Identity } from './identity.ts';
export { LmdbStore } from './lmdb/lmdb-store.ts';
export type { LmdbStoreOptions } from './lmdb/lmdb-store.ts';
export type { StoreView } from './lmdb/store-view.ts';
export { closeMemberStorage, openMemberStorage } from './member-storage.ts';
export type { MemberStorage, MemberStorageOptions } from './member-storage.ts';
export type { ReadApplied } from './snapshot/installation.ts';
export { checkMember, verifyMember } from './member-verification.ts';
export type { MemberChecks, MemberReport, VerifyMemberOptions } from './member-verification.ts';
export { readStoppedStore, useStoppedMember } from './stopped-member.ts';
export type { StoppedMember } from './stopped-member.ts';
export { MemberSnapshots } from './snapshot/member-snapshots.ts';
export type {
  IncomingSnapshot,
  InterruptedSnapshot,
  SnapshotSink,
  SnapshotSource,
} from './snapshot/transfer.ts';
export { NodeFileSystem } from './node-file-system.ts';
export { createWal } from './wal/creation.ts';
export { hasWal, openWal, readSnapshotPosition } from './wal/opening.ts';
export type { OpenedWal, OpenWalOptions } from './wal/opening.ts';
export type { WalIdentity } from './wal/payload.ts';
export { findSegments, walkRecords } from './wal/record-walk.ts';
export type { LoggedContent, LoggedRecord, WalkEnd } from './wal/record-walk.ts';
export type { SegmentName } from './wal/segment.ts';
export { verifyWal } from './wal/verification.ts';
export type { WalReport } from './wal/verification.ts';
export { defaultSegmentBytes, Wal } from './wal/wal.ts';
export type { WalOptions } from './wal/wal.ts';
