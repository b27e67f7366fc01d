/**
 * Takes in one snapshot at a time. A whole one waits in `next` until it is installed, or a later whole one takes its
 * place; one that is not whole is gone on with while it has the same name.
 */
import { join } from 'node:path';
import { assert, type LogPosition } from '@concord/raft';
import { readStore } from '../lmdb/closed-store.ts';
import { IncomingTransfer } from './incoming-transfer.ts';
import { incomingPath, makeNext, type MemberFiles, type ReadApplied } from './installation.ts';
import type { IncomingSnapshot, SnapshotSink } from './transfer.ts';

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

  constructor(files: MemberFiles, readApplied: ReadApplied) {
    this.#files = files;
    this.#readApplied = readApplied;
  }

  begin(name: Uint8Array): IncomingSnapshot {
    if (this.#whole !== undefined && isSame(this.#whole.name, name)) return finished(this.#whole);
    const transfer = this.#transferOf(name);
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

  /** Gives up what is not whole. */
  close(): Promise<void> {
    return this.#transfer === undefined ? Promise.resolve() : this.#giveUp(this.#transfer);
  }

  #transferOf(name: Uint8Array): IncomingTransfer {
    const current = this.#transfer;
    if (current !== undefined && isSame(current.name, name) && !current.hasFailed) return current;
    if (current !== undefined) void current.discard();
    const directory = join(incomingPath(this.#files), uniqueName());
    this.#transfer = new IncomingTransfer(directory, name);
    return this.#transfer;
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

let begun = 0;
/** A directory is removed in the background, so the next one has another name. */
const uniqueName = (): string => String(++begun);

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
