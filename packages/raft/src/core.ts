/**
 * The state of one replica, which the role files work on, and its outgoing mail. `Raft` is the
 * public face; nothing outside this package sees a core.
 */
import type { ResolvedRaftConfig } from './config.ts';
import type { HardState } from './hard-state.ts';
import { NOBODY } from './member-id.ts';
import type { MemberId } from './member-id.ts';
import type { Message } from './message.ts';
import { isVoter } from './membership/configuration.ts';
import type { Configuration } from './membership/configuration.ts';
import type { ReadState } from './ready.ts';
import { ReplicatedLog } from './replicated-log.ts';
import type { RaftLog } from './raft-log.ts';
import type { Role } from './role.ts';
import { WriteQueue } from './write-queue.ts';

/** Request numbers start below this, so that counting up from there stays exact. */
const FIRST_REQUEST_MAX = 2 ** 52;

export class RaftCore {
  readonly config: ResolvedRaftConfig;
  readonly id: MemberId;
  readonly writes = new WriteQueue();
  readonly log: ReplicatedLog;
  configuration: Configuration;
  term: number;
  votedFor: MemberId;
  role: Role = { kind: 'follower', leader: NOBODY };

  /** Ticks since a leader was heard, or since a leader last checked its quorum. */
  electionElapsed = 0;
  electionTimeout = 0;

  /** What the last Ready said about term, vote and commit index. */
  staged: HardState;
  /** To be sent with the next Ready. */
  messages: Message[] = [];
  /** To be sent when the write that the next Ready asks for is durable. */
  held: Message[] = [];
  readStates: ReadState[] = [];
  readsLost: number[] = [];

  /** Reads that were forwarded to the leader: from the request number to the caller's context. */
  readonly #forwardedReads = new Map<number, number>();
  #nextRequest: number;

  constructor(
    config: ResolvedRaftConfig,
    saved: RaftLog,
    hardState: HardState,
    configuration: Configuration,
    applied: number,
  ) {
    this.config = config;
    this.id = config.id;
    this.configuration = configuration;
    this.staged = hardState;
    this.log = new ReplicatedLog(saved, this.writes, hardState.commit, applied);
    // A snapshot may have reached the disk, and the term that came with it not. No vote of that term
    // can have been revealed then.
    const lastTerm = this.log.last.term;
    this.term = Math.max(hardState.term, lastTerm);
    this.votedFor = hardState.term < lastTerm ? NOBODY : hardState.votedFor;
    this.#nextRequest = Math.floor(config.random() * FIRST_REQUEST_MAX);
    this.resetElectionTimer();
  }

  /** The leader of the term as far as it is known here, `0n` if not. */
  get leader(): MemberId {
    if (this.role.kind === 'leader') return this.id;
    return this.role.kind === 'follower' ? this.role.leader : NOBODY;
  }

  /** Whether the vote of this member counts. */
  get isVoter(): boolean {
    return isVoter(this.configuration, this.id);
  }

  /**
   * Whether a leader of this term has committed an entry of its own. Before that it does not know
   * which of the entries that it inherited are committed (Raft §5.4.2, §8).
   */
  get hasCommittedInTerm(): boolean {
    return this.log.term(this.log.commit) === this.term;
  }

  /** Whether term or vote differ from what any Ready has carried. */
  get hasUnsavedBallot(): boolean {
    return this.term !== this.staged.term || this.votedFor !== this.staged.votedFor;
  }

  resetElectionTimer(): void {
    const { electionTicks, random } = this.config;
    this.electionElapsed = 0;
    this.electionTimeout = electionTicks + Math.floor(random() * electionTicks);
  }

  /** Sends without waiting for the disk: for messages that promise nothing about this replica. */
  send(message: Message): void {
    this.messages.push(message);
  }

  /**
   * Sends once everything that this replica has decided so far is durable: for messages that others
   * will rely on, even if this replica loses all that was not.
   */
  sendWhenDurable(message: Message): void {
    const write = this.writes.last;
    if (this.hasUnsavedBallot || this.log.hasUnstaged) this.held.push(message);
    else if (write !== undefined) write.messages.push(message);
    else this.messages.push(message);
  }

  /** Notes a read that goes to the leader, and gives it a number that no other read ever had. */
  forwardRead(context: number): number {
    const request = this.#nextRequest++;
    this.#forwardedReads.set(request, context);
    return request;
  }

  get forwardedReads(): number {
    return this.#forwardedReads.size;
  }

  /** The leader answered a forwarded read; an answer that nobody waits for is dropped. */
  answerForwardedRead(request: number, index: number): boolean {
    const context = this.#forwardedReads.get(request);
    if (context === undefined) return false;
    this.#forwardedReads.delete(request);
    this.readStates.push({ context, index });
    return true;
  }

  /** Gives up every read that waits for the leadership that ends now. */
  abandonReads(): void {
    for (const context of this.#forwardedReads.values()) this.readsLost.push(context);
    this.#forwardedReads.clear();
    if (this.role.kind !== 'leader') return;
    for (const { origin, request } of this.role.reads.takeAll()) {
      if (origin === this.id) this.readsLost.push(request);
    }
  }
}
