/**
 * The state machine's `OrderedStore` over LMDB: read synchronously here, written by a thread of its own.
 *
 * A batch is encoded in slices between turns of the event loop, so that no request waits for a large one, and
 * the thread commits it in one durable transaction. Only then is this thread's read transaction renewed and
 * `committed` called: what is called committed is both on disk and visible.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  tables,
  type OrderedStore,
  type ScanRange,
  type StoreBatch,
  type Table,
} from '@concord/kv';
import type { ByteString } from '@concord/protocol';
import { StorageError, type StorageErrorCode } from '../errors.ts';
import { syncDirectory } from '../sync-directory.ts';
import { readBucket } from './bucket.ts';
import {
  defaultMapBytes,
  measure,
  openEnvironment,
  type Environment,
  type StoreSize,
  type TableDatabase,
} from './environment.ts';
import { storeFileFault } from './file-header.ts';
import { chunkBytes, encodeBatch, type Chunk } from './row-chunks.ts';
import type { StoreCommand, StoreReply, StoreThreadOptions } from './store-thread-protocol.ts';
import { openValue } from './row-value.ts';
import { isBucketKey, isPlainKey, storedKey } from './stored-key.ts';

export interface LmdbStoreOptions {
  /** Created if it is missing; nothing else may be in it. */
  readonly directory: string;
  /** The store can commit nothing any more and the member must stop. Called at most once. */
  readonly onFailure: (error: Error) => void;
  /** Address space reserved for the file. Default 64 GiB; costs no memory. */
  readonly mapBytes?: number;
}

interface WaitingBatch {
  readonly batch: StoreBatch;
  readonly committed: () => void;
}

/** Memory kept for the next batch: one of ordinary size. */
const spareMemoriesMax = 16;

/** A batch is garbage once it is committed: without a small nursery the thread would grow by 100 MB of it. */
const threadLimits = { maxYoungGenerationSizeMb: 16 };

export class LmdbStore implements OrderedStore {
  readonly #options: LmdbStoreOptions;
  readonly #environment: Environment;
  readonly #databases = new Map<Table, TableDatabase>();
  readonly #tableNumbers = new Map<Table, number>();
  readonly #worker: Worker;
  /** The first is under way. */
  readonly #waiting: WaitingBatch[] = [];
  readonly #spareMemories: ArrayBuffer[] = [];
  #size: StoreSize;
  #hasFailed = false;
  #whenClosed: (() => void) | undefined;

  constructor(options: LmdbStoreOptions) {
    const { directory, mapBytes = defaultMapBytes } = options;
    this.#options = options;
    this.#environment = openDurably(directory, mapBytes);
    for (const [i, table] of tables.entries()) {
      this.#databases.set(table, this.#environment.tables[i] as TableDatabase);
      this.#tableNumbers.set(table, i);
    }
    this.#size = measure(this.#environment);
    const workerData: StoreThreadOptions = { directory, tableNames: tables, mapBytes };
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const url = new URL(`./store-thread.${extension}`, import.meta.url);
    this.#worker = new Worker(url, { workerData, name: 'store', resourceLimits: threadLimits });
    this.#worker.on('message', (reply: StoreReply) => this.#receive(reply));
    this.#worker.on('error', (error) => this.#fail(String(error)));
    this.#worker.on('exit', () => this.#ended());
  }

  get(table: Table, key: ByteString): Uint8Array | undefined {
    const database = this.#database(table);
    const stored = database.getBinaryFast(storedKey(key));
    if (stored === undefined) return undefined;
    const value = openValue(stored, stored.length) ?? this.#corrupt(table, key);
    if (isPlainKey(key)) return value;
    return readBucket(value).find((item) => item.key === key)?.value;
  }

  scan(
    table: Table,
    range: ScanRange,
    visit: (key: ByteString, value: Uint8Array) => boolean | void,
  ): void {
    const { from, to, reverse = false } = range;
    if (to !== undefined && to <= from) return;
    const rows = this.#database(table).getRange(storedRange(from, to, reverse));
    for (const row of rows) {
      const { key } = row;
      const value = row.value ?? this.#corrupt(table, key);
      if (!isBucketKey(key)) {
        if (visit(key, value) === false) return;
        continue;
      }
      // A copy: the visitor may read the store, which overwrites the memory that LMDB's results are in.
      const items = readBucket(value.slice());
      for (const item of reverse ? items.reverse() : items) {
        if (item.key < from || (to !== undefined && item.key >= to)) continue;
        if (visit(item.key, item.value) === false) return;
      }
    }
  }

