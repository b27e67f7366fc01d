/**
 * What is known of the history that watches follow, to tell when it was replaced: a cluster that was restored from a
 * backup has another id, or goes on from an older revision, or begins its Raft terms anew. Pure.
 */
import type { ResponseHeader } from '@concord/protocol';

export class HistoryMark {
  #clusterId = 0n;
  #raftTerm = 0;

  /** Takes note of what any answer says. A member that lags tells less than what is known. */
  remember({ clusterId, raftTerm }: ResponseHeader): void {
    if (clusterId !== 0n) this.#clusterId = clusterId;
    if (raftTerm > this.#raftTerm) this.#raftTerm = raftTerm;
  }

  /**
   * Whether the answer of a linearizable read is of another history. Such an answer is never behind what was known,
   * unless that history is gone.
   */
  isReplaced({ clusterId, raftTerm }: ResponseHeader): boolean {
    const isOther = this.#clusterId !== 0n && clusterId !== this.#clusterId;
    return isOther || raftTerm < this.#raftTerm;
  }

  /** Begins anew with a history that replaced the one before. */
  reset(header: ResponseHeader): void {
    this.#clusterId = header.clusterId;
    this.#raftTerm = header.raftTerm;
  }
}
