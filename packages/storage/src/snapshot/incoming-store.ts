/**
 * Builds the store that a snapshot describes, chunk by chunk, each in one durable transaction: rows come in key order
 * and are appended, and how far it has come is stored with them. Runs in a thread of its own (`incoming-thread.ts`).
 *
 * Invariant: a chunk that is refused has changed nothing, here or on disk.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { tables } from '@concord/kv';
import { corruptRow } from '../lmdb/closed-store.ts';
import { openEnvironment, type Environment, type StoredTable } from '../lmdb/environment.ts';
import { openRow } from '../lmdb/row-value.ts';
import { StoreView } from '../lmdb/store-view.ts';
import { storedKeyBytesMax } from '../lmdb/stored-key.ts';
import { syncDirectory } from '../sync-directory.ts';
import { readChunk, snapshotFormatVersion, type Chunk, type SnapshotRow } from './chunk.ts';
import {
  incomingTables,
  readProgress,
  writeProgress,
  type IncomingProgress,
} from './incoming-progress.ts';
import type { IncomingThreadOptions } from './incoming-thread-protocol.ts';

/** Why a chunk is not taken. */
export class ChunkRefused extends Error {
  readonly found: string;
  readonly expected: string;
  /** Whether a newer release may know what this one does not. */
  readonly isUnknownFormat: boolean;

  constructor(found: string, expected: string, isUnknownFormat = false) {
    super(found);
    this.found = found;
    this.expected = expected;
    this.isUnknownFormat = isUnknownFormat;
  }
}

export class IncomingStore {
  readonly #directory: string;
  readonly #name: Uint8Array;
  readonly #environment: Environment;
  readonly #progressTable: StoredTable;
  /** Ours, in the order of the sender's tables. */
  #tables: readonly StoredTable[] = [];
  #progress: IncomingProgress;

  /** `directory` exists and is empty, or holds what a process before has left. Throws for what cannot be gone on with. */
  constructor({ directory, name, origin, mapBytes, isInterrupted }: IncomingThreadOptions) {
    this.#directory = directory;
    this.#name = name;
    this.#environment = openEnvironment(directory, incomingTables, mapBytes);
    this.#progressTable = this.#environment.tables[tables.length] as StoredTable;
    if (isInterrupted) {
      this.#progress = this.#takeUp();
      return;
    }
    this.#progress = {
      name: Buffer.from(name).toString('hex'),
      origin: Buffer.from(origin).toString('base64'),
      number: 0,
      previous: 0,
      tableNames: [],
      table: 0,
      lastKey: undefined,
      rows: 0,
      bytes: 0,
      isWhole: false,
    };
  }

  /** Throws `ChunkRefused`, or what LMDB throws. */
  take(bytes: Uint8Array): void {
    const before = this.#progress;
    if (before.isWhole) throw new ChunkRefused('a chunk behind the last', 'no more of them');
    const read = readChunk(bytes, before);
    if ('found' in read) throw new ChunkRefused(read.found, read.expected);
    this.#progress = this.#environment.root.transactionSync(() => {
      const after = {
        ...this.#store(read.chunk, before),
        number: before.number + 1,
        previous: read.checksum,
        bytes: before.bytes + bytes.length,
      };
      writeProgress(this.#progressTable, after);
      return after;
    });
  }

  /** Closes the store, durable with its names. Throws `ChunkRefused` when it is not whole. */
  async finish(): Promise<void> {
    const { isWhole, number } = this.#progress;
    if (!isWhole) throw new ChunkRefused(`the end after ${number} chunks`, 'totals before it');
    this.#progressTable.database.dropSync();
    await this.close();
    const descriptor = openSync(`${this.#directory}/data.mdb`, 'r+');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    syncDirectory(this.#directory);
  }

  close(): Promise<void> {
    return this.#environment.root.close();
  }

  /** Runs in a transaction, which an error undoes. */
  #store(chunk: Chunk, before: IncomingProgress): IncomingProgress {
    switch (chunk.kind) {
      case 'header':
        this.#begin(chunk);
        return { ...before, tableNames: chunk.tableNames };
      case 'rows':
        return this.#append(chunk.rows, before);
      case 'totals': {
        const isEqual = chunk.rows === before.rows && chunk.bytes === before.bytes;
        if (isEqual) return { ...before, isWhole: true };
        throw new ChunkRefused(
          `totals of ${chunk.rows} rows and ${chunk.bytes} bytes`,
          `${before.rows} rows and ${before.bytes} bytes, which came`,
        );
      }
    }
  }

  #begin(header: Chunk & { readonly kind: 'header' }): void {
    const { formatVersion, name, tableNames } = header;
    if (formatVersion !== snapshotFormatVersion) {
      throw new ChunkRefused(
        `snapshot format ${formatVersion}`,
        `format ${snapshotFormatVersion}`,
        true,
      );
    }
    if (Buffer.compare(name, this.#name) !== 0)
      throw new ChunkRefused('a snapshot of another name', 'the one that was asked for');
    this.#tables = this.#tablesOf(tableNames);
  }

  #tablesOf(names: readonly string[]): StoredTable[] {
    return names.map((name) => {
      const own = this.#environment.tables[(tables as readonly string[]).indexOf(name)];
      if (own !== undefined) return own;
      throw new ChunkRefused(`table ${name}`, 'only tables that this release knows', true);
    });
  }

  /** Reads again what is there: each row's checksum, and that none is missing. The pages were looked at before. */
  #takeUp(): IncomingProgress {
    const progress = readProgress(this.#progressTable);
    const isOurs = progress?.name === Buffer.from(this.#name).toString('hex');
    if (progress === undefined || !isOurs) throw new Error('nothing to go on with');
    const view = new StoreView(this.#environment, {
      closed: () => undefined,
      corrupt: (table, key) => {
        throw corruptRow(this.#directory, table, key);
      },
    });
    let rows = 0;
    for (const table of tables.keys()) view.visitRows(table, undefined, () => ++rows > 0);
    view.close();
    if (rows !== progress.rows) throw new Error(`${rows} rows where ${progress.rows} were stored`);
    this.#tables = this.#tablesOf(progress.tableNames);
    return progress;
  }

  #append(rows: Iterable<SnapshotRow>, before: IncomingProgress): IncomingProgress {
    let { table, lastKey, rows: count } = before;
    for (const row of rows) {
      if (row.table > table) lastKey = undefined;
      const own = this.#tables[row.table];
      if (own === undefined)
        throw new ChunkRefused(`a row of table ${row.table}`, 'one that was named');
      const isInOrder = row.table >= table && (lastKey === undefined || row.key > lastKey);
      const hasKey = row.key.length > 0 && row.key.length <= storedKeyBytesMax;
      const isSound = openRow(own.seed, row.key, row.stored) !== undefined;
      if (!isInOrder || !hasKey || !isSound)
        throw new ChunkRefused(`row ${count} with another content`, 'a sound row, in key order');
      if (!own.database.putSync(row.key, row.stored, appending))
        throw new Error('LMDB refused to append a row');
      table = row.table;
      lastKey = row.key;
      count++;
    }
    return { ...before, table, lastKey, rows: count };
  }
}

const appending = { append: true };
