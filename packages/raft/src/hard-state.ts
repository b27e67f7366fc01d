/**
 * What a replica must have on disk before it answers anyone (Raft figure 2, "persistent state").
 *
 * Invariant: `(term, votedFor)` never goes back, and within one term `votedFor` changes at most once,
 * from nobody to somebody.
 */
export interface HardState {
  readonly term: number;
  /** The member that got this replica's vote in `term`; `0n` for nobody. */
  readonly votedFor: bigint;
  /** A hint: the commit index may be behind what is really committed. */
  readonly commit: number;
}
