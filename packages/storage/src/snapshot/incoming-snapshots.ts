/**
 * Takes in one snapshot at a time. A whole one waits in `next` until it is installed, or a later whole one takes its
 * place; one that is not whole is gone on with while it has the same name, after a restart too.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assert, type LogPosition } from '@concord/raft';
import { readStore } from '../lmdb/closed-store.ts';
import { IncomingTransfer } from './incoming-transfer.ts';
import { incomingPath, makeNext, type MemberFiles, type ReadApplied } from './installation.ts';
import type { InterruptedTransfer } from './interrupted-snapshot.ts';
import type { IncomingSnapshot, InterruptedSnapshot, SnapshotSink } from './transfer.ts';

interface WholeSnapshot {
  readonly name: Uint8Array;
  readonly position: LogPosition;
  readonly chunks: number;
}

export class IncomingSnapshots implements SnapshotSink {
  readonly #files: MemberFiles;
  readonly #readApplied: ReadApplied;
  #transfer: IncomingTransfer | undefined;
  /** What is in `next`. */
  #whole: WholeSnapshot | undefined;
  /** Settled while none is being installed. */
  #installation: Promise<void> = Promise.resolve();

  #interrupted: InterruptedTransfer | undefined;
  /** A directory is removed in the background, so the next one has another name. */
  #begun: number;

  /** @param interrupted what the process before has left */
  constructor(
    files: MemberFiles,
    readApplied: ReadApplied,
    interrupted: InterruptedTransfer | undefined,
  ) {
    this.#files = files;
    this.#readApplied = readApplied;
    this.#interrupted = interrupted;
    this.#begun = interrupted?.number ?? 0;
  }

  get interrupted(): InterruptedSnapshot | undefined {
    return this.#interrupted;
  }

  begin(name: Uint8Array, origin = new Uint8Array(0)): IncomingSnapshot {
    if (this.#whole !== undefined && isSame(this.#whole.name, name)) return finished(this.#whole);
    const transfer = this.#transferOf(name, origin);
    return {
      get nextChunk() {
        return transfer.nextChunk;
      },
      write: (chunk) => transfer.write(chunk),
      finish: () => this.#finish(transfer),
      abort: () => this.#giveUp(transfer),
    };
  }

  /** The position of the whole snapshot of that name, from now on being installed until `installation` is settled. */
  install(name: Uint8Array, installation: Promise<void>): LogPosition {
    const whole = this.#whole;
    assert(whole !== undefined && isSame(whole.name, name), 'what is installed was fetched whole');
    this.#installation = installation;
    this.#whole = undefined;
    return whole.position;
  }

  /** What is not whole stays for the next process. */
  close(): Promise<void> {
    return this.#transfer === undefined ? Promise.resolve() : this.#transfer.keep();
  }

  #transferOf(name: Uint8Array, origin: Uint8Array): IncomingTransfer {
    const current = this.#transfer;
    if (current !== undefined && isSame(current.name, name) && !current.hasFailed) return current;
    if (current !== undefined) void current.discard();
    this.#transfer =
      this.#takeUp(name) ??
      new IncomingTransfer({
        directory: join(incomingPath(this.#files), String(++this.#begun)),
        name,
        origin,
      });
    return this.#transfer;
  }

  /** What the process before has left is gone on with now, or makes room. */
  #takeUp(name: Uint8Array): IncomingTransfer | undefined {
    const interrupted = this.#interrupted;
    if (interrupted === undefined) return undefined;
    this.#interrupted = undefined;
    const { directory, nextChunk, origin } = interrupted;
    if (isSame(interrupted.name, name))
      return new IncomingTransfer({ directory, name, origin, interruptedAt: nextChunk });
    void rm(directory, { recursive: true, force: true }).catch(() => undefined);
    return undefined;
  }

  async #finish(transfer: IncomingTransfer): Promise<void> {
    await transfer.finish();
    if (this.#transfer === transfer) this.#transfer = undefined;
    await this.#installation;
    const { name, directory, nextChunk: chunks } = transfer;
    const position = readStore({ directory, access: 'write', origin: 'built' }, this.#readApplied);
    this.#whole = undefined;
    await makeNext(this.#files, directory);
    this.#whole = { name, position, chunks };
  }

  async #giveUp(transfer: IncomingTransfer): Promise<void> {
    if (this.#transfer === transfer) this.#transfer = undefined;
    await transfer.discard();
  }
}

/** What is whole already is not sent again. */
function finished({ chunks }: WholeSnapshot): IncomingSnapshot {
  return {
    nextChunk: chunks,
    write: () => Promise.resolve(),
    finish: () => Promise.resolve(),
    abort: () => Promise.resolve(),
  };
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
