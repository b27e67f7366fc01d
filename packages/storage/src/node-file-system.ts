/**
 * `FileSystem` over Node. Durable writes go through a thread of their own (`sync-thread.ts`), because libuv's
 * four threads are shared with name resolution, compression and password hashing: a login storm must not
 * delay the disk, and with it elections.
 *
 * The thread sleeps in `Atomics.wait` on a counter in shared memory and finds the file, the position and the
 * memory to write there, so the main thread pays one futex wake-up and one message per group commit. Measured
 * against `fs.write` with `fs.fdatasync`: DESIGN.md.
 */
import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Access, Done, FileSystem, OpenFile } from './file-system.ts';
import { syncDirectory } from './sync-directory.ts';
import { commandLayout, type SyncRegistration, type SyncReply } from './sync-thread-protocol.ts';

const directoryMode = 0o700;
const fileMode = 0o600;

const openFlags: Readonly<Record<Access, number>> = {
  read: fs.constants.O_RDONLY,
  write: fs.constants.O_RDWR,
  create: fs.constants.O_RDWR | fs.constants.O_CREAT | fs.constants.O_EXCL,
};

/** Written one at a time with a sync each, so that preallocation never fills the device's queue. */
const zeroChunkBytes = 1024 * 1024;

export class NodeFileSystem implements FileSystem {
  #thread: SyncThread | undefined;
  readonly #onWritten: (writeMs: number) => void;

  /** @param onWritten hears how long each durable write took without its sync. Default nobody. */
  constructor(onWritten: (writeMs: number) => void = () => undefined) {
    this.#onWritten = onWritten;
  }

