/** What a command of concordutl is: its flags, and what it does with them. */
import type { Flags, FlagValues } from '../flags.ts';

export interface Invocation<F extends Flags> {
  readonly values: FlagValues<F>;
  readonly args: readonly string[];
  /** `--write-out`. */
  readonly writeOut: string;
  /** To stdout, as it is. */
  readonly print: (text: string) => void;
  /** A line to stderr. */
  readonly tell: (line: string) => void;
}

export interface Command<F extends Flags> {
  readonly usage: string;
  readonly summary: string;
  readonly flags: F;
  /** Throws `CommandError` for what the user has to know. */
  run(invocation: Invocation<F>): Promise<void>;
}
