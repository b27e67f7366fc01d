/** Reading a store that no member has open: whole, before it is installed, or when it is verified. */
import { tables, type Table } from '@concord/kv';
import type { ByteString } from '@concord/protocol';
import { StorageError } from '../errors.ts';
import { defaultMapBytes, openEnvironment } from './environment.ts';
import { assertStoreFile, rejoinRemedy } from './opening.ts';
import { StoreView } from './store-view.ts';

/** `read` leaves the files as they are; `write` lets the same process open the store for writing right behind. */
export type StoreAccess = 'read' | 'write';

/** Throws `store-corrupt` for what is no store, and for a row that is not what was written. */
export function readStore<Result>(
  directory: string,
  access: StoreAccess,
  read: (view: StoreView) => Result,
): Result {
  assertStoreFile(directory);
  const environment = openEnvironment(directory, tables, defaultMapBytes, access === 'read');
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
    void environment.root.close();
  }
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