  list(directory: string): readonly string[] {
    try {
      return fs.readdirSync(directory);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  makeDirectory(directory: string): void {
    const first = fs.mkdirSync(directory, { recursive: true, mode: directoryMode });
    if (first === undefined) return;
    for (let created = directory; ; created = dirname(created)) {
      this.syncDirectory(dirname(created));
      if (created === first || created === dirname(created)) return;
    }
  }

  open(path: string, access: Access): OpenFile {
    const descriptor = fs.openSync(path, openFlags[access], fileMode);
    return new NodeFile(path, descriptor, () => (this.#thread ??= new SyncThread(this.#onWritten)));
  }

  rename(from: string, to: string): void {
    fs.renameSync(from, to);
  }

  remove(path: string): void {
    fs.unlinkSync(path);
  }

  syncDirectory(directory: string): void {
    syncDirectory(directory);
  }

  allocate(bytes: number): Uint8Array {
    return new Uint8Array(new SharedArrayBuffer(bytes));
  }

  createZeroed(path: string, bytes: number, done: Done): void {
    settle(createZeroed(path, bytes), done);
  }

  publish(directory: string, from: string, to: string, done: Done): void {
    const renamed = fs.promises
      .rename(`${directory}/${from}`, `${directory}/${to}`)
      .then(() => syncDirectoryLater(directory));
    settle(renamed, done);
  }

  discard(directory: string, names: readonly string[], done: Done): void {
    settle(discard(directory, names), done);
  }

  close(): void {
    this.#thread?.close();
    this.#thread = undefined;
  }
}

class NodeFile implements OpenFile {
  readonly path: string;
  readonly #descriptor: number;
  readonly #thread: () => SyncThread;

  constructor(path: string, descriptor: number, thread: () => SyncThread) {
    this.path = path;
    this.#descriptor = descriptor;
    this.#thread = thread;
  }

  size(): number {
    return fs.fstatSync(this.#descriptor).size;
  }

  read(target: Uint8Array, position: number): number {
    let done = 0;
    while (done < target.length) {
      const length = target.length - done;
      const bytes = fs.readSync(this.#descriptor, target, done, length, position + done);
      if (bytes === 0) break;
      done += bytes;
    }
    return done;
  }

  write(bytes: Uint8Array, position: number): void {
    let done = 0;
    while (done < bytes.length) {
      const length = bytes.length - done;
      done += fs.writeSync(this.#descriptor, bytes, done, length, position + done);
    }
  }

  sync(): void {
    fs.fdatasyncSync(this.#descriptor);
  }

  writeDurably(bytes: Uint8Array, position: number, done: Done): void {
    this.#thread().write(this.#descriptor, bytes, position, done);
  }

  close(): void {
    fs.closeSync(this.#descriptor);
  }
}

/** The main thread's side of `sync-thread.ts`. Takes one write at a time, which is what a log needs. */
class SyncThread {
  readonly #command = new SharedArrayBuffer(commandLayout.bytes);
  readonly #words = new Int32Array(this.#command);
  readonly #position = new Float64Array(this.#command, commandLayout.positionOffset, 1);
  readonly #writeMs = new Float64Array(this.#command, commandLayout.writeMsOffset, 1);
  readonly #worker: Worker;
  /** The memories that the thread knows, by slot; the least recently registered one makes room. */
  readonly #memories = new Array<SharedArrayBuffer | undefined>(commandLayout.slots).fill(
    undefined,
  );
  #nextSlot = 0;
  #done: Done | undefined;
  #failure: Error | undefined;

  constructor(onWritten: (writeMs: number) => void) {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#worker = new Worker(new URL(`./sync-thread.${extension}`, import.meta.url), {
      workerData: this.#command,
      name: 'wal-sync',
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
    });
    this.#worker.on('message', (reply: SyncReply) => {
      if (reply === null) onWritten(this.#writeMs[0] ?? 0);
      this.#finish(reply === null ? undefined : systemError(reply));
    });
    this.#worker.on('error', (error) => this.#stop(error as Error));
    this.#worker.on('exit', () =>
      this.#stop(new Error('the thread that writes the log has ended')),
    );
  }

  write(descriptor: number, bytes: Uint8Array, position: number, done: Done): void {
    if (this.#done !== undefined) throw new Error('a log writes one record at a time');
    if (this.#failure !== undefined) {
      const failure = this.#failure;
      queueMicrotask(() => done(failure));
      return;
    }
    const slot = this.#slotOf(bytes);
    this.#done = done;
    const words = this.#words;
    words[commandLayout.slot] = slot;
    words[commandLayout.descriptor] = descriptor;
    words[commandLayout.start] = bytes.byteOffset;
    words[commandLayout.length] = bytes.length;
    this.#position[0] = position;
    Atomics.add(words, commandLayout.counter, 1);
    Atomics.notify(words, commandLayout.counter);
  }

  close(): void {
    this.#failure ??= new Error('the file system is closed');
    void this.#worker.terminate();
  }

  #slotOf(bytes: Uint8Array): number {
    const memory = bytes.buffer;
    if (!(memory instanceof SharedArrayBuffer)) {
      throw new TypeError('durable writes take memory from FileSystem.allocate');
    }
    const known = this.#memories.indexOf(memory);
    if (known >= 0) return known;
    const slot = this.#nextSlot;
    this.#nextSlot = (slot + 1) % this.#memories.length;
    this.#memories[slot] = memory;
    this.#worker.postMessage({ slot, memory } satisfies SyncRegistration);
    return slot;
  }

  #finish(error: Error | undefined): void {
    const done = this.#done;
    this.#done = undefined;
    done?.(error);
  }

  #stop(error: Error): void {
    this.#failure ??= error;
    if (this.#done !== undefined) this.#finish(this.#failure);
  }
}

function systemError(reply: NonNullable<SyncReply>): Error {
  return Object.assign(new Error(reply.message), { code: reply.code });
}

async function createZeroed(path: string, bytes: number): Promise<void> {
  const handle = await fs.promises.open(path, 'w', fileMode);
  try {
    const zeros = new Uint8Array(Math.min(zeroChunkBytes, bytes));
    let offset = 0;
    while (offset < bytes) {
      const length = Math.min(zeros.length, bytes - offset);
      // A disk that is almost full takes a part, and says why only when it is given the rest.
      offset += (await handle.write(zeros, 0, length, offset)).bytesWritten;
      await handle.datasync();
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function discard(directory: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await fs.promises.unlink(`${directory}/${name}`);
    await syncDirectoryLater(directory);
  }
}

async function syncDirectoryLater(directory: string): Promise<void> {
  const handle = await fs.promises.open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Leaves the promise world before `done` runs, so that what it throws is no unhandled rejection. */
function settle(outcome: Promise<void>, done: Done): void {
  outcome.then(
    () => setImmediate(done, undefined),
    (error: unknown) => {
      setImmediate(done, error instanceof Error ? error : new Error(String(error)));
    },
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
