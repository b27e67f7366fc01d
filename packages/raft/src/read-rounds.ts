/**
 * Linearizable reads without a log entry (Raft §8, thesis §6.4): a leader may answer at its commit
 * index once a quorum has confirmed, after the read was asked for, that it is still the leader.
 *
 * Reads are gathered into rounds. A round gets its number when it is started; heartbeats carry the
 * newest number and their answers repeat it; an answer to round n confirms every round up to n.
 * Numbers only rise, belong to one leadership, and are never chosen by whoever asks, so an answer
 * can never confirm a read that was asked for after the heartbeat had left.
 *
 * Invariant: a round takes no more reads once it is started.
 */
import { quorumReached } from './quorum/joint.ts';
import type { JointVoters } from './quorum/joint.ts';
import type { MemberId } from './member-id.ts';

export interface PendingRead {
  /** Who asked: the leader itself, or a follower that forwarded the read. */
  readonly origin: MemberId;
  /** The asker's own name for the read. */
  readonly request: number;
}

export interface ReadRound {
  readonly number: number;
  /** The commit index when the round was started. */
  readonly index: number;
  readonly reads: readonly PendingRead[];
}

export class ReadRounds {
  #newest = 0;
  #gathered: PendingRead[] = [];
  #started: ReadRound[] = [];
  #waiting = 0;
  readonly #acknowledged = new Map<MemberId, number>();

  /** The number of the newest round that was started; 0 before the first. */
  get newest(): number {
    return this.#newest;
  }

  /** How many reads wait, started or not. */
  get size(): number {
    return this.#waiting;
  }

  get hasGathered(): boolean {
    return this.#gathered.length > 0;
  }

  get hasStarted(): boolean {
    return this.#started.length > 0;
  }

  add(read: PendingRead): void {
    this.#gathered.push(read);
    this.#waiting++;
  }

  /** Starts a round for all gathered reads; the caller sends its number with a heartbeat. */
  start(commit: number): void {
    this.#newest++;
    this.#started.push({ number: this.#newest, index: commit, reads: this.#gathered });
    this.#gathered = [];
  }

  /** A member answered a heartbeat of that round. */
  acknowledge(id: MemberId, round: number): void {
    if (round > (this.#acknowledged.get(id) ?? 0)) this.#acknowledged.set(id, round);
  }

  /** Takes out the rounds that a quorum has confirmed; the leader itself confirms all of them. */
  takeConfirmed(voters: JointVoters, self: MemberId): readonly ReadRound[] {
    if (this.#started.length === 0) return [];
    const confirmed = quorumReached(voters, (id) =>
      id === self ? this.#newest : (this.#acknowledged.get(id) ?? 0),
    );
    const pending = this.#started.findIndex((round) => round.number > confirmed);
    const rounds = this.#started.splice(0, pending === -1 ? this.#started.length : pending);
    for (const round of rounds) this.#waiting -= round.reads.length;
    return rounds;
  }

  /** Everything that still waits, for the leader that gives up. */
  takeAll(): readonly PendingRead[] {
    const reads = [...this.#started.flatMap((round) => round.reads), ...this.#gathered];
    this.#started = [];
    this.#gathered = [];
    this.#waiting = 0;
    return reads;
  }
}
