/**
 * Handing leadership to another member, and waiting until that has happened: for an operator who asks for it, and
 * for a leader that is about to stop, so that nobody has to notice its absence first.
 */
import { etcdErrors, type EtcdErrorRow } from '@concord/protocol';
import type { Raft } from '@concord/raft';

/** Called once: with nothing when the other leads. */
export type HandedOver = (error?: EtcdErrorRow) => void;

interface WaitingTransfer {
  readonly to: bigint;
  readonly deadlineMs: number;
  readonly done: HandedOver;
}

export class LeadershipTransfer {
  readonly #raft: Raft;
  #waiting: WaitingTransfer[] = [];

  constructor(raft: Raft) {
    this.#raft = raft;
  }

  /** `to` must be a voter, and this member the leader. */
  start(to: bigint, deadlineMs: number, done: HandedOver): void {
    switch (this.#raft.transferLeadership(to)) {
      case 'already-leader':
        return done();
      case 'not-leader':
        return done(etcdErrors.ErrNotLeader);
      case 'not-voter':
        return done(etcdErrors.ErrBadLeaderTransferee);
      case 'started':
        this.#waiting.push({ to, deadlineMs, done });
    }
  }

  /** The voter that is heard and holds the most of the log; undefined where this member is the only one. */
  get successor(): bigint | undefined {
    const { id, progress, configuration } = this.#raft.status();
    let best: { readonly member: bigint; readonly match: number } | undefined;
    for (const member of configuration.voters) {
      const known = progress.get(member);
      if (member === id || known === undefined || !known.recentActive) continue;
      if (best === undefined || known.match > best.match) best = { member, match: known.match };
    }
    return best?.member;
  }

  /** To be called when another leads, and every tick. */
  settle(nowMs: number): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const transfer of waiting) {
      if (this.#raft.leader === transfer.to) transfer.done();
      else if (transfer.deadlineMs <= nowMs) transfer.done(etcdErrors.ErrTimeoutLeaderTransfer);
      else this.#waiting.push(transfer);
    }
  }

  failAll(error: EtcdErrorRow): void {
    for (const { done } of this.#waiting.splice(0)) done(error);
  }
}
