/** Reading a store that no member has open: whole, before it is installed, or when it is verified. */
import { tables, type Table } from '@concord/kv';
import type { ByteString } from '@concord/protocol';
import { StorageError } from '../errors.ts';
import { defaultMapBytes, openEnvironment, type Environment } from './environment.ts';
import { assertStoreFile, rejoinRemedy } from './opening.ts';
import { StoreView } from './store-view.ts';

/** `read` leaves the files as they are; `write` lets the same process open the store for writing right behind. */
export type StoreAccess = 'read' | 'write';

/** Throws `store-corrupt` for what is no store, for a page that is none, and for a row that is not what was written. */
export function readStore<Result>(
  directory: string,
  access: StoreAccess,
  read: (view: StoreView) => Result,
): Result {
  assertStoreFile(directory);
  let environment: Environment | undefined;
  try {
    environment = openEnvironment(directory, tables, defaultMapBytes, access === 'read');
    return readEnvironment(environment, directory, read);
  } catch (cause) {
    throw cause instanceof StorageError ? cause : corruptPage(directory, cause);
  } finally {
    void environment?.root.close();
  }
}

function readEnvironment<Result>(
  environment: Environment,
  directory: string,
  read: (view: StoreView) => Result,
): Result {
  const view = new StoreView(environment, {
    closed: () => undefined,
    corrupt: (table, key) => {
      throw corruptRow(directory, table, key);
    },
  });
  try {
    return read(view);
  } finally {
    view.close();
  }
}

/** LMDB's own checks have failed; they see some damage to its pages, not all. */
function corruptPage(directory: string, cause: unknown): StorageError {
  return new StorageError({
    code: 'store-corrupt',
    path: directory,
    found: `a page that LMDB cannot read (${cause instanceof Error ? cause.message : String(cause)})`,
    expected: 'the pages that were written',
    remedy: rejoinRemedy,
    cause,
  });
}

/** A row is not what was written. */
export function corruptRow(directory: string, table: Table, key: ByteString): StorageError {
  return new StorageError({
    code: 'store-corrupt',
    path: directory,
    found: `a row of table ${table} (key ${JSON.stringify(key.slice(0, 100))}) that has changed on disk`,
    expected: 'the bytes that match its checksum',
    remedy: rejoinRemedy,
  });
}
