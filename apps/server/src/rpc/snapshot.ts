/**
 * `Maintenance.Snapshot`: the whole store in etcd's file format, as it is when the call comes, however long the client
 * takes to read it.
 */
import {
  Maintenance,
  SnapshotRequest,
  SnapshotResponse,
  Writer,
  etcdErrors,
  type EtcdErrorRow,
} from '@concord/protocol';
import { ETCD_STORAGE_VERSION, type Replica } from '@concord/kv';
import { writeEtcdSnapshot, type LmdbStore } from '@concord/storage';
import type { Log } from '../log.ts';
import type { MethodRegistry, Stream, StreamEvents } from './method.ts';

/** A store that is held cannot reuse its pages and grows under writes. */
const SNAPSHOTS_MAX = 3;
/** A client that takes nothing for so long has gone, or might as well. */
const STALL_MS_MAX = 60_000;

export class SnapshotService {
  readonly #replica: Replica;
  readonly #store: LmdbStore;
  readonly #log: Log;
  #running = 0;

  constructor(replica: Replica, store: LmdbStore, log: Log) {
    this.#replica = replica;
    this.#store = store;
    this.#log = log;
  }

  register(registry: MethodRegistry): void {
    registry.stream(Maintenance, Maintenance.methods.snapshot, (stream) => this.#open(stream));
  }

  #open(stream: Stream): StreamEvents {
    // What is older than etcd 3.6 has no version in it.
    const isLowered = this.#replica.machine.downgrade.targetVersion !== undefined;
    const transfer = new SnapshotTransfer(stream, isLowered ? '' : ETCD_STORAGE_VERSION);
    let isAsked = false;
    return {
      message: (bytes) => {
        SnapshotRequest.decode(bytes);
        if (!isAsked) this.#start(transfer);
        isAsked = true;
      },
      halfClose: () => undefined,
      closed: () => transfer.closed(),
      drain: () => transfer.drained(),
    };
  }

  /** What was answered to anybody before is stored first, so that it is in the snapshot. */
  #start(transfer: SnapshotTransfer): void {
    if (this.#running >= SNAPSHOTS_MAX) return transfer.fail(etcdErrors.ErrTooManyRequests);
    this.#running += 1;
    this.#replica.whenStored(() => {
      void this.#send(transfer).finally(() => (this.#running -= 1));
    });
  }

  async #send(transfer: SnapshotTransfer): Promise<void> {
    if (transfer.isClosed) return;
    const startedMs = performance.now();
    const view = this.#store.view();
    try {
      const isSent = await transfer.send(writeEtcdSnapshot(view));
      const fields = {
        bytes: transfer.sentBytes,
        seconds: Math.round(performance.now() - startedMs) / 1000,
      };
      if (isSent) this.#log.info(fields, 'sent a snapshot to a client');
      else this.#log.warn(fields, 'a client has not read a snapshot to its end');
    } catch (error) {
      this.#log.error({ error: String(error) }, 'a snapshot could not be sent');
      transfer.fail(etcdErrors.ErrStopped);
    } finally {
      view.close();
    }
  }
}

/** One snapshot on its way to one client, at the client's pace. */
class SnapshotTransfer {
  readonly #stream: Stream;
  readonly #storageVersion: string;
  readonly #writer = new Writer();
  sentBytes = 0;
  #isClosed = false;
  #resume: (() => void) | undefined;

  constructor(stream: Stream, storageVersion: string) {
    this.#stream = stream;
    this.#storageVersion = storageVersion;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Nothing happens when the call is over already. */
  fail(error: EtcdErrorRow): void {
    if (!this.#isClosed) this.#stream.fail(error);
  }

  drained(): void {
    this.#resume?.();
  }

  closed(): void {
    this.#isClosed = true;
    this.#resume?.();
  }

  /** Answers whether everything was sent. */
  async send(
    pieces: AsyncIterable<{ readonly bytes: Uint8Array; readonly remainingBytes: number }>,
  ): Promise<boolean> {
    for await (const { bytes, remainingBytes } of pieces) {
      if (this.#isClosed) return false;
      const response = {
        header: undefined,
        remainingBytes,
        blob: bytes,
        version: this.#storageVersion,
      };
      SnapshotResponse.encode(response, this.#writer.reset());
      this.sentBytes += bytes.length;
      if (!this.#stream.write(this.#writer.view()) && !(await this.#room())) return false;
    }
    this.#stream.end();
    return true;
  }

  /** Answers whether there is room again; a client that makes none for long is let go. */
  async #room(): Promise<boolean> {
    const isRoom = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), STALL_MS_MAX);
      this.#resume = () => {
        clearTimeout(timer);
        resolve(!this.#isClosed);
      };
    });
    this.#resume = undefined;
    if (!isRoom) this.fail(etcdErrors.ErrTimeout);
    return isRoom;
  }
}
