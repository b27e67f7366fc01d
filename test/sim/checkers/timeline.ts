/** What the model knew at each log index: the scale that reads and watches are measured on. */
import type { KeyValueModel, ModelEvent } from '../model/key-value-model.ts';

export interface Moment {
  readonly revision: number;
  /** Reads below are refused; -1 before the first compaction. */
  readonly compacted: number;
}

export interface Timeline {
  /** By log index; that of index 0 is the empty store. */
  readonly moments: readonly Moment[];
  /** Every change of the final history, in order. */
  readonly events: readonly ModelEvent[];
  /** As it was at the end; it knows the key space of every revision. */
  readonly model: KeyValueModel;
}
