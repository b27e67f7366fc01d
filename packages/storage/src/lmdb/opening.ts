/** Opening the store's file so that it is there after a crash, and refusing by name what is no store. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tables } from '@concord/kv';
import { StorageError, type StorageErrorCode } from '../errors.ts';
import { syncDirectory } from '../sync-directory.ts';
import { openEnvironment, type Environment } from './environment.ts';
import { storeFileFault } from './file-header.ts';

export const rejoinRemedy =
  'Restore this member from a snapshot, or remove its data and let it join its cluster again.';

/** Creates the store when there is none. LMDB makes its file's content durable, but not its name. */
export function openDurably(directory: string, mapBytes: number): Environment {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    assertStoreFile(directory);
    const environment = openEnvironment(directory, tables, mapBytes);
    syncDirectory(directory);
    syncDirectory(dirname(directory));
    return environment;
  } catch (cause) {
    if (cause instanceof StorageError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const remedy = 'Check owner and mode of the directory and its files.';
    throw unopenable('directory-inaccessible', directory, `an error (${reason})`, remedy, cause);
  }
}

/** Throws `store-corrupt` for what LMDB must not be shown. */
export function assertStoreFile(directory: string): void {
  const fault = storeFileFault(join(directory, 'data.mdb'));
  if (fault !== undefined) throw unopenable('store-corrupt', directory, fault, rejoinRemedy);
}

function unopenable(
  code: StorageErrorCode,
  path: string,
  found: string,
  remedy: string,
  cause?: unknown,
): StorageError {
  const expected = 'the store of this member, readable and writable';
  return new StorageError({ code, path, found, expected, remedy, cause });
}
