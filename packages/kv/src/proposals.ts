/**
 * Requests between their arrival and their answer: queued until the turn ends, then in the log until the entry
 * at their index is applied. An entry of another term at that index means that a new leader overwrote ours.
 *
 * Invariant: `#logged` ascends strictly by index, so answering is a step along it and never a search.
 */
import { etcdErrors, type EtcdErrorRow } from '@concord/protocol';
import type { Command } from './command.ts';
import type { ApplyOutcome } from './apply-outcome.ts';

/** Called exactly once, with what applying the command gave or why it was not applied. */
export type Settle = (outcome: ApplyOutcome | EtcdErrorRow) => void;

export interface Proposal {
  readonly command: Command;
  readonly payload: Uint8Array;
  readonly deadlineMs: number;
  /** Absent once the caller was told that time is up; the entry may still be applied. */
  settle: Settle | undefined;
}

interface LoggedProposal {
  readonly index: number;
  readonly term: number;
  readonly proposal: Proposal;
}

/** Settled entries at the front are cut off in blocks of this many, so that cutting stays O(1) each. */
const TRIM_COUNT = 1024;

export class Proposals {
  #queued: Proposal[] = [];
  #logged: LoggedProposal[] = [];
  /** Entries of `#logged` before this one are settled. */
  #head = 0;

  get queuedCount(): number {
    return this.#queued.length;
  }

  /** Proposals that wait for an answer. */
  get pendingCount(): number {
    return this.#queued.length + this.#logged.length - this.#head;
  }

  enqueue(proposal: Proposal): void {
    this.#queued.push(proposal);
  }

  /** What this turn has to propose. They stay queued until `logged` says where they went. */
  queued(): readonly Proposal[] {
    return this.#queued;
  }

  /** All queued proposals were appended, the first at `firstIndex`. */
  logged(firstIndex: number, term: number): void {
    let index = firstIndex;
    for (const proposal of this.#queued) this.#logged.push({ index: index++, term, proposal });
    this.#queued = [];
  }

  /** Takes the proposal of the entry about to be applied, if it is ours; those that lost their place are told. */
  take(index: number, term: number): Proposal | undefined {
    for (;;) {
      const next = this.#logged[this.#head];
      if (next === undefined || next.index > index) return undefined;
      this.#head += 1;
      this.#trim();
      if (next.index === index && next.term === term) return next.proposal;
      next.proposal.settle?.(etcdErrors.ErrTimeoutDueToLeaderFail);
    }
  }

  /** Answers whatever has waited past its deadline. */
  expire(nowMs: number): void {
    const overdue = (proposal: Proposal): boolean => proposal.deadlineMs <= nowMs;
    if (this.#queued.some(overdue)) {
      const late = this.#queued.filter(overdue);
      this.#queued = this.#queued.filter((proposal) => !overdue(proposal));
      for (const proposal of late) proposal.settle?.(etcdErrors.ErrTimeout);
    }
    for (let i = this.#head; i < this.#logged.length; i++) {
      const proposal = this.#logged[i]?.proposal;
      if (proposal === undefined || !overdue(proposal)) return;
      const { settle } = proposal;
      proposal.settle = undefined;
      settle?.(etcdErrors.ErrTimeout);
    }
  }

  /** The member stops: nobody is left without an answer. */
  failAll(error: EtcdErrorRow): void {
    const left = [
      ...this.#queued,
      ...this.#logged.slice(this.#head).map((logged) => logged.proposal),
    ];
    this.#queued = [];
    this.#logged = [];
    this.#head = 0;
    for (const proposal of left) proposal.settle?.(error);
  }

  #trim(): void {
    if (this.#head < TRIM_COUNT || this.#head * 2 < this.#logged.length) return;
    this.#logged = this.#logged.slice(this.#head);
    this.#head = 0;
  }
}
