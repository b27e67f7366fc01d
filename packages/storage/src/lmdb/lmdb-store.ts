/**
 * The state machine's `OrderedStore` over LMDB: read synchronously here, written by a thread of its own.
 *
 * A batch is encoded in slices between turns of the event loop, so that no request waits for a large one, and
 * the thread commits it in one durable transaction. Only then is this thread's read transaction renewed and
 * `committed` called: what is called committed is both on disk and visible.
 */
import {
  tables,
  type OrderedStore,
  type ScanRange,
  type StoreBatch,
  type Table,
} from '@concord/kv';
import type { ByteString } from '@concord/protocol';
import { StorageError } from '../errors.ts';
import { BatchQueue } from './batch-queue.ts';
import { readBucket } from './bucket.ts';
import { corruptRow } from './closed-store.ts';
import {
  defaultMapBytes,
  measure,
  type Environment,
  type StoredTable,
  type StoreSize,
} from './environment.ts';
import { unmarkInUse } from './in-use-mark.ts';
import { openDurably } from './opening.ts';
import { scanRows } from './row-scan.ts';
import { openRow } from './row-value.ts';
import { StoreView } from './store-view.ts';
import { isPlainKey, storedKey } from './stored-key.ts';

export interface LmdbStoreOptions {
  /** Created if it is missing; nothing else may be in it. */
  readonly directory: string;
  /** The store can commit nothing any more and the member must stop. Called at most once. */
  readonly onFailure: (error: Error) => void;
  /** Address space reserved for the file. Default 64 GiB; costs no memory. */
  readonly mapBytes?: number;
}

export class LmdbStore implements OrderedStore {
  readonly #options: LmdbStoreOptions;
  #environment: Environment;
  readonly #tables = new Map<Table, StoredTable>();
  /** None once it was closed for an exchange that failed. */
  #queue: BatchQueue | undefined;
  readonly #views = new Set<StoreView>();
  #size: StoreSize;
  #hasFailed = false;
  /** Callbacks of the batches that came while the content was being replaced. */
  #voidBatches: (() => void)[] | undefined;
  #whenClosed: (() => void) | undefined;

  constructor(options: LmdbStoreOptions) {
    this.#options = options;
    this.#environment = this.#open('found');
    this.#size = measure(this.#environment);
    this.#queue = this.#startQueue();
  }

  get(table: Table, key: ByteString): Uint8Array | undefined {
    const { database, seed } = this.#table(table);
    const rowKey = storedKey(key);
    const stored = database.getBinaryFast(rowKey);
    if (stored === undefined) return undefined;
    const value = openRow(seed, rowKey, stored) ?? this.#corrupt(table, key);
    if (isPlainKey(key)) return value;
    return readBucket(value).find((item) => item.key === key)?.value;
  }

  scan(
    table: Table,
    range: ScanRange,
    visit: (key: ByteString, value: Uint8Array) => boolean | void,
  ): void {
    scanRows({ table: this.#table(table) }, range, visit, (key) => this.#corrupt(table, key));
  }

  commit(batch: StoreBatch, committed: () => void): void {
    if (this.#hasFailed) return;
    if (this.#voidBatches !== undefined) this.#voidBatches.push(committed);
    else this.#queue?.add(batch, committed);
  }

  size(): StoreSize {
    return this.#size;
  }

  /** Reading transactions that are open: this thread's own, and one for each view. */
  get openViewCount(): number {
    return 1 + this.#views.size;
  }

  /** The store as it is durable now. Close it soon: it keeps LMDB from reusing pages. */
  view(): StoreView {
    const view = new StoreView(this.#environment, {
      corrupt: (table, key) => this.#corrupt(table, key),
      closed: () => this.#views.delete(view),
    });
    this.#views.add(view);
    return view;
  }

  /**
   * Serves other content from now on: once the batches given before are committed, all views are closed, `exchange`
   * puts another store in the place of this one's directory, and `replaced` is called. Until then the old content
   * is read; a batch that is given meanwhile is void, and called back when it would be replaced.
   */
  replace(exchange: () => void, replaced: () => void): void {
    this.#voidBatches = [];
    this.#queue?.close(() => {
      this.#queue = undefined;
      const isReplaced = this.#exchange(exchange);
      const voidBatches = this.#voidBatches ?? [];
      this.#voidBatches = undefined;
      if (this.#whenClosed !== undefined) this.close(this.#whenClosed);
      if (!isReplaced) return;
      for (const committed of voidBatches) committed();
      replaced();
    });
  }

  /** Calls `closed` once all batches are committed and both threads have closed the environment. */
  close(closed: () => void): void {
    this.#whenClosed = closed;
    if (this.#voidBatches !== undefined) return;
    if (this.#queue === undefined) this.#finishClose();
    else this.#queue.close(() => this.#finishClose());
  }

  #finishClose(): void {
    this.#closeViews();
    void this.#environment.root.close().then(() => {
      if (!this.#hasFailed) unmarkInUse(this.#options.directory);
      this.#whenClosed?.();
    });
  }

  /** Whether it has succeeded; if not, the member stops. */
  #exchange(exchange: () => void): boolean {
    this.#closeViews();
    if (this.#hasFailed) return false;
    try {
      exchange();
      const old = this.#environment;
      // The old one is open until the new one is, by its descriptors alone: its directory has moved.
      this.#environment = this.#open('built');
      void old.root.close();
      this.#size = measure(this.#environment);
      this.#queue = this.#startQueue();
      return true;
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  #closeViews(): void {
    for (const view of this.#views) view.close();
  }

  #open(origin: 'built' | 'found'): Environment {
    const { directory, mapBytes = defaultMapBytes } = this.#options;
    const environment = openDurably(directory, mapBytes, origin);
    for (const [i, table] of tables.entries())
      this.#tables.set(table, environment.tables[i] as StoredTable);
    return environment;
  }

  #startQueue(): BatchQueue {
    const { directory, mapBytes = defaultMapBytes } = this.#options;
    return new BatchQueue(directory, mapBytes, {
      committed: (size) => {
        this.#size = size;
        this.#environment.root.resetReadTxn();
      },
      failed: (message) => this.#fail(message),
    });
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
    const error = corruptRow(this.#options.directory, table, key);
    this.#stop(error);
    throw error;
  }

  #stop(error: StorageError): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#options.onFailure(error);
  }

  #table(table: Table): StoredTable {
    return this.#tables.get(table) as StoredTable;
  }
}
