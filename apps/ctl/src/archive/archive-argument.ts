/** The archives that a command line names: that of a member, or all below an `--archive-dir`. */
import { ArchiveReader, StorageError } from '@concord/storage';
import { CommandError } from '../command-error.ts';

/** Throws `CommandError` where there are none. */
export function openArchives(path: string): readonly ArchiveReader[] {
  try {
    return ArchiveReader.openAll(path);
  } catch (error) {
    throw error instanceof StorageError ? new CommandError(error.message) : error;
  }
}
