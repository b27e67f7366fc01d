/**
 * One position of the replicated log (Raft §5.3).
 *
 * Invariant: two logs that hold an entry with the same index and term hold the same entries up to it.
 */
export type EntryKind = 'normal' | 'membership';

export interface Entry {
  readonly term: number;
  readonly index: number;
  readonly kind: EntryKind;
  /** The payload; empty for the entry that a new leader appends to open its term. */
  readonly data: Uint8Array;
}

/** Where a log ends, or where two logs are compared. */
export interface LogPosition {
  readonly term: number;
  readonly index: number;
}
