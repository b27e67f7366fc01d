/** The snapshots of one member: those it holds for others, and the one that it takes in and installs. */
import { assert, type LogPosition } from '@concord/raft';
import type { HeldSnapshot, Snapshots } from '@concord/kv';
import type { LmdbStore } from '../lmdb/lmdb-store.ts';
import type { Wal } from '../wal/wal.ts';
import { HeldSnapshots } from './held-snapshots.ts';
import { IncomingSnapshots } from './incoming-snapshots.ts';
import {
  exchangeStores,
  removeReplaced,
  type MemberFiles,
  type ReadApplied,
} from './installation.ts';
import type { InterruptedTransfer } from './interrupted-snapshot.ts';
import type { SnapshotSink, SnapshotSource } from './transfer.ts';

export interface MemberSnapshotsOptions {
  readonly files: MemberFiles;
  readonly store: LmdbStore;
  readonly wal: Wal;
  readonly readApplied: ReadApplied;
  /** What the process before was taking in. */
  readonly interrupted: InterruptedTransfer | undefined;
}

export class MemberSnapshots implements Snapshots {
  /** Where other members fetch what is held here. */
  readonly source: SnapshotSource;
  /** Where a snapshot of another member is written to. */
  readonly sink: SnapshotSink;
  readonly #options: MemberSnapshotsOptions;
  readonly #held: HeldSnapshots;
  readonly #incoming: IncomingSnapshots;

  constructor(options: MemberSnapshotsOptions) {
    this.#options = options;
    this.#held = new HeldSnapshots(options.store);
    this.#incoming = new IncomingSnapshots(options.files, options.readApplied, options.interrupted);
    this.source = this.#held;
    this.sink = this.#incoming;
  }

  hold(): HeldSnapshot | undefined {
    return this.#held.hold();
  }

  /** `name` must have been finished in `sink` and bear `position`. What the store is given meanwhile is void. */
  install(position: LogPosition, name: Uint8Array, installed: () => void): void {
    const { files, store, wal } = this.#options;
    let end = (): void => undefined;
    const own = this.#incoming.install(name, new Promise<void>((resolve) => (end = resolve)));
    const isAtPosition = own.index === position.index && own.term === position.term;
    assert(isAtPosition, 'a snapshot holds what its message says');
    wal.reset(position, () => {
      store.replace(
        () => exchangeStores(files),
        () => {
          removeReplaced(files);
          end();
          installed();
        },
      );
    });
  }

  /** Lets go of everything that is held, and ends what is under way; call before log and store are closed. */
  close(closed: () => void): void {
    this.#held.close();
    this.#incoming.close().then(closed, closed);
  }
}
