/**
 * What is fuzzed: where inputs come from, and what has to hold for each. An input is a string of bytes that says
 * everything, so that a file of it replays the case.
 */
import type { Random } from '@concord/testing';

export interface FuzzTarget {
  /** An input that takes longer hangs. */
  readonly hangMs: number;
  /** What the process may grow by once it is warm. */
  readonly growthBytesMax: number;
  open(): FuzzSession | Promise<FuzzSession>;
}

/** A target in use, by one thread. */
export interface FuzzSession {
  /** Makes an input. The same `random` makes the same one, whatever was run before. */
  next(random: Random): Uint8Array;
  /**
   * Runs one input.
   *
   * @returns what became of it, such as `refused`: the report counts them, and shows a target that refuses everything
   * @throws whatever is wrong
   */
  run(input: Uint8Array): string | Promise<string>;
  /** Checks that nothing was left behind, and ends what `open` has started. */
  close(): void | Promise<void>;
}

const MIB = 1024 * 1024;

/** Ten seconds: a thousand times what the slowest input takes, on a machine that does ten other things. */
export const HANG_MS_DEFAULT = 10_000;

/** Less than a tenth of what an hour's inputs come to, and more than the garbage of a heap at ease. */
export const GROWTH_BYTES_MAX_DEFAULT = 256 * MIB;
