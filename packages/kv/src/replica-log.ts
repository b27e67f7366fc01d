/**
 * The log of one replica: on disk through the world, and in memory as much of it as Raft and lagging members need.
 * A member that needs more gets a snapshot of the store.
 */
import {
  MemoryLog,
  type Entry,
  type HardState,
  type Message,
  type RaftStatus,
  type Snapshot,
} from '@concord/raft';
import { readApplied } from './applied.ts';
import { readConfiguration } from './configuration-row.ts';
import { LogRetention } from './log-retention.ts';
import type { RecoveredState } from './replica-options.ts';
import type { World } from './world.ts';

export class ReplicaLog {
  /** What Raft reads. */
  readonly memory: MemoryLog;
  readonly #world: World;
  readonly #retention: LogRetention;

  /** @param isFenced whether the store is no model for others */
  constructor(
    world: World,
    recovered: RecoveredState,
    entriesKept: number,
    isFenced: () => boolean,
  ) {
    this.#world = world;
    this.memory = new MemoryLog({
      start: recovered.base,
      snapshotSource: () => (isFenced() ? undefined : this.#hold()),
    });
    this.memory.append(recovered.entries);
    this.#retention = new LogRetention(this.memory, entriesKept);
  }

  append(hardState: HardState | undefined, entries: readonly Entry[], durable: () => void): void {
    this.#world.log.append(hardState, entries, () => {
      this.memory.append(entries);
      durable();
    });
  }

  /** Puts a snapshot of the leader's in the place of the log and of the store. */
  install(snapshot: Snapshot, installed: () => void): void {
    const { index, term, data } = snapshot;
    this.#world.snapshots.install({ index, term }, data, () => {
      this.memory.applySnapshot(snapshot);
      installed();
    });
  }

  /** The store holds everything up to `index`: neither disk nor memory needs the entries before. */
  released(index: number, term: number): void {
    this.#world.log.release(index, term);
    this.#retention.released(index);
  }

  /** Notes the snapshots among the messages that leave: what comes after them is kept. */
  sent(messages: readonly Message[]): void {
    for (const message of messages) {
      if (message.kind === 'snapshot') {
        this.#retention.snapshotSent(message.to, message.snapshot.index);
      }
    }
  }

  /** Lets go of what was kept for members that follow the log again, or that this member leads no more. */
  tick(status: () => RaftStatus): void {
    if (!this.#retention.isAwaitingMembers) return;
    const { progress } = status();
    for (const member of this.#retention.awaitedMembers) {
      const state = progress.get(member)?.state;
      if (state === undefined || state === 'replicate') this.#retention.caughtUp(member);
    }
  }

  /** The store as it is durable now, with the position and the configuration that it is at. */
  #hold(): Snapshot | undefined {
    const held = this.#world.snapshots.hold();
    if (held === undefined) return undefined;
    const { index, term } = readApplied(held.store).position;
    const configuration = readConfiguration(held.store);
    if (configuration === undefined || index < this.memory.firstIndex() - 1) return undefined;
    return { index, term, configuration, data: held.name };
  }
}
