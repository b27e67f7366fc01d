/**
 * The main thread's side of `store-thread.ts`: batches wait here, are encoded in slices between turns of the event
 * loop, so that no request waits for a large one, and are committed one at a time, in the order given.
 */
import { Worker } from 'node:worker_threads';
import { tables, type StoreBatch, type Table } from '@concord/kv';
import type { StoreSize } from './environment.ts';
import { chunkBytes, encodeBatch, type Chunk } from './row-chunks.ts';
import type { StoreCommand, StoreReply, StoreThreadOptions } from './store-thread-protocol.ts';

export interface BatchQueueEvents {
  /** A batch is durable; called before the callback of its owner. */
  readonly committed: (size: StoreSize) => void;
  /** Nothing can be committed any more. May be called again. */
  readonly failed: (message: string) => void;
}

interface WaitingBatch {
  readonly batch: StoreBatch;
  readonly committed: () => void;
}

/** Memory kept for the next batch: one of ordinary size. */
const spareMemoriesMax = 16;

/** A batch is garbage once it is committed: without a small nursery the thread would grow by 100 MB of it. */
const threadLimits = { maxYoungGenerationSizeMb: 16 };

const tableNumbers: ReadonlyMap<Table, number> = new Map(tables.map((table, i) => [table, i]));

export class BatchQueue {
  readonly #events: BatchQueueEvents;
  readonly #worker: Worker;
  /** The first is under way. */
  readonly #waiting: WaitingBatch[] = [];
  readonly #spareMemories: ArrayBuffer[] = [];
  #whenClosed: (() => void) | undefined;

  /** The thread shares the environment that the caller has open in `directory`. */
  constructor(directory: string, mapBytes: number, events: BatchQueueEvents) {
    this.#events = events;
    const workerData: StoreThreadOptions = { directory, tableNames: tables, mapBytes };
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const url = new URL(`./store-thread.${extension}`, import.meta.url);
    this.#worker = new Worker(url, { workerData, name: 'store', resourceLimits: threadLimits });
    this.#worker.on('message', (reply: StoreReply) => this.#receive(reply));
    this.#worker.on('error', (error) => events.failed(String(error)));
    this.#worker.on('exit', () => this.#ended());
  }

  add(batch: StoreBatch, committed: () => void): void {
    this.#waiting.push({ batch, committed });
    if (this.#waiting.length === 1) this.#sendFirst();
  }

  /** Calls `closed` once all batches are committed and the thread has closed its environment. */
  close(closed: () => void): void {
    this.#whenClosed = closed;
    if (this.#waiting.length === 0) this.#post({ kind: 'close' });
  }

  #sendFirst(): void {
    const batch = this.#waiting[0]?.batch as StoreBatch;
    const chunks = encodeBatch(batch, tableNumbers, (bytes) => this.#memory(bytes));
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
        return this.#events.failed(reply.message);
      case 'closed':
        return this.#whenClosed?.();
    }
  }

  #committed(memories: readonly ArrayBuffer[], size: StoreSize): void {
    for (const memory of memories) {
      const isOrdinary = memory.byteLength === chunkBytes;
      if (isOrdinary && this.#spareMemories.length < spareMemoriesMax)
        this.#spareMemories.push(memory);
    }
    this.#events.committed(size);
    const done = this.#waiting.shift();
    if (this.#waiting.length > 0) this.#sendFirst();
    else if (this.#whenClosed !== undefined) this.#post({ kind: 'close' });
    done?.committed();
  }

  #ended(): void {
    if (this.#whenClosed === undefined)
      this.#events.failed('the thread that writes the store has ended');
  }
}
