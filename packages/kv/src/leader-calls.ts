/**
 * Questions that only the leader can answer, while they wait: for a leader to be known, for its answer, or for the
 * end of their time. Where this member leads itself they are answered here.
 *
 * A question that may be asked twice is asked again when the leader changes or says nothing. What became of one that
 * may not, nobody knows until the next leader's state is here.
 */
import {
  LeaderAnswer,
  LeaderCall,
  MembershipRequest_Action as Action,
  encode,
  etcdErrors,
  type EtcdErrorRow,
  type MembershipRequest,
} from '@concord/protocol';
import { NOBODY } from '@concord/raft';

/** How long an answer may take before the question is asked again: several round trips and a busy turn. */
const REPEAT_MS = 1000;

/** An error is an answer with a code, or the row of one that this member found itself. */
export type LeaderOutcome = LeaderAnswer | EtcdErrorRow;
export type Answered = (outcome: LeaderOutcome) => void;

export interface LeaseTime {
  readonly remainingSeconds: number;
  readonly ttlSeconds: number;
}

type Failure = Pick<EtcdErrorRow, 'code' | 'message'>;

export interface LeaderCallsWorld {
  readonly self: bigint;
  /** `0n` while nobody is known to lead; `self` only once this member can answer as the leader. */
  leader(): bigint;
  term(): number;
  now(): number;
  readonly requestTimeoutMs: number;
  send(to: bigint, number: number, body: Uint8Array): void;
  /** Runs `run` when this member's state holds what was complete by now. */
  read(run: () => void, fail: (error: EtcdErrorRow) => void): void;
  /** Whether this member's state shows what a change of the membership was to bring about. */
  isShown(request: MembershipRequest): boolean;
  /** Answers a question as the leader. */
  answer(call: LeaderCall, answered: Answered): void;
}

interface WaitingCall {
  readonly call: LeaderCall;
  readonly isRepeatable: boolean;
  readonly deadlineMs: number;
  readonly answered: Answered;
  sent: { readonly to: bigint; readonly term: number; readonly atMs: number } | undefined;
}

export class LeaderCalls {
  readonly #world: LeaderCallsWorld;
  readonly #waiting = new Map<number, WaitingCall>();
  #nextNumber: number;

  /** @param firstNumber chance: numbers of an earlier start must not be taken for ours */
  constructor(world: LeaderCallsWorld, firstNumber: number) {
    this.#world = world;
    this.#nextNumber = firstNumber;
  }

  /** Restarts a lease's countdown. Answers its TTL in seconds, 0 for one that does not exist. */
  renewLease(id: bigint, done: (outcome: number | Failure) => void): void {
    this.#ask({ case: 'renewLease', value: { ID: id } }, true, (outcome) => {
      done(isError(outcome) ? outcome : outcome.ttlSeconds);
    });
  }

  /** What the leader's clock says of a lease; `undefined` of one that does not exist. */
  timeToLive(id: bigint, done: (outcome: LeaseTime | undefined | Failure) => void): void {
    this.#ask({ case: 'timeToLive', value: { ID: id } }, true, (outcome) => {
      if (isError(outcome)) return done(outcome);
      const { remainingSeconds, ttlSeconds } = outcome;
      done(remainingSeconds < 0 ? undefined : { remainingSeconds, ttlSeconds });
    });
  }

  /**
   * Changes who belongs to the cluster. Once `done` is told so, the state of this member shows it, unless it is removed
   * itself: then it may never hear. What a leader that
   * leads no more made of it, the next one knows: it is asked once more where nothing came of it.
   */
  changeMembership(
    value: MembershipRequest,
    done: (outcome: 'changed' | Failure) => void,
    isLast = false,
  ): void {
    const { read, isShown, self } = this.#world;
    this.#ask({ case: 'membership', value }, false, (outcome) => {
      if (isOfAnotherLeader(outcome)) {
        return read(() => {
          if (isShown(value)) done('changed');
          else if (isLast) done(outcome);
          else this.changeMembership(value, done, true);
        }, done);
      }
      // A member that was removed by it can confirm no read any more, nor wait for the answer.
      const isAnswered = !isError(outcome) || outcome === etcdErrors.ErrStopped;
      if (isAnswered && isShown(value)) return done('changed');
      if (isError(outcome)) return done(outcome);
      // Nobody tells a removed member anything any more, not even that it is removed: the leader's word has to do.
      if (value.action === Action.REMOVE && value.ID === self) return done('changed');
      read(() => done('changed'), done);
    });
  }

  #ask(
    question: NonNullable<LeaderCall['question']>,
    isRepeatable: boolean,
    answered: Answered,
  ): void {
    const number = this.#nextNumber++;
    const deadlineMs = this.#world.now() + this.#world.requestTimeoutMs;
    const call = { question };
    const waiting: WaitingCall = { call, isRepeatable, deadlineMs, answered, sent: undefined };
    this.#waiting.set(number, waiting);
    this.#dispatch(number, waiting);
  }

  /** An answer came from a member. One to a question that waits no more is late, or doubled. */
  receive(number: number, body: Uint8Array): void {
    const waiting = this.#waiting.get(number);
    if (waiting !== undefined) this.#answered(number, waiting, LeaderAnswer.decode(body));
  }

  /** Asks what has not been asked of the present leader, and gives up what is overdue. */
  tick(): void {
    const now = this.#world.now();
    for (const [number, waiting] of this.#waiting) {
      if (waiting.deadlineMs <= now) this.#settle(number, etcdErrors.ErrTimeout);
      else this.#dispatch(number, waiting);
    }
  }

  failAll(error: EtcdErrorRow): void {
    for (const number of [...this.#waiting.keys()]) this.#settle(number, error);
  }

  #dispatch(number: number, waiting: WaitingCall): void {
    const { self } = this.#world;
    const to = this.#world.leader();
    const term = this.#world.term();
    const atMs = this.#world.now();
    const { sent } = waiting;
    const isSame = sent !== undefined && sent.to === to && sent.term === term;
    if (sent !== undefined && !waiting.isRepeatable) {
      if (to !== NOBODY && !isSame) this.#settle(number, etcdErrors.ErrTimeoutDueToLeaderFail);
      return;
    }
    if (to === NOBODY || (isSame && (to === self || atMs - sent.atMs < REPEAT_MS))) return;
    waiting.sent = { to, term, atMs };
    if (to !== self) return this.#world.send(to, number, encode(LeaderCall, waiting.call));
    this.#world.answer(waiting.call, (outcome) => this.#answered(number, waiting, outcome));
  }

  #answered(number: number, waiting: WaitingCall, outcome: LeaderOutcome): void {
    // Deposed while it was looked into: the next leader is asked.
    const isDeposed = isError(outcome) && outcome.message === etcdErrors.ErrLeaderChanged.message;
    if (isDeposed && waiting.isRepeatable) waiting.sent = undefined;
    else this.#settle(number, outcome);
  }

  #settle(number: number, outcome: LeaderAnswer | EtcdErrorRow): void {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    waiting?.answered(outcome);
  }
}

const isError = (outcome: LeaderOutcome): outcome is EtcdErrorRow => outcome.code !== 0;

/** Of one that leads no more. */
const isOfAnotherLeader = (outcome: LeaderOutcome): outcome is EtcdErrorRow =>
  outcome.message === etcdErrors.ErrLeaderChanged.message ||
  outcome.message === etcdErrors.ErrTimeoutDueToLeaderFail.message;
