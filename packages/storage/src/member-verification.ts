/**
 * Checks everything durable of one member after it has stopped, through the decoders that it is opened with, and
 * changes nothing but the lock: the log's chain, every page and row of the store, that its tables agree with each other,
 * and that the log goes on where the store ends.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findDisagreement, readApplied as readAppliedRow } from '@concord/kv';
import type { HardState, LogPosition } from '@concord/raft';
import { StorageError } from './errors.ts';
import { readIdentity } from './identity-file.ts';
import { readStore, type ClosedStore } from './lmdb/closed-store.ts';
import { rejoinRemedy } from './lmdb/opening.ts';
import type { StoreView } from './lmdb/store-view.ts';
import { verifyRows, type RowCounts } from './lmdb/verification.ts';
import { NodeFileSystem } from './node-file-system.ts';
import { ProcessLock } from './process-lock.ts';
import { isInstalled, nextPath, type ReadApplied } from './snapshot/installation.ts';
import { readLog, readSnapshotPosition } from './wal/opening.ts';
import { verifyWal, type WalReport } from './wal/verification.ts';

export interface VerifyMemberOptions {
  /** `--wal-dir`. Default `<data-dir>/member/wal`. */
  readonly walPath?: string;
  /** Default: as `@concord/kv` stores it, and then its tables are compared with each other, too. */
  readonly readApplied?: ReadApplied;
}

export interface MemberReport {
  readonly wal: WalReport;
  readonly hardState: HardState;
  /** What the store holds. */
  readonly applied: LogPosition;
  /** Entries behind `applied`, which a start replays. */
  readonly entriesToReplay: number;
  readonly keys: RowCounts;
  /** A snapshot was being installed; the next start finishes that, and the report is of its content. */
  readonly isBeingInstalled: boolean;
}

/**
 * Verifies the data directory `path` of a member that is not running. Throws `StorageError` where opening would, and for
 * any damage that opening would find only when it reads the row.
 */
export function verifyMember(path: string, options: VerifyMemberOptions = {}): MemberReport {
  const memberDirectory = join(resolve(path), 'member');
  if (!existsSync(memberDirectory)) throw missing(memberDirectory);
  const lock = ProcessLock.acquire(join(memberDirectory, 'lock'));
  try {
    return verify(memberDirectory, options);
  } finally {
    lock.release();
  }
}

function verify(memberDirectory: string, options: VerifyMemberOptions): MemberReport {
  const { readApplied = readStateMachine } = options;
  const fileSystem = new NodeFileSystem();
  const directory = resolve(options.walPath ?? join(memberDirectory, 'wal'));
  const files = { fileSystem, memberDirectory, databaseDirectory: join(memberDirectory, 'db') };
  const wal = verifyWal(fileSystem, directory);
  // Another member's log is refused by the reading of it.
  const identity = readIdentity(join(memberDirectory, 'identity')) ?? wal.identity;
  const log = { directory, fileSystem, identity };
  const restart = (): LogPosition | undefined => readSnapshotPosition(log);
  const isBeingInstalled = isInstalled(files, readApplied, restart, 'read');
  const store = isBeingInstalled ? nextPath(files) : files.databaseDirectory;
  if (!existsSync(join(store, 'data.mdb'))) throw missing(store);
  const closed: ClosedStore = { directory: store, access: 'read', origin: 'suspect' };
  const { applied, keys } = readStore(closed, (view) => {
    const counts = verifyRows(view, store);
    if (readApplied === readStateMachine) assertAgreement(view, store);
    return { applied: readApplied(view), keys: counts };
  });
  const { hardState, lastIndex } = readLog({ ...log, applied });
  const entriesToReplay = Math.max(0, lastIndex - applied.index);
  return { wal, hardState, applied, entriesToReplay, keys, isBeingInstalled };
}

/** Every row is what was written; here, whether all of them are of one moment. */
function assertAgreement(view: StoreView, directory: string): void {
  const disagreement = findDisagreement(view);
  if (disagreement === undefined) return;
  throw new StorageError({
    code: 'store-corrupt',
    path: join(directory, 'data.mdb'),
    found: disagreement,
    expected: 'tables that agree with each other',
    remedy: rejoinRemedy,
  });
}

const readStateMachine: ReadApplied = (store) => readAppliedRow(store).position;

function missing(path: string): StorageError {
  return new StorageError({
    code: 'directory-inaccessible',
    path,
    found: 'nothing',
    expected: 'the data of a member that has run before',
    remedy: 'Name the --data-dir that the member was started with.',
  });
}
