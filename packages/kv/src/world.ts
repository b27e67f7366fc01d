/**
 * The world as a replica sees it: everything that can block, fail, wait or surprise is handed in. Production
 * gives it a disk, sockets and clocks; the simulator gives it seeded ones. Nothing here returns a promise.
 */
import type { EtcdErrorRow } from '@concord/protocol';
import type { Entry, HardState, LogPosition } from '@concord/raft';
import type { ApplyOutcome } from './apply-outcome.ts';
import type { Command } from './command.ts';
import type { MemberMessage } from './member-message.ts';
import type { OrderedStore } from './ordered-store.ts';

/** The write-ahead log. Appends become durable in the order given; a failing disk stops the member instead. */
export interface DurableLog {
  append(hardState: HardState | undefined, entries: readonly Entry[], durable: () => void): void;
  /** Entries up to `index` are in the store, durably: recovery needs them no more. */
  release(index: number, term: number): void;
}

/** The way to the other members. Messages may be lost, late, doubled and out of order. */
export interface Transport {
  send(messages: readonly MemberMessage[]): void;
  /** Since when, on `World.now`, a member has been reached without a break; undefined while it is not, as far as is known. */
  connectedSinceMs(id: bigint): number | undefined;
}

/** The store as it was durable at one moment, under a name that other members can fetch it by. */
export interface HeldSnapshot {
  readonly name: Uint8Array;
  /** Reads what is held; valid until the turn ends. */
  readonly store: Pick<OrderedStore, 'get'>;
}

/**
 * How a member that lags behind the log gets the whole store. A `snapshot` message of Raft carries a name; the
 * transport of the receiver fetches what it stands for before it hands the message in.
 */
export interface Snapshots {
  /** Holds the store as it is durable now; undefined while no more can be held. Let go once it was fetched. */
  hold(): HeldSnapshot | undefined;
  /**
   * Puts the snapshot that was fetched under `name` in the place of store and log, behind the appends before it.
   * Both are durable, and `World.store` reads the new content, when `installed` is called.
   */
  install(position: LogPosition, name: Uint8Array, installed: () => void): void;
}

/** Hears what a replica has done and how long it took, in milliseconds of `World.now`. Must change nothing. */
export interface ReplicaObserver {
  /** A committed command was applied, or refused; `beganMs` is when that began. Answers the time. */
  applied(command: Command, outcome: ApplyOutcome | EtcdErrorRow, beganMs: number): number;
  /** A slice of compacted revisions was deleted; `isLast` when nothing is left to delete. */
  compacted(beganMs: number, isLast: boolean): void;
}

export interface World {
  readonly log: DurableLog;
  readonly store: OrderedStore;
  readonly transport: Transport;
  readonly snapshots: Snapshots;
  /** Whoever measures; nobody when not given. */
  readonly observer?: ReplicaObserver;
  /** Monotonic milliseconds. */
  now(): number;
  /**
   * The milliseconds in which leases, tokens and progress notices count, where they are others than those of `now`:
   * a test may hold them and move them by hand while the deadlines of requests go on. See `leaseNow`.
   */
  leaseNow?(): number;
  /** Uniform in [0, 1). */
  random(): number;
  /** The members, or their addresses, are others from now on: see `StateMachine.members`. */
  membershipChanged(): void;
  /** This member leads, leads no more, or knows another leader. */
  roleChanged(): void;
  /** Runs a function once the requests that have arrived by now are all handed in. */
  schedule(run: () => void): void;
}

/** The time by which leases, tokens and progress notices count. */
export const leaseNow = (world: Pick<World, 'now' | 'leaseNow'>): number =>
  world.leaseNow?.() ?? world.now();
