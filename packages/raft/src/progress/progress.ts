/**
 * How far a follower's log has got, as its leader knows it.
 *
 *              an append is acknowledged
 *      ┌───────┐ ───────────────────────► ┌───────────┐
 *      │ probe │                          │ replicate │
 *      └───────┘ ◄─────────────────────── └───────────┘
 *         │  ▲     refused or unreachable        │
 *         │  │ installed or failed               │ what it needs is compacted
 *         ▼  │                                   │
 *      ┌──────────┐ ◄────────────────────────────┘
 *      │ snapshot │
 *      └──────────┘
 *
 * `probe`: it is not known where the logs meet; one append at a time finds out. `replicate`: they
 * meet at `next - 1`; appends are pipelined. `snapshot`: nothing is sent until the snapshot is there.
 *
 * Invariant: `match < next`, and every entry up to `match` is durable on the follower.
 */
import { Inflights } from './inflights.ts';
import type { InflightLimits } from './inflights.ts';
import type { MemberId } from '../member-id.ts';

export type ProgressState = 'probe' | 'replicate' | 'snapshot';

export class Progress {
  readonly id: MemberId;
  readonly inflights: Inflights;
  #needsSnapshot = false;
  #state: ProgressState = 'probe';
  #match = 0;
  #next: number;
  #snapshotIndex = 0;
  /** Heard of since the leader last checked its quorum. */
  recentActive = false;
  /** In `probe`: one append is on its way, and the follower must be heard before another. */
  probeSent = false;
  /** An append is owed even if it carries nothing: the follower was heard, and is behind. */
  nudged = false;
  /** The highest commit index that was sent in an append. */
  sentCommit = 0;

  constructor(id: MemberId, next: number, limits: InflightLimits) {
    this.id = id;
    this.#next = next;
    this.inflights = new Inflights(limits);
  }

  get state(): ProgressState {
    return this.#state;
  }

  get match(): number {
    return this.#match;
  }

  /** The index of the next entry to send. */
  get next(): number {
    return this.#next;
  }

  /** In `snapshot`: the index of the snapshot that was sent, otherwise 0. */
  get snapshotIndex(): number {
    return this.#snapshotIndex;
  }

  /** Whether the follower said that no append can help it. */
  get needsSnapshot(): boolean {
    return this.#needsSnapshot;
  }

  /** Has a snapshot sent next, wherever the logs might meet. */
  needSnapshot(): void {
    if (this.#state === 'snapshot' || this.#match > 0) return;
    this.#needsSnapshot = true;
    this.probeSent = false;
  }

  /** Starts over from what is known for certain, or from just after a snapshot that arrived. */
  becomeProbe(snapshotArrived = false): void {
    const arrived = snapshotArrived ? this.#snapshotIndex : 0;
    this.#enter('probe');
    this.#next = Math.max(this.#match, arrived) + 1;
    this.sentCommit = Math.min(this.sentCommit, this.#next - 1);
  }

  becomeReplicate(): void {
    this.#enter('replicate');
    this.#next = this.#match + 1;
  }

  becomeSnapshot(index: number): void {
    this.#enter('snapshot');
    this.#snapshotIndex = index;
  }

  #enter(state: ProgressState): void {
    this.#state = state;
    this.#snapshotIndex = 0;
    this.#needsSnapshot = false;
    this.probeSent = false;
    this.nudged = false;
    this.inflights.clear();
  }

  /** Notes an append of entries up to `lastIndex` that was sent ahead of any answer. */
  sentAhead(lastIndex: number, bytes: number): void {
    this.#next = lastIndex + 1;
    this.inflights.add(lastIndex, bytes);
  }

  /** The follower holds everything up to `index`, durably. Says whether that is news. */
  acknowledge(index: number): boolean {
    this.inflights.free(index);
    if (index <= this.#match) return false;
    this.#match = index;
    this.#next = Math.max(this.#next, index + 1);
    return true;
  }

  /**
   * The follower refused an append after `refused`. Says whether `next` went back; an answer that
   * came late, to something that was settled meanwhile, changes nothing.
   *
   * @param candidate the last index where the two logs may still agree
   */
  retreat(refused: number, candidate: number): boolean {
    if (refused <= this.#match) return false;
    if (this.#state === 'replicate') {
      this.becomeProbe();
      return true;
    }
    if (this.#state !== 'probe' || refused !== this.#next - 1) return false;
    this.#next = Math.max(Math.min(refused, candidate + 1), this.#match + 1);
    this.sentCommit = Math.min(this.sentCommit, this.#next - 1);
    this.probeSent = false;
    return true;
  }
}
