/**
 * Checks everything durable of one member after it has stopped, through the decoders that it is opened with, and
 * changes nothing but the lock: the log's chain, every page and row of the store, that its tables agree with each other,
 * and that the log goes on where the store ends.
 */
import { join } from 'node:path';
import { findDisagreement } from '@concord/kv';
import { assert, type HardState, type LogPosition } from '@concord/raft';
import { StorageError } from './errors.ts';
import { rejoinRemedy } from './lmdb/opening.ts';
import type { StoreView } from './lmdb/store-view.ts';
import { verifyRows, type RowCounts } from './lmdb/verification.ts';
import type { ReadApplied } from './snapshot/installation.ts';
import {
  readStateMachine,
  readStoppedStore,
  useStoppedMember,
  type StoppedMember,
} from './stopped-member.ts';
import { readLog } from './wal/opening.ts';
import type { WalIdentity } from './wal/payload.ts';
import { verifyWal, type WalReport } from './wal/verification.ts';

export interface VerifyMemberOptions {
  /** `--wal-dir`. Default `<data-dir>/member/wal`. */
  readonly walPath?: string;
  /** Default: as `@concord/kv` stores it, and then its tables are compared with each other, too. */
  readonly readApplied?: ReadApplied;
}

/** What the store holds. */
export interface StoreReport {
  readonly applied: LogPosition;
  readonly keys: RowCounts;
}

/** How the log goes on from the store. */
export interface ReplayReport {
  readonly hardState: HardState;
  /** Entries behind what the store has applied, which a start replays. */
  readonly entriesToReplay: number;
}

/** Each part is sound, or has a fault of its own; `replay` is left out where either of the others has one. */
export interface MemberChecks {
  readonly identity: WalIdentity;
  readonly wal: WalReport | StorageError;
  readonly store: StoreReport | StorageError;
  readonly replay: ReplayReport | StorageError | undefined;
  /** A snapshot was being installed; the next start finishes that, and the report is of its content. */
  readonly isBeingInstalled: boolean;
}

export interface MemberReport extends StoreReport, ReplayReport {
  readonly wal: WalReport;
  readonly isBeingInstalled: boolean;
}

/**
 * Verifies the data directory `path` of a member that is not running. Throws `StorageError` where opening would, and for
 * any damage that opening would find only when it reads the row.
 */
export function verifyMember(path: string, options: VerifyMemberOptions = {}): MemberReport {
  const { wal, store, replay, isBeingInstalled } = checkMember(path, options);
  if (wal instanceof StorageError) throw wal;
  if (store instanceof StorageError) throw store;
  if (replay instanceof StorageError) throw replay;
  assert(replay !== undefined, 'a log and a store that are sound are compared');
  return { wal, ...store, ...replay, isBeingInstalled };
}

/**
 * The same, and says of each part whether it is sound. Throws `StorageError` alone for what cannot be looked at: a
 * directory that is missing, in use, or not a member's.
 */
export function checkMember(path: string, options: VerifyMemberOptions = {}): MemberChecks {
  return useStoppedMember(path, options, (member) => {
    const { identity, isBeingInstalled } = member;
    const wal = attempt(() => verifyWal(member.fileSystem, member.walDirectory));
    const store = attempt(() => checkStore(member, options.readApplied ?? readStateMachine));
    const isSound = !(wal instanceof StorageError || store instanceof StorageError);
    const replay = isSound ? attempt(() => checkReplay(member, store)) : undefined;
    return { identity, wal, store, replay, isBeingInstalled };
  });
}

function checkStore(member: StoppedMember, readApplied: ReadApplied): StoreReport {
  return readStoppedStore(member, (view) => {
    const keys = verifyRows(view, member.storeDirectory);
    if (readApplied === readStateMachine) assertAgreement(view, member.storeDirectory);
    return { applied: readApplied(view), keys };
  });
}

function checkReplay(
  { walDirectory: directory, fileSystem, identity }: StoppedMember,
  { applied }: StoreReport,
): ReplayReport {
  const { hardState, lastIndex } = readLog({ directory, fileSystem, identity, applied });
  return { hardState, entriesToReplay: Math.max(0, lastIndex - applied.index) };
}

function attempt<Report>(check: () => Report): Report | StorageError {
  try {
    return check();
  } catch (error) {
    if (error instanceof StorageError) return error;
    throw error;
  }
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
