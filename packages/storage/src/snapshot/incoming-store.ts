/**
 * Builds the store that a snapshot describes, chunk by chunk, each in one durable transaction: rows come in key order
 * and are appended. Runs in a thread of its own (`incoming-thread.ts`).
 *
 * Invariant: a chunk that is refused has changed nothing, here or on disk.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { tables } from '@concord/kv';
import type { ByteString } from '@concord/protocol';
import { openEnvironment, type Environment, type StoredTable } from '../lmdb/environment.ts';
import { openRow } from '../lmdb/row-value.ts';
import { storedKeyBytesMax } from '../lmdb/stored-key.ts';
import { syncDirectory } from '../sync-directory.ts';
import { readChunk, snapshotFormatVersion, type Chunk, type SnapshotRow } from './chunk.ts';

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

/** How far the snapshot has come. */
interface Progress {
  readonly number: number;
  readonly previous: number;
  readonly table: number;
  readonly lastKey: ByteString | undefined;
  readonly rows: number;
  readonly bytes: number;
  readonly isWhole: boolean;
}

export class IncomingStore {
  readonly #directory: string;
  readonly #name: Uint8Array;
  readonly #environment: Environment;
  /** Ours, in the order of the sender's tables. */
  #tables: readonly StoredTable[] = [];
  #progress: Progress = {
    number: 0,
    previous: 0,
    table: 0,
    lastKey: undefined,
    rows: 0,
    bytes: 0,
    isWhole: false,
  };

  /** `directory` exists and is empty. */
  constructor(directory: string, name: Uint8Array, mapBytes: number) {
    this.#directory = directory;
    this.#name = name;
    this.#environment = openEnvironment(directory, tables, mapBytes);
  }

  /** Throws `ChunkRefused`, or what LMDB throws. */
  take(bytes: Uint8Array): void {
    const before = this.#progress;
    if (before.isWhole) throw new ChunkRefused('a chunk behind the last', 'no more of them');
    const read = readChunk(bytes, before);
    if ('found' in read) throw new ChunkRefused(read.found, read.expected);
    const after = this.#store(read.chunk, before);
    this.#progress = {
      ...after,
      number: before.number + 1,
      previous: read.checksum,
      bytes: before.bytes + bytes.length,
    };
  }

  /** Closes the store, durable with its names. Throws `ChunkRefused` when it is not whole. */
  async finish(): Promise<void> {
    const { isWhole, number } = this.#progress;
    if (!isWhole) throw new ChunkRefused(`the end after ${number} chunks`, 'totals before it');
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

  #store(chunk: Chunk, before: Progress): Progress {
    switch (chunk.kind) {
      case 'header':
        this.#begin(chunk);
        return before;
      case 'rows':
        return this.#environment.root.transactionSync(() => this.#append(chunk.rows, before));
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
    this.#tables = tableNames.map((table) => {
      const own = this.#environment.tables[(tables as readonly string[]).indexOf(table)];
      if (own !== undefined) return own;
      throw new ChunkRefused(`table ${table}`, 'only tables that this release knows', true);
    });
  }

  /** Runs in a transaction, which an error undoes. */
  #append(rows: Iterable<SnapshotRow>, before: Progress): Progress {
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
