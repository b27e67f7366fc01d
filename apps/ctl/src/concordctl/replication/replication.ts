/**
 * A range of one cluster copied into another, and kept so. It goes on where an earlier process of it was, through whatever
 * ended that one:
 *
 *     copy ──► follow ──► (compacted) ──► reconcile ──► follow …
 *
 * copy       the source at one revision is written, in the order of keys, into a range that is empty
 * follow     changes since are written, in the order of revisions
 * reconcile  the source's history since is gone: both are read in the order of keys, and what differs is written or deleted
 */
import type { Change, Client, Entry } from '@concord/client';
import { keyBytes } from '@concord/client';
import type { Checkpoint } from './checkpoint.ts';
import { isCompacted, type Destination } from './destination.ts';
import type { KeyMap } from './key-map.ts';
import type { Pace } from './pace.ts';
import { after, ahead, pages, type Range } from './pager.ts';
import { paired } from './paired.ts';
import { persistently, type Patience } from './patience.ts';
import { Batch, type Write } from './write.ts';

export interface ReplicationParts {
  readonly source: Client;
  readonly destination: Destination;
  readonly keys: KeyMap;
  readonly pace: Pace;
  readonly patience: Patience;
  /** Operations of a transaction at the destination, without the checkpoint's. */
  readonly opsMax: number;
  /** Whether each revision stays a transaction of its own, for those who watch the destination. */
  readonly isRevisionWise: boolean;
}

/** How it goes, for those who show it. */
export interface ReplicationState {
  readonly phase: Checkpoint['phase'];
  readonly revision: number;
  /** Keys written and deleted so far, those of earlier processes included. */
  readonly written: number;
}

/** A key that is written all the time would otherwise keep its batch from ever being full. */
const REVISIONS_MAX = 1000;

/** Changes that wait to be written before the watch pauses; of the largest values, 384 MB. */
const CHANGES_WAITING_MAX = 256;

export class Replication {
  readonly #parts: ReplicationParts;
  readonly #isReconciled: boolean;
  #state: Checkpoint;

  /** `isReconciled`: the destination may have what the source has not, from the start. */
  constructor(parts: ReplicationParts, checkpoint: Checkpoint, isReconciled: boolean) {
    this.#parts = parts;
    this.#state = checkpoint;
    this.#isReconciled = isReconciled;
  }

  get state(): ReplicationState {
    return this.#state;
  }

  /** Everything up to `state.revision` is there when this resolves. Rejects with `COMPACTED` where the source has none. */
  async copyOnce(): Promise<void> {
    const { phase, revision, copiedTo } = this.#state;
    if (phase === 'follow' || phase === 'finish') return;
    await this.#write(phase, revision, Buffer.from(copiedTo, 'base64'));
    await this.#commit(new Batch(), { phase: 'follow', copiedTo: '' });
  }

