/**
 * Everything durable of one member, opened in the order that makes a crash at any point harmless: the
 * store first, because it alone knows what has been applied, then the log from there on.
 *
 * A new member gets its log before its identity file, so a directory that names a member always has its log;
 * a log that has gone missing is refused instead of begun anew.
 */
import type { Entry, HardState, LogPosition } from '@concord/raft';
import type { DataDirectory } from './data-directory.ts';
import { LmdbStore } from './lmdb/lmdb-store.ts';
import { incomingPath, recoverInstallation, type ReadApplied } from './snapshot/installation.ts';
import { recoverIncoming } from './snapshot/interrupted-snapshot.ts';
import { MemberSnapshots } from './snapshot/member-snapshots.ts';
import { createWal } from './wal/creation.ts';
import { hasWal, openWal, readSnapshotPosition, type OpenedWal } from './wal/opening.ts';
import type { WalIdentity } from './wal/payload.ts';
import type { Wal, WalOptions } from './wal/wal.ts';

export interface MemberStorageOptions {
  readonly directory: DataDirectory;
  /** Who this member is; must be whom the directory names, when it names anyone. */
  readonly identity: WalIdentity;
  readonly readApplied: ReadApplied;
  /** A write, sync or commit has failed: the member must stop at once. */
  readonly onFailure: (error: Error) => void;
  /** Default 64 MiB. */
  readonly segmentBytes?: number;
  /** How many applied entries come back as well, for members that lag behind. Default 0. */
  readonly entriesKept?: number;
}

export interface MemberStorage {
  readonly store: LmdbStore;
  readonly wal: Wal;
  /** What is held for other members, and taken in from them. */
  readonly snapshots: MemberSnapshots;
  /** Whether the member starts for the first time. */
  readonly isNew: boolean;
  readonly hardState: HardState;
  /** What the store holds. */
  readonly applied: LogPosition;
  /** The position that the first of `entries` follows; `applied` unless entries were kept before it. */
  readonly base: LogPosition;
  /** What is to be replayed (after `applied`), and before it what was asked to be kept. */
  readonly entries: readonly Entry[];
  /** Bytes of an interrupted, never acknowledged write that were cleared from the log. */
  readonly repairedBytes: number;
}

/** Throws `StorageError` when anything on disk does not fit together. */
export function openMemberStorage(options: MemberStorageOptions): MemberStorage {
  const { directory, identity, onFailure, readApplied, segmentBytes, entriesKept } = options;
  const { fileSystem, walDirectory } = directory;
  directory.assertBelongsTo(identity);
  const walOptions = {
    directory: walDirectory,
    fileSystem,
    identity,
    onFailure,
    ...(segmentBytes === undefined ? {} : { segmentBytes }),
  };
  recoverInstallation(directory, readApplied, () => readSnapshotPosition(walOptions));
  const interrupted = recoverIncoming(incomingPath(directory));
  const store = new LmdbStore({ directory: directory.databaseDirectory, onFailure });
  try {
    const applied = readApplied(store);
    const isNew = directory.identity === undefined && !hasWal(fileSystem, walDirectory);
    const opened = isNew
      ? beginLog(walOptions, applied)
      : openWal({ ...walOptions, applied, ...(entriesKept === undefined ? {} : { entriesKept }) });
    directory.claim(identity);
    const { wal } = opened;
    const snapshots = new MemberSnapshots({
      files: directory,
      store,
      wal,
      readApplied,
      interrupted,
    });
    return { store, snapshots, isNew, applied, ...opened };
  } catch (error) {
    store.close(() => {});
    throw error;
  }
}

function beginLog(options: WalOptions, applied: LogPosition): OpenedWal {
  return {
    wal: createWal(options, applied),
    hardState: { term: applied.term, votedFor: 0n, commit: applied.index },
    base: applied,
    entries: [],
    repairedBytes: 0,
  };
}

/** Closes log and store once everything is durable, then lets go of the directory. */
export function closeMemberStorage(
  { snapshots, store, wal }: Pick<MemberStorage, 'snapshots' | 'store' | 'wal'>,
  directory: DataDirectory,
  closed: () => void,
): void {
  snapshots.close(() => {
    wal.close(() => {
      store.close(() => {
        directory.fileSystem.close();
        directory.close();
        closed();
      });
    });
  });
}
