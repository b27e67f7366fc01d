/**
 * The state machine at one log position, standing in for every entry up to it (Raft §7).
 *
 * Raft never looks into `data`: it may be the state itself, or a name by which the transport finds
 * and streams it.
 */
import type { LogPosition } from './entry.ts';
import type { Configuration } from './membership/configuration.ts';

export interface Snapshot extends LogPosition {
  /**
   * The configuration as of `index`, joint or not. Invariant: it is the whole of it, because after
   * a restore nothing else remembers that the cluster is between two configurations.
   */
  readonly configuration: Configuration;
  /** The caller's own; opaque here. */
  readonly data: Uint8Array;
}