  /** The same, whatever the source has compacted meanwhile. */
  async copy(): Promise<void> {
    for (;;) {
      try {
        await this.copyOnce();
        return;
      } catch (error) {
        if (!isCompacted(error)) throw error;
        // The revision that was being copied is gone; a younger one differs from it in both directions.
        this.#parts.patience.tell(
          `revision ${this.#state.revision} of the source has been compacted: comparing both sides at its newest`,
        );
        await this.reconcileAnew();
      }
    }
  }

  /** The next copy compares both sides, from the first key on, at the source's newest revision. */
  async reconcileAnew(): Promise<void> {
    const revision = await this.sourceRevision();
    await this.#commit(new Batch(), { phase: 'reconcile', revision, copiedTo: '' });
  }

  /** The newest of the source. */
  async sourceRevision(): Promise<number> {
    const { source, keys, patience } = this.#parts;
    const range = { limit: 1, countOnly: true } as const;
    const read = (): Promise<{ revision: number }> => source.kv.range(keys.source.from, range);
    return (await persistently(read, patience)).revision;
  }

  /**
   * Writes what changes, until the signal aborts. `onState` is called after each transaction; `isDone` is asked then, and
   * whenever the source says how far it is.
   */
  async follow(signal: AbortSignal, isDone: () => boolean = () => false): Promise<void> {
    while (!signal.aborted && !isDone()) {
      try {
        await this.followOnce(signal, isDone);
      } catch (error) {
        // The watch ends with an error of its own when it is told to.
        if (signalHasAborted(signal)) return;
        if (!isCompacted(error)) throw error;
        this.#parts.patience.tell(
          `the source's history after revision ${this.#state.revision} is gone: comparing both sides`,
        );
        await this.reconcileAnew();
        await this.copy();
      }
    }
  }

  /** The same, while the source has its history. Rejects with `COMPACTED`. */
  async followOnce(signal: AbortSignal, isDone: () => boolean = () => false): Promise<void> {
    const { source, keys } = this.#parts;
    const range: { from: Uint8Array; to?: Uint8Array } =
      keys.source.to === undefined
        ? { from: keys.source.from }
        : { ...keys.source, to: keys.source.to };
    await using watch = source.watch(range, {
      from: this.#state.revision + 1,
      bufferMax: CHANGES_WAITING_MAX,
      signal,
    });
    const batch = new Batch(this.#parts.opsMax);
    this.#reached = this.#state.revision;
    let pending = watch.next();
    pending.catch(() => undefined);
    for (;;) {
      const isWaiting = await isPending(pending);
      // What has come is written once there is nothing more to put with it.
      if (isWaiting && !batch.isEmpty) await this.#flush(batch);
      if (isWaiting && isDone()) return;
      const { done, value } = await pending;
      if (done === true) break;
      pending = watch.next();
      pending.catch(() => undefined);
      if (value.type === 'changes') await this.#take(batch, value.revision, value.changes);
      // Of a part alone, what others change would otherwise look like a lag, and be compacted away.
      else if (!keys.isWhole && batch.isEmpty && value.revision > this.#state.revision) {
        await this.#commit(batch, { revision: value.revision });
      }
      if (batch.isEmpty && isDone()) return;
    }
    if (!signal.aborted) await this.#flush(batch);
  }

  /** The revision that the writes of a batch lead to, where it holds whole ones. */
  #reached = 0;

  async #take(batch: Batch, revision: number, changes: readonly Change[]): Promise<void> {
    const writes = changes.flatMap((change) => this.#writeOf(change));
    const isApart = this.#parts.isRevisionWise && writes.some((write) => batch.has(write));
    const isLate = revision - this.#state.revision > REVISIONS_MAX;
    if (isApart || isLate || writes.some((write) => batch.isFullFor(write))) {
      await this.#flush(batch);
    }
    for (const write of writes) {
      // A revision that is larger than a transaction is cut; after a kill it is written once more from its beginning.
      if (batch.isFullFor(write)) {
        await this.#commit(batch, {});
        batch.clear();
      }
      batch.add(write);
    }
    this.#reached = revision;
    if (this.#parts.isRevisionWise && writes.length > 1) await this.#flush(batch);
  }

  async #flush(batch: Batch): Promise<void> {
    if (this.#reached <= this.#state.revision && batch.isEmpty) return;
    await this.#commit(batch, { revision: Math.max(this.#reached, this.#state.revision) });
    batch.clear();
  }

  #writeOf(change: Change): Write[] {
    const { keys } = this.#parts;
    const sourceKey = change.kind === 'put' ? change.entry.keyBytes : keyBytes(change.key);
    const key = keys.toDestination(sourceKey);
    if (key === undefined) return [];
    if (change.kind === 'delete') return [{ kind: 'delete', key }];
    return [{ kind: 'put', key, value: change.entry.value }];
  }

  async #write(phase: 'copy' | 'reconcile', revision: number, copiedTo: Uint8Array): Promise<void> {
    const { source, keys, patience, opsMax } = this.#parts;
    const isCopy = phase === 'copy' && !this.#isReconciled;
    const from = (range: Range): Range =>
      copiedTo.length === 0 ? range : { from: after(copiedTo), to: range.to };
    const theirs = ahead(pages(source, from(keys.source), { revision, patience }));
    const start = copiedTo.length === 0 ? keys.destination.from : keys.mapped(after(copiedTo));
    const range = { from: start, to: keys.destination.to };
    const ours = isCopy
      ? nothing()
      : ahead(pages(this.#parts.destination.client, range, { patience }));
    const batch = new Batch(opsMax);
    let last = Buffer.from(copiedTo).toString('base64');
    for await (const pair of paired(theirs, ours, (key) => keys.toDestination(key))) {
      const write = this.#difference(pair.source, pair.destination);
      if (write !== undefined && batch.isFullFor(write)) {
        await this.#commit(batch, { copiedTo: last });
        batch.clear();
      }
      if (write !== undefined) batch.add(write);
      if (pair.source !== undefined) last = Buffer.from(pair.source.keyBytes).toString('base64');
    }
    if (!batch.isEmpty) await this.#commit(batch, { copiedTo: last });
  }

  #difference(source: Entry | undefined, destination: Entry | undefined): Write | undefined {
    const { keys } = this.#parts;
    if (source === undefined) {
      const key = destination?.keyBytes;
      return key !== undefined && keys.isReplicated(key) ? { kind: 'delete', key } : undefined;
    }
    // A lease that a key has there already is not the source's: it would end the key some day.
    const isEqual =
      destination !== undefined &&
      destination.lease === 0n &&
      Buffer.compare(source.value, destination.value) === 0;
    const key = keys.toDestination(source.keyBytes);
    if (isEqual || key === undefined) return undefined;
    return { kind: 'put', key, value: source.value };
  }

  async #commit(batch: Batch, change: Partial<Checkpoint>): Promise<void> {
    const { destination, pace, patience } = this.#parts;
    const { writes } = batch;
    await pace.take(writes.length, patience.signal);
    const next = { ...this.#state, ...change, written: this.#state.written + writes.length };
    await destination.write(writes, next);
    this.#state = next;
  }

  /** Leases are about to be attached, or are taken off again. */
  async enter(phase: 'follow' | 'finish'): Promise<void> {
    await this.#commit(new Batch(), { phase });
  }
}

async function* nothing(): AsyncGenerator<readonly Entry[]> {
  // An empty destination.
}

const signalHasAborted = ({ aborted }: AbortSignal): boolean => aborted;

/** Whether it is still to come, once what is due has come. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const later = new Promise<true>((resolve) => setImmediate(() => resolve(true)));
  const settled = (): false => false;
  return Promise.race([promise.then(settled, settled), later]);
}
