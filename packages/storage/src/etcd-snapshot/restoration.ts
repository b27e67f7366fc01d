/**
 * A data directory for a member of a new cluster, from a snapshot that etcd's tools, or ours, have saved, and from the
 * archive of a log what came behind it.
 *
 * Invariant: the directory has no `member` until everything in it is durable and whole. It is made in `.restore` beside
 * it and renamed, so that it works where the data directory is a mounted disk; what an interrupted restoration
 * left there is removed by the next.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  EtcdImport,
  EtcdRowError,
  foundCluster,
  readApplied,
  type EtcdImportReport,
} from '@concord/kv';
import type { Member } from '@concord/protocol';
import { replayArchive, type ArchiveReplay, type ReplayReport } from '../archive/archive-replay.ts';
import { BboltReader, type BboltLeaf } from '../bbolt/bbolt-reader.ts';
import { DataDirectory } from '../data-directory.ts';
import { StorageError } from '../errors.ts';
import { LmdbStore } from '../lmdb/lmdb-store.ts';
import { closeMemberStorage, openMemberStorage } from '../member-storage.ts';
import { syncDirectory } from '../sync-directory.ts';
import type { WalIdentity } from '../wal/payload.ts';
import type { SnapshotFile } from './snapshot-file.ts';

export interface RestorationOptions {
  readonly snapshot: SnapshotFile;
  /** What is replayed behind the snapshot; nothing by default. */
  readonly archive?: ArchiveReplay;
  /** Missing, or empty. */
  readonly dataDirectory: string;
  /** Missing. Default `<data-dir>/member/wal`. */
  readonly walDirectory?: string;
  readonly identity: WalIdentity;
  /** All members of the new cluster, the same ones in the restoration of each. */
  readonly members: readonly Member[];
  /** By how much the revision is raised, and all below it marked as compacted; 0 for neither. */
  readonly revisionBump: number;
  /** Whether users and roles are left behind: then authentication is off. */
  readonly isAuthDropped: boolean;
}

/** What the member starts with, and how far the archive led where there was one. */
export interface RestorationReport extends EtcdImportReport {
  readonly replay?: ReplayReport;
}

/** In the data directory while it is being made. */
const partName = '.restore';
/** Attached between two looks at how much has gathered. */
const attachedKeysMax = 10_000;
const restoredTerm = 1;

/** Whether there is nothing that a restoration would overwrite. */
export function isRestorable(dataDirectory: string): boolean {
  if (!existsSync(dataDirectory)) return true;
  try {
    return readdirSync(dataDirectory).every((name) => name === partName);
  } catch {
    return false;
  }
}

/** Throws `StorageError`; then the directory is as it was. */
export async function restoreMember(options: RestorationOptions): Promise<RestorationReport> {
  const { walDirectory } = options;
  const target = resolve(options.dataDirectory);
  const part = join(target, partName);
  const isNew = !existsSync(target);
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true, mode: 0o700 });
  try {
    const report = await fill(part, options);
    renameSync(join(part, 'member'), join(target, 'member'));
    rmSync(part, { recursive: true, force: true });
    syncDirectory(target);
    syncDirectory(dirname(target));
    return report;
  } catch (error) {
    rmSync(isNew ? target : part, { recursive: true, force: true });
    if (walDirectory !== undefined) rmSync(walDirectory, { recursive: true, force: true });
    throw error;
  }
}

async function fill(part: string, options: RestorationOptions): Promise<RestorationReport> {
  const { identity, walDirectory } = options;
  const { promise: failed, reject: onFailure } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  const orFailed = <T>(work: Promise<T>): Promise<T> => Promise.race([work, failed]);
  const directory = DataDirectory.open({
    path: part,
    ...(walDirectory !== undefined && { walPath: walDirectory }),
  });
  try {
    const store = new LmdbStore({ directory: directory.databaseDirectory, onFailure });
    const closeStore = (): Promise<void> => new Promise((closed) => store.close(closed));
    const report = await orFailed(fillStore(store, options)).finally(() => orFailed(closeStore()));
    // The log begins behind the content: whoever joins later needs a snapshot of it, and not an empty log.
    const readPosition = (rows: Parameters<typeof readApplied>[0]) => readApplied(rows).position;
    const storage = openMemberStorage({
      directory,
      identity,
      readApplied: readPosition,
      onFailure,
    });
    await orFailed(new Promise<void>((closed) => closeMemberStorage(storage, directory, closed)));
    return report;
  } catch (error) {
    directory.close();
    throw error;
  }
}

async function fillStore(
  store: LmdbStore,
  options: RestorationOptions,
): Promise<RestorationReport> {
  const { archive, members, revisionBump, isAuthDropped } = options;
  // As etcd counts it: the entries that would have made each member one.
  const position = { index: members.length, term: restoredTerm };
  let report: RestorationReport;
  if (archive === undefined) {
    const content = await importRows(store, options, { takesAuth: !isAuthDropped });
    report = content.finish({ position, revisionBump });
    await saved(content);
  } else {
    const content = await importRows(store, options, { isReplayed: true });
    const { unknownBuckets } = content.finish({ position: content.position, revisionBump: 0 });
    await saved(content);
    const end = { position, revisionBump, isAuthDropped };
    report = { ...(await replayArchive(store, archive, end)), unknownBuckets };
  }
  await new Promise<void>((founded) => foundCluster(store, members, founded));
  return report;
}

const saved = (content: EtcdImport): Promise<void> =>
  new Promise((stored) => content.store(stored));

async function importRows(
  store: LmdbStore,
  { snapshot }: RestorationOptions,
  options: ConstructorParameters<typeof EtcdImport>[1],
): Promise<EtcdImport> {
  const content = new EtcdImport(store, options);
  const reader = new BboltReader(snapshot.path, snapshot.databaseBytes);
  try {
    for (const leaf of reader.leaves()) {
      takeLeaf(content, leaf, snapshot.path);
      if (content.isFull) await saved(content);
    }
  } finally {
    reader.close();
  }
  await saved(content);
  for (let from: string | undefined = ''; from !== undefined;) {
    from = content.attachKeys(from, attachedKeysMax);
    if (content.isFull) await saved(content);
  }
  return content;
}

function takeLeaf(content: EtcdImport, leaf: BboltLeaf, path: string): void {
  for (let i = 0; i < leaf.count; i++) {
    try {
      content.take(leaf.bucket, leaf.leafKey(i), leaf.value(i));
    } catch (error) {
      if (!(error instanceof EtcdRowError)) throw error;
      throw new StorageError({
        code: 'snapshot-corrupt',
        path,
        found: `page ${leaf.page} that has ${error.found}`,
        expected: error.expected,
        remedy: 'Nothing was taken from it. Take another snapshot, or use one of an earlier time.',
      });
    }
  }
}
