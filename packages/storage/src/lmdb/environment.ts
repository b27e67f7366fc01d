/**
 * Opening LMDB, the same way in the main thread, which reads, and in the store's thread, which writes. Both share one
 * environment: lmdb-js hands the second opener of a process the first one's.
 *
 * Why these options: DESIGN.md.
 */
import { chmodSync } from 'node:fs';
import { open, type Database, type RootDatabase } from 'lmdb';
import type { ByteString } from '@concord/protocol';
import { checksumSeed } from './row-value.ts';

/**
 * Address space reserved at once, so that the file grows without being mapped anew under a reader. It costs no
 * memory. LMDB grows the map beyond it by itself.
 */
export const defaultMapBytes = 64 * 2 ** 30;

/** One database a table, the root, and room for those that later releases add. */
const databasesMax = 32;

/** lmdb-js declares `putSync` without its result, which tells whether the row was written. */
export type TableDatabase = Omit<Database<Uint8Array, ByteString>, 'putSync' | 'getBinaryFast'> & {
  getBinaryFast(
    key: ByteString,
    options?: { readonly transaction: Transaction },
  ): Buffer | undefined;
  putSync(key: ByteString, stored: Uint8Array, options?: { readonly append: boolean }): boolean;
};

export type Transaction = ReturnType<RootDatabase['useReadTransaction']>;

export interface StoredTable {
  readonly database: TableDatabase;
  /** Where the checksums of its rows begin. */
  readonly seed: number;
}

export interface Environment {
  readonly root: RootDatabase;
  readonly tables: readonly StoredTable[];
}

export function openEnvironment(
  directory: string,
  tableNames: readonly string[],
  mapBytes: number,
  readOnly = false,
): Environment {
  const options = {
    readOnly,
    path: directory,
    noSubdir: false,
    maxDbs: databasesMax,
    mapSize: mapBytes,
    // A commit returns only once data and root are on disk.
    overlappingSync: false,
    // Reads are random: read-ahead would fill memory with neighbours nobody asked for.
    noReadAhead: true,
    encoding: 'binary' as const,
  };
  const root = open(options);
  const tables: StoredTable[] = [];
  try {
    for (const name of tableNames) {
      const database: unknown = root.openDB<Uint8Array, ByteString>({ name, ...databaseOptions });
      tables.push({ database: database as TableDatabase, seed: checksumSeed(name) });
    }
  } catch (error) {
    void root.close();
    throw error;
  }
  if (readOnly) return { root, tables };
  for (const name of ['data.mdb', 'lock.mdb']) chmodSync(`${directory}/${name}`, 0o600);
  return { root, tables };
}

/** Occupied and live bytes, from the page counts that LMDB keeps per database. */
export function measure({ root, tables }: Environment): StoreSize {
  const whole = root.getStats() as RootStats;
  let pages = META_PAGES + pagesOf(whole) + pagesOf(whole.free);
  for (const { database } of tables) pages += pagesOf(database.getStats() as TableStats);
  return {
    allocatedBytes: (whole.lastPageNumber + 1) * whole.pageSize,
    usedBytes: pages * whole.pageSize,
  };
}

export interface StoreSize {
  readonly allocatedBytes: number;
  readonly usedBytes: number;
}

/** The two alternating roots at the start of the file. */
const META_PAGES = 2;

interface TableStats {
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly overflowPages: number;
}

interface RootStats extends TableStats {
  readonly pageSize: number;
  readonly lastPageNumber: number;
  readonly free: TableStats;
}

function pagesOf(stats: TableStats): number {
  return stats.treeBranchPageCount + stats.treeLeafPageCount + stats.overflowPages;
}

/** Keys are bytes in a string; rows are lent as they are stored, never copied by lmdb-js. */
const databaseOptions = {
  keyEncoder: {
    writeKey: (key: ByteString, target: Buffer, start: number): number =>
      start + target.write(key, start, 'latin1'),
    readKey: (source: Buffer, start: number, end: number): ByteString =>
      source.toString('latin1', start, end),
  },
  encoder: {
    encode: (stored: Uint8Array): Uint8Array => stored,
    decode: (stored: Uint8Array): Uint8Array => stored,
  },
};
