/** The main thread's side of `incoming-thread.ts`: one incoming snapshot, from its first chunk to its last. */
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { defaultMapBytes } from '../lmdb/environment.ts';
import { StorageError } from '../errors.ts';
import type {
  IncomingCommand,
  IncomingReply,
  IncomingThreadOptions,
} from './incoming-thread-protocol.ts';

export interface IncomingTransferOptions {
  readonly directory: string;
  readonly name: Uint8Array;
  readonly origin: Uint8Array;
  /** The chunk that a process before was waiting for; what it has stored is in `directory`. Default: none was begun. */
  readonly interruptedAt?: number;
  readonly mapBytes?: number;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Chunks are garbage once they are stored: without a small nursery the thread would grow by 100 MB of them. */
const threadLimits = { maxYoungGenerationSizeMb: 16 };

export class IncomingTransfer {
  readonly name: Uint8Array;
  readonly directory: string;
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  /** Those who wait for the answers of the thread, in order. */
  readonly #waiting: Waiting[] = [];
  #nextChunk: number;
  /** The directory is the caller's. */
  #isFinished = false;
  #failure: StorageError | undefined;

  /** Creates the directory, where nothing may be, unless a process before has left the beginning there. */
  constructor(options: IncomingTransferOptions) {
    const { directory, name, origin, interruptedAt, mapBytes = defaultMapBytes } = options;
    this.name = name;
    this.directory = directory;
    const isInterrupted = interruptedAt !== undefined;
    this.#nextChunk = interruptedAt ?? 0;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const workerData: IncomingThreadOptions = { directory, name, origin, mapBytes, isInterrupted };
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const url = new URL(`./incoming-thread.${extension}`, import.meta.url);
    this.#worker = new Worker(url, { workerData, name: 'incoming', resourceLimits: threadLimits });
    this.#worker.on('message', (reply: IncomingReply) => this.#receive(reply));
    this.#worker.on('error', (error) => this.#fail(String(error)));
    this.#ended = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#fail('the thread that stores the snapshot has ended');
        resolve();
      });
    });
  }

  get nextChunk(): number {
    return this.#nextChunk;
  }

  /** Whether it can not be gone on with. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#ask({ kind: 'chunk', bytes });
    this.#nextChunk++;
  }

  /** Resolves once everything is durable in `directory`, closed. */
  async finish(): Promise<void> {
    await this.#ask({ kind: 'finish' });
    this.#isFinished = true;
    await this.#ended;
  }

  /** Ends the thread, and leaves what is stored for the next process. */
  async keep(): Promise<void> {
    await this.#end('the member is being stopped');
  }

  /** Ends the thread and removes the directory, unless it is finished by then. */
  async discard(): Promise<void> {
    await this.#end('the snapshot was given up');
    if (this.#isFinished) return;
    await rm(this.directory, { recursive: true, force: true }).catch(() => undefined);
  }

  async #end(why: string): Promise<void> {
    if (!this.hasFailed) await this.#ask({ kind: 'close' }).catch(() => this.#worker.terminate());
    this.#fail(why);
    await this.#ended;
  }

  #ask(command: IncomingCommand): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure);
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(command);
    });
  }

  #receive(reply: IncomingReply): void {
    switch (reply.kind) {
      case 'done':
        return this.#waiting.shift()?.resolve();
      case 'refused':
        return this.#waiting.shift()?.reject(this.#refused(reply));
      case 'failed':
        this.#fail(reply.message);
        return void this.#worker.terminate();
    }
  }

  #fail(message: string): void {
    this.#failure ??= new StorageError({
      code: 'device-failed',
      path: this.directory,
      found: `a snapshot that could not be stored (${message})`,
      expected: 'room and a working disk for a second store',
      remedy: 'Check the disk and its free space: the leader sends another snapshot by itself.',
    });
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }

  #refused(reply: IncomingReply & { readonly kind: 'refused' }): StorageError {
    const { found, expected, isUnknownFormat } = reply;
    const code = isUnknownFormat ? 'format-unknown' : 'snapshot-invalid';
    const remedy = isUnknownFormat
      ? 'Upgrade this member to the release of the leader that sends the snapshot.'
      : 'The snapshot is asked for again by itself; if this repeats, check the network between the members.';
    return new StorageError({ code, path: this.directory, found, expected, remedy });
  }
}
