/** Whether the bytes of a snapshot file are those that the server sent. */
import { digestOf, type SnapshotFile } from '@concord/storage';
import { CommandError } from '../command-error.ts';
import { openSnapshotArgument } from './snapshot-argument.ts';

/**
 * Opens the file that a command line names. Throws `CommandError`, in the words of etcd's tools.
 *
 * @param missing what is said of a file that has no digest behind it
 */
export async function openSoundSnapshot(path: string, missing: string): Promise<SnapshotFile> {
  const snapshot = await openSnapshotArgument('open', path);
  if (snapshot.digest === undefined) throw new CommandError(missing);
  const found = await digestOf(snapshot);
  if (!Buffer.from(found).equals(snapshot.digest)) {
    const [expected, got] = [snapshot.digest, found].map((digest) => `[${digest.join(' ')}]`);
    throw new CommandError(`expected sha256 ${expected}, got ${got}`);
  }
  return snapshot;
}