  commit(batch: StoreBatch, committed: () => void): void {
    if (this.#hasFailed) return;
    this.#waiting.push({ batch, committed });
    if (this.#waiting.length === 1) this.#sendFirst();
  }

  size(): StoreSize {
    return this.#size;
  }

  /** Calls `closed` once all batches are committed and both threads have closed the environment. */
  close(closed: () => void): void {
    this.#whenClosed = closed;
    if (this.#waiting.length === 0) this.#post({ kind: 'close' });
  }

  #sendFirst(): void {
    const batch = this.#waiting[0]?.batch as StoreBatch;
    const chunks = encodeBatch(batch, this.#tableNumbers, (bytes) => this.#memory(bytes));
    const sendNext = (chunk: Chunk): void => {
      const next = chunks.next();
      const isLast = next.done === true;
      this.#post({ kind: 'rows', chunk, isLast }, [chunk.memory]);
      if (!isLast) setImmediate(sendNext, next.value);
    };
    sendNext(chunks.next().value as Chunk);
  }

  #memory(bytes: number): ArrayBuffer {
    const spare = bytes === chunkBytes ? this.#spareMemories.pop() : undefined;
    return spare ?? Buffer.allocUnsafeSlow(bytes).buffer;
  }

  #post(command: StoreCommand, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(command, transfer);
  }

  #receive(reply: StoreReply): void {
    switch (reply.kind) {
      case 'committed':
        return this.#committed(reply.memories, reply.size);
      case 'failed':
        return this.#fail(reply.message);
      case 'closed':
        return void this.#environment.root.close().then(() => this.#whenClosed?.());
    }
  }

  #committed(memories: readonly ArrayBuffer[], size: StoreSize): void {
    this.#size = size;
    for (const memory of memories) {
      const isOrdinary = memory.byteLength === chunkBytes;
      if (isOrdinary && this.#spareMemories.length < spareMemoriesMax)
        this.#spareMemories.push(memory);
    }
    this.#environment.root.resetReadTxn();
    const done = this.#waiting.shift();
    if (this.#waiting.length > 0) this.#sendFirst();
    else if (this.#whenClosed !== undefined) this.#post({ kind: 'close' });
    done?.committed();
  }

  #fail(message: string): void {
    this.#stop(
      new StorageError({
        code: 'device-failed',
        path: this.#options.directory,
        found: `a batch that could not be committed (${message})`,
        expected: 'a durable transaction',
        remedy:
          'Check the disk and its free space, then start the member again: its log has everything.',
      }),
    );
  }

  #corrupt(table: Table, key: ByteString): never {
    const error = new StorageError({
      code: 'store-corrupt',
      path: this.#options.directory,
      found: `a row of table ${table} (key ${JSON.stringify(key.slice(0, 100))}) that has changed on disk`,
      expected: 'the bytes that match its checksum',
      remedy: rejoinRemedy,
    });
    this.#stop(error);
    throw error;
  }

  #stop(error: StorageError): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#options.onFailure(error);
  }

  #ended(): void {
    if (this.#whenClosed === undefined) this.#fail('the thread that writes the store has ended');
  }

  #database(table: Table): TableDatabase {
    return this.#databases.get(table) as TableDatabase;
  }
}

/** LMDB makes its file's content durable, but not its name. */
function openDurably(directory: string, mapBytes: number): Environment {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const fault = storeFileFault(join(directory, 'data.mdb'));
    if (fault !== undefined) throw unopenable('store-corrupt', directory, fault, rejoinRemedy);
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

const rejoinRemedy =
  'Restore this member from a snapshot, or remove its data and let it join its cluster again.';

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

/** The rows that may hold keys of `[from, to)`; a bucket at either end is filtered by the caller. */
function storedRange(from: ByteString, to: ByteString | undefined, reverse: boolean): StoredRange {
  const low = storedKey(from);
  if (!reverse) {
    return to === undefined
      ? { start: low }
      : { start: low, end: storedKey(to), inclusiveEnd: !isPlainKey(to) };
  }
  const bounds = { end: low, inclusiveEnd: true, reverse };
  if (to === undefined) return bounds;
  return { ...bounds, start: storedKey(to), exclusiveStart: isPlainKey(to) };
}

interface StoredRange {
  readonly start?: ByteString;
  readonly end?: ByteString;
  readonly inclusiveEnd?: boolean;
  readonly exclusiveStart?: boolean;
  readonly reverse?: boolean;
}
