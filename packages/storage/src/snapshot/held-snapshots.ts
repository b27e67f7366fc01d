/**
 * The snapshots that this member holds for others, each under a random name.
 *
 * A snapshot that is held costs no copy, but LMDB reuses no page that is live in it: under writes the file grows. So
 * few are held, and none for longer than somebody reads it.
 */
import { randomBytes } from 'node:crypto';
import type { HeldSnapshot } from '@concord/kv';
import type { LmdbStore } from '../lmdb/lmdb-store.ts';
import type { StoreView } from '../lmdb/store-view.ts';
import { snapshotNameBytes } from './chunk.ts';
import { ChunkReader } from './chunk-reader.ts';
import type { SnapshotSource } from './transfer.ts';

/** One for each member that may lag while the others of five are up, and one more. */
const holdsMax = 3;
/** A receiver that is alive asks for the next chunk well within this. */
const idleMillisecondsMax = 60_000;

interface Hold {
  readonly view: StoreView;
  readonly reader: ChunkReader;
  readonly timer: NodeJS.Timeout;
}

export class HeldSnapshots implements SnapshotSource {
  readonly #store: LmdbStore;
  readonly #idleMilliseconds: number;
  readonly #holds = new Map<string, Hold>();

  /** @param idleMilliseconds how long a snapshot is held that nobody reads; default 60 s */
  constructor(store: LmdbStore, idleMilliseconds = idleMillisecondsMax) {
    this.#store = store;
    this.#idleMilliseconds = idleMilliseconds;
  }

  /** Holds the store as it is durable now; `undefined` while three are held already. */
  hold(): HeldSnapshot | undefined {
    this.#forgetClosed();
    if (this.#holds.size >= holdsMax) return undefined;
    const name = new Uint8Array(randomBytes(snapshotNameBytes));
    const view = this.#store.view();
    const timer = setTimeout(() => this.release(name), this.#idleMilliseconds).unref();
    this.#holds.set(keyOf(name), { view, reader: new ChunkReader(name, view), timer });
    return { name, store: view };
  }

  open(name: Uint8Array, fromChunk: number): AsyncIterable<Uint8Array> | undefined {
    this.#forgetClosed();
    const hold = this.#holds.get(keyOf(name));
    return hold && read(hold, fromChunk);
  }

  release(name: Uint8Array): void {
    const hold = this.#holds.get(keyOf(name));
    if (hold === undefined) return;
    clearTimeout(hold.timer);
    hold.view.close();
    this.#holds.delete(keyOf(name));
  }

  /** Lets go of all of them. */
  close(): void {
    for (const name of this.#holds.keys()) this.release(Buffer.from(name, 'hex'));
  }

  /** The store closes the views of what it no longer has. */
  #forgetClosed(): void {
    for (const [name, { view }] of this.#holds)
      if (!view.isOpen) this.release(Buffer.from(name, 'hex'));
  }
}

async function* read({ reader, timer }: Hold, fromChunk: number): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of reader.read(fromChunk)) {
    timer.refresh();
    yield chunk;
  }
}

const keyOf = (name: Uint8Array): string => Buffer.from(name).toString('hex');
