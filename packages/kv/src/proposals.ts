/**
 * Requests between their arrival and their answer: queued until the turn ends, then in the log of this member
 * if it leads, or on their way to the leader, until their entry is applied here.
 *
 * A proposal that is lost is known to be lost: terms never fall along the log, and a leader takes a forwarded
 * proposal only in the term it was sent in. So once an entry of a later term is applied, nothing of an earlier
 * term will ever be, and what still waits goes back into the queue, to be proposed again. It is never proposed
 * twice while the first attempt might still be applied.
 *
 * Where a proposal was appended, another entry may be committed, of an earlier term even: a later leader can have been
 * elected by a log that ends further on in an earlier term (Raft figure 8). So index and term tell a proposal's entry.
 *
 * Invariant: `#logged` ascends by term, and within a term by index, so answering is a step along it and never a search.
 */
import { etcdErrors, type EtcdErrorRow } from '@concord/protocol';
import type { Entry } from '@concord/raft';
import type { ApplyOutcome } from './apply-outcome.ts';
import type { Command } from './command.ts';
import { originOf, withOrigin } from './proposal-origin.ts';

/** Called exactly once, with what applying the command gave or why it was not applied. */
export type Settle = (outcome: ApplyOutcome | EtcdErrorRow) => void;

export interface Proposal {
  readonly command: Command;
  /** Absent for a change of membership, which only its leader can judge: it is not proposed again. */
  readonly payload: Uint8Array | undefined;
  readonly deadlineMs: number;
  /** Absent once the caller was told that time is up; the entry may still be applied. */
  settle: Settle | undefined;
}

/** A proposal that waits in the queue can always be proposed. */
export type QueuedProposal = Proposal & { readonly payload: Uint8Array };

interface LoggedProposal {
  readonly index: number;
  readonly term: number;
  readonly proposal: Proposal;
}

interface ForwardedProposal {
  readonly term: number;
  readonly proposal: QueuedProposal;
}

/** A message of forwarded proposals is closed at this size: as much as one append of Raft's carries. */
const FORWARD_BYTES = 1 << 20;

/** Settled entries at the front are cut off in blocks of this many, so that cutting stays O(1) each. */
const TRIM_COUNT = 1024;

export class Proposals {
  readonly #incarnation: number;
  #queued: QueuedProposal[] = [];
  #logged: LoggedProposal[] = [];
  /** Entries of `#logged` before this one are settled. */
  #head = 0;
  /** What was sent to a leader, by number, which ascends. */
  readonly #forwarded = new Map<number, ForwardedProposal>();
  #nextNumber = 1;
  /** Of the last entry that was applied. */
  #appliedTerm = 0;

  /** @param incarnation tells the proposals of this start from those of any other, on any member */
  constructor(incarnation: number) {
    this.#incarnation = incarnation;
  }

  get queuedCount(): number {
    return this.#queued.length;
  }

  /** Proposals that wait for an answer. */
  get pendingCount(): number {
    return this.#queued.length + this.#logged.length - this.#head + this.#forwarded.size;
  }

  enqueue(proposal: QueuedProposal): void {
    this.#queued.push(proposal);
  }

  /** What this turn has to propose. They stay queued until `logged` says where they went. */
  queued(): readonly QueuedProposal[] {
    return this.#queued;
  }

