/**
 * Work that nobody waits for, or that takes more than a turn: history for slow watchers, the deletion of compacted
 * revisions, hashes of the history. It is done a slice a turn, between requests.
 */
import { etcdErrors, type EtcdErrorRow } from '@concord/protocol';
import type { HashKvResult } from './hash/hash-kv.ts';
import type { StateMachine } from './state-machine.ts';
import type { StoreWriter } from './store-writer.ts';
import type { World } from './world.ts';

/** Rows that one turn works off: about a millisecond, LMDB's reads included. */
const ROWS_PER_TURN = 250;

export class Background {
  readonly #world: Pick<World, 'now' | 'observer' | 'schedule'>;
  readonly #machine: StateMachine;
  readonly #storeWriter: StoreWriter;
  /** Callers that wait until everything compacted is deleted. */
  readonly #compactionWaiters: (() => void)[] = [];
  #isScheduled = false;
  #isStopped = false;

  constructor(
    world: Pick<World, 'now' | 'observer' | 'schedule'>,
    machine: StateMachine,
    storeWriter: StoreWriter,
  ) {
    this.#world = world;
    this.#machine = machine;
    this.#storeWriter = storeWriter;
  }

  /** Goes on with what there is to do, from the next turn on. */
  wake(): void {
    if (this.#isScheduled || !this.#machine.hasBackgroundWork) return;
    this.#isScheduled = true;
    this.#world.schedule(() => {
      this.#isScheduled = false;
      if (this.#isStopped) return;
      const beganMs = this.#world.now();
      const isCompacting = this.#machine.hasCompactionWork;
      this.#machine.workInBackground(ROWS_PER_TURN);
      if (isCompacting) this.#world.observer?.compacted(beganMs, !this.#machine.hasCompactionWork);
      if (!this.#machine.hasCompactionWork) this.#releaseCompactionWaiters();
      this.#storeWriter.maybeFlush(this.#world.now());
      this.wake();
    });
  }

  /** Runs `run` once the deletion of compacted revisions has caught up and is stored. */
  whenCompacted(run: () => void): void {
    if (!this.#machine.hasCompactionWork) return this.#storeWriter.whenStored(run);
    this.#compactionWaiters.push(run);
    this.wake();
  }

  /** Hashes the history up to a revision, 0 for the newest; of a revision compacted to, as it was then. */
  hashKv(revision: number, done: (outcome: HashKvResult | EtcdErrorRow) => void): void {
    const { mvcc } = this.#machine;
    const remembered = mvcc.hashOfCompaction(revision);
    if (remembered !== undefined) return done(remembered);
    const hash = this.#machine.startHash(revision);
    if ('code' in hash) return done(hash);
    const slice = (): void => {
      // A snapshot has taken the place of what was being hashed.
      if (this.#machine.mvcc !== mvcc) return done(etcdErrors.ErrTimeout);
      const outcome = this.#machine.continueHash(hash, ROWS_PER_TURN);
      if (outcome === undefined) this.#world.schedule(slice);
      else done(outcome);
    };
    slice();
  }

  stop(): void {
    this.#isStopped = true;
  }

  #releaseCompactionWaiters(): void {
    for (const run of this.#compactionWaiters.splice(0)) this.#storeWriter.whenStored(run);
  }
}
