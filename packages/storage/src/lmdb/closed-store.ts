/** Reading a store that no member has open: whole, before it is installed, or when it is verified. */
import { join } from 'node:path';
import { tables, type Table } from '@concord/kv';
import type { ByteString } from '@concord/protocol';
import { StorageError } from '../errors.ts';
import { defaultMapBytes, openEnvironment, type Environment } from './environment.ts';
import { assertStoreFile, corruptPage, rejoinRemedy, type StoreOrigin } from './opening.ts';
import { StoreView } from './store-view.ts';

/** `read` leaves the files as they are; `write` lets the same process open the store for writing right behind. */
export type StoreAccess = 'read' | 'write';

export interface ClosedStore {
  readonly directory: string;
  readonly access: StoreAccess;
  readonly origin: StoreOrigin;
}

/** Throws `store-corrupt` for what is no store, for a page that is none, and for a row that is not what was written. */
export function readStore<Result>(
  { directory, access, origin }: ClosedStore,
  read: (view: StoreView) => Result,
): Result {
  assertStoreFile(directory, origin);
  let environment: Environment | undefined;
  try {
    environment = openEnvironment(directory, tables, defaultMapBytes, access === 'read');
    return readEnvironment(environment, directory, read);
  } catch (cause) {
    throw cause instanceof StorageError ? cause : unreadablePage(directory, cause);
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

/** LMDB's own checks have failed. */
function unreadablePage(directory: string, cause: unknown): StorageError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return corruptPage(
    join(directory, 'data.mdb'),
    `a page that LMDB cannot read (${reason})`,
    cause,
  );
}

/** A row is not what was written. */
export function corruptRow(directory: string, table: Table, key: ByteString): StorageError {
  return new StorageError({
    code: 'store-corrupt',
    path: join(directory, 'data.mdb'),
    found: `a row of table ${table} (key ${JSON.stringify(key.slice(0, 100))}) that has changed on disk`,
    expected: 'the bytes that match its checksum',
    remedy: rejoinRemedy,
  });
}