  /** All queued proposals were appended here, the first at `firstIndex`. */
  logged(firstIndex: number, term: number): void {
    let index = firstIndex;
    for (const proposal of this.#queued) this.#logged.push({ index: index++, term, proposal });
    this.#queued = [];
  }

  /** One proposal that was not queued was appended here. */
  loggedAt(index: number, term: number, proposal: Proposal): void {
    this.#logged.push({ index, term, proposal });
  }

  /**
   * Takes the queue for the leader of `term`: the payloads to send, by which they are known when they come back, in
   * batches of about `FORWARD_BYTES`.
   */
  forward(term: number): readonly (readonly Uint8Array[])[] {
    const batches: Uint8Array[][] = [];
    let bytes = Infinity;
    for (const proposal of this.#queued) {
      const number = this.#nextNumber++;
      this.#forwarded.set(number, { term, proposal });
      if (bytes >= FORWARD_BYTES) [bytes] = [0, batches.push([])];
      const payload = withOrigin({ incarnation: this.#incarnation, number }, proposal.payload);
      batches.at(-1)?.push(payload);
      bytes += payload.length;
    }
    this.#queued = [];
    return batches;
  }

  /** Takes the proposal of the entry about to be applied, if it is ours. */
  take(entry: Entry): Proposal | undefined {
    if (entry.term !== this.#appliedTerm) this.#requeueBefore(entry.term);
    const next = this.#logged[this.#head];
    if (next?.index === entry.index && next.term === entry.term) {
      this.#head += 1;
      this.#trim();
      return next.proposal;
    }
    return this.#forwarded.size === 0 ? undefined : this.#takeForwarded(entry);
  }

  /** A snapshot jumped over entries of ours: nobody can tell any more what became of them. */
  forgetTo(index: number): void {
    const logged = this.#logged.slice(this.#head);
    const overtaken = logged.filter((one) => one.index <= index).map(({ proposal }) => proposal);
    this.#logged = logged.filter((one) => one.index > index);
    this.#head = 0;
    for (const { proposal } of this.#forwarded.values()) overtaken.push(proposal);
    this.#forwarded.clear();
    for (const { settle } of overtaken) settle?.(etcdErrors.ErrTimeoutDueToLeaderFail);
  }

  /** Answers whatever has waited past its deadline. */
  expire(nowMs: number): void {
    const overdue = (proposal: Proposal): boolean => proposal.deadlineMs <= nowMs;
    if (this.#queued.some(overdue)) {
      const late = this.#queued.filter(overdue);
      this.#queued = this.#queued.filter((proposal) => !overdue(proposal));
      for (const proposal of late) proposal.settle?.(etcdErrors.ErrTimeout);
    }
    for (const [number, { proposal }] of this.#forwarded) {
      if (!overdue(proposal)) continue;
      this.#forwarded.delete(number);
      proposal.settle?.(etcdErrors.ErrTimeout);
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
      ...this.#logged.slice(this.#head).map(({ proposal }) => proposal),
      ...[...this.#forwarded.values()].map(({ proposal }) => proposal),
    ];
    this.#queued = [];
    this.#logged = [];
    this.#head = 0;
    this.#forwarded.clear();
    for (const proposal of left) proposal.settle?.(error);
  }

  #takeForwarded({ data }: Entry): Proposal | undefined {
    const origin = originOf(data);
    if (origin?.incarnation !== this.#incarnation) return undefined;
    const proposal = this.#forwarded.get(origin.number)?.proposal;
    this.#forwarded.delete(origin.number);
    return proposal;
  }

  /** An entry of `term` is applied: what was proposed in an earlier one and is not applied by now never will be. */
  #requeueBefore(term: number): void {
    this.#appliedTerm = term;
    const lost: Proposal[] = [];
    for (; (this.#logged[this.#head]?.term ?? Infinity) < term; this.#head++) {
      lost.push(this.#logged[this.#head]!.proposal);
    }
    this.#trim();
    for (const [number, forwarded] of this.#forwarded) {
      if (forwarded.term >= term) continue;
      this.#forwarded.delete(number);
      lost.push(forwarded.proposal);
    }
    const again: QueuedProposal[] = [];
    for (const proposal of lost) {
      if (proposal.settle === undefined) continue;
      if (isProposable(proposal)) again.push(proposal);
      else proposal.settle(etcdErrors.ErrTimeoutDueToLeaderFail);
    }
    if (again.length > 0) this.#queued = [...again, ...this.#queued];
  }

  #trim(): void {
    if (this.#head < TRIM_COUNT || this.#head * 2 < this.#logged.length) return;
    this.#logged = this.#logged.slice(this.#head);
    this.#head = 0;
  }
}

const isProposable = (proposal: Proposal): proposal is QueuedProposal =>
  proposal.payload !== undefined;
