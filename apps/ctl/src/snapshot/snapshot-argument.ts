/** The snapshot file that a command line names; what is no file is refused in the words of etcd's tools. */
import { stat } from 'node:fs/promises';
import { openSnapshotFile, type SnapshotFile } from '@concord/storage';
import { CommandError } from '../command-error.ts';
import { openFailure } from '../open-failure.ts';

/**
 * Throws `CommandError`.
 *
 * @param operation what etcdutl calls it when it fails
 */
export async function openSnapshotArgument(
  operation: 'stat' | 'open',
  path: string,
): Promise<SnapshotFile> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new CommandError(`read ${path}: is a directory`);
    if (!found.isFile()) throw new CommandError(`read ${path}: is not a regular file`);
    return await openSnapshotFile(path);
  } catch (error) {
    throw openFailure(operation, path, error);
  }
}
