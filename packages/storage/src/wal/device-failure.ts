/** A log that could not be written: the operating system's words, and where it said them, for whoever has to mend it. */
import { StorageError } from '../errors.ts';

export function deviceFailure(directory: string, error: Error): StorageError {
  if (error instanceof StorageError) return error;
  return new StorageError({
    code: 'device-failed',
    path: directory,
    found: `a write that failed (${error.message})`,
    expected: 'durable records',
    remedy:
      'Check the disk and its free space, then start the member again: nothing acknowledged is lost.',
    cause: error,
  });
}
