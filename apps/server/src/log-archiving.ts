/** Copies the log of a member that runs to where `--archive-dir` says: see the archive of `@concord/storage`. */
import type { Replica } from '@concord/kv';
import { LogArchive, type MemberStorage } from '@concord/storage';
import type { Identity } from './identity.ts';
import type { Log } from './log.ts';

export interface ArchivedMember {
  readonly walDirectory: string;
  readonly identity: Identity;
  readonly storage: Pick<MemberStorage, 'wal'>;
  readonly replica: Replica;
  readonly log: Log;
}

/** `undefined` where nothing is to be archived. Throws `StorageError` for a directory that is no place for it. */
export async function startArchive(
  directory: string,
  { walDirectory, identity, storage, replica, log }: ArchivedMember,
): Promise<LogArchive | undefined> {
  if (directory === '') return undefined;
  const archive = await LogArchive.start({
    directory,
    walDirectory,
    identity,
    wal: storage.wal,
    applied: () => ({ revision: replica.machine.revision, ...replica.machine.applied }),
    now: () => Date.now(),
    warn: (message) => log.warn(message),
  });
  log.info({ 'archive-dir': directory }, 'archiving the log');
  return archive;
}
