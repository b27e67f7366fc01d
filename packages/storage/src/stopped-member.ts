/**
 * The data of a member that is not running, for whoever looks at it or tidies it up: found where a start would find it,
 * and locked for as long as that takes, so that no member starts meanwhile.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readApplied as readAppliedRow } from '@concord/kv';
import type { LogPosition } from '@concord/raft';
import { StorageError } from './errors.ts';
import type { FileSystem } from './file-system.ts';
import { readIdentity } from './identity-file.ts';
import { readStore, type StoreAccess } from './lmdb/closed-store.ts';
import type { StoreView } from './lmdb/store-view.ts';
import { NodeFileSystem } from './node-file-system.ts';
import { ProcessLock } from './process-lock.ts';
import { isInstalled, nextPath, type ReadApplied } from './snapshot/installation.ts';
import { readSnapshotPosition } from './wal/opening.ts';
import type { WalIdentity } from './wal/payload.ts';
import { listSegments, readWalIdentity } from './wal/recovery.ts';

/** Where the parts of a stopped member are. */
export interface StoppedMember {
  readonly memberDirectory: string;
  readonly walDirectory: string;
  readonly fileSystem: FileSystem;
  readonly identity: WalIdentity;
  /** The store that the next start serves. */
  readonly storeDirectory: string;
  /** A snapshot was being installed; the next start finishes that, and `storeDirectory` is what it brings. */
  readonly isBeingInstalled: boolean;
}

/** As `@concord/kv` stores it. */
export const readStateMachine: ReadApplied = (store) => readAppliedRow(store).position;

/**
 * Runs `use` while nobody can start the member of the data directory `path`. Throws `directory-locked` while it runs, and
 * `StorageError` for what is not the data of a member.
 *
 * @param walPath `--wal-dir`. Default `<data-dir>/member/wal`
 */
export function useStoppedMember<Result>(
  path: string,
  {
    walPath,
    readApplied = readStateMachine,
  }: { walPath?: string | undefined; readApplied?: ReadApplied },
  use: (member: StoppedMember) => Result,
): Result {
  const memberDirectory = join(resolve(path), 'member');
  if (!existsSync(memberDirectory)) throw missing(memberDirectory);
  const lock = ProcessLock.acquire(join(memberDirectory, 'lock'));
  const release = (): void => lock.release();
  let result: Result;
  try {
    result = use(locate(memberDirectory, walPath, readApplied));
  } catch (error) {
    release();
    throw error;
  }
  if (result instanceof Promise) return result.finally(release) as Result;
  release();
  return result;
}

function locate(
  memberDirectory: string,
  walPath: string | undefined,
  readApplied: ReadApplied,
): StoppedMember {
  const fileSystem = new NodeFileSystem();
  const walDirectory = resolve(walPath ?? join(memberDirectory, 'wal'));
  const files = { fileSystem, memberDirectory, databaseDirectory: join(memberDirectory, 'db') };
  const identity =
    readIdentity(join(memberDirectory, 'identity')) ?? identityOfLog(fileSystem, walDirectory);
  const restart = (): LogPosition | undefined =>
    readSnapshotPosition({ directory: walDirectory, fileSystem, identity });
  const isBeingInstalled = isInstalled(files, readApplied, restart, 'read');
  const storeDirectory = isBeingInstalled ? nextPath(files) : files.databaseDirectory;
  if (!existsSync(join(storeDirectory, 'data.mdb'))) throw missing(storeDirectory);
  return { memberDirectory, walDirectory, fileSystem, identity, storeDirectory, isBeingInstalled };
}

/** A member that was stopped between creating its log and its identity file is known by its log. */
function identityOfLog(fileSystem: FileSystem, walDirectory: string): WalIdentity {
  const segments = listSegments(fileSystem, walDirectory);
  if (segments === undefined) throw missingLog(walDirectory);
  return readWalIdentity(fileSystem, walDirectory, segments);
}

/** Reads the store of a stopped member, every page of which was looked at before. Throws `StorageError`. */
export function readStoppedStore<Result>(
  { storeDirectory }: StoppedMember,
  read: (view: StoreView) => Result,
  access: StoreAccess = 'read',
): Result {
  return readStore({ directory: storeDirectory, access, origin: 'suspect' }, read);
}

function missing(path: string): StorageError {
  return new StorageError({
    code: 'directory-inaccessible',
    path,
    found: 'nothing',
    expected: 'the data of a member that has run before',
    remedy: 'Name the --data-dir that the member was started with.',
  });
}

function missingLog(directory: string): StorageError {
  return new StorageError({
    code: 'wal-mismatch',
    path: directory,
    found: 'no log',
    expected: 'the segments of a log',
    remedy: 'Name the directory that holds the files that end in .wal.',
  });
}
