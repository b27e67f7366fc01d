/** What is measured of each other member: round trips, and snapshots both ways. */
import type { TransportObserver } from '../peer/transport-observer.ts';
import { DISK_BOUNDS, exponentialBounds, Histogram } from './histogram.ts';

const ROUND_TRIP_BOUNDS = exponentialBounds(0.0001, 2, 16);
const SNAPSHOT_BOUNDS = exponentialBounds(0.1, 2, 10);

/** Snapshots in one direction, to or from one member. */
export class SnapshotCount {
  successes = 0;
  failures = 0;
  /** In seconds, of those that arrived. */
  readonly times = new Histogram(SNAPSHOT_BOUNDS);
  /** When those began that are under way, oldest first. */
  readonly #begun: number[] = [];

  get underWay(): number {
    return this.#begun.length;
  }

  began(): void {
    this.#begun.push(performance.now());
  }

  /** Answers how long it took, in seconds. */
  ended(arrived: boolean): number {
    const nowMs = performance.now();
    const seconds = (nowMs - (this.#begun.shift() ?? nowMs)) / 1000;
    if (arrived) {
      this.successes += 1;
      this.times.observe(seconds);
    } else this.failures += 1;
    return seconds;
  }
}

export class PeerCount {
  /** In seconds. */
  readonly roundTrips = new Histogram(ROUND_TRIP_BOUNDS);
  readonly sent = new SnapshotCount();
  readonly received = new SnapshotCount();
}

export class NetworkCounts implements TransportObserver {
  /** By member; members that have gone stay, as their totals do. */
  readonly peers = new Map<bigint, PeerCount>();
  /** From all members together, from the first chunk until the last is durable, in seconds. */
  readonly saves = new Histogram(SNAPSHOT_BOUNDS);
  /** Making the whole of one durable, in seconds. */
  readonly saveSyncs = new Histogram(DISK_BOUNDS);

  of(id: bigint): PeerCount {
    let count = this.peers.get(id);
    if (count === undefined) this.peers.set(id, (count = new PeerCount()));
    return count;
  }

  roundTrip(id: bigint, milliseconds: number): void {
    this.of(id).roundTrips.observe(milliseconds / 1000);
  }

  snapshotOffered(id: bigint): void {
    this.of(id).sent.began();
  }

  snapshotSent(id: bigint, arrived: boolean): void {
    this.of(id).sent.ended(arrived);
  }

  fetchBegan(id: bigint): void {
    this.of(id).received.began();
  }

  fetchEnded(id: bigint, arrived: boolean): void {
    const seconds = this.of(id).received.ended(arrived);
    if (arrived) this.saves.observe(seconds);
  }

  fetchMadeDurable(milliseconds: number): void {
    this.saveSyncs.observe(milliseconds / 1000);
  }
}
