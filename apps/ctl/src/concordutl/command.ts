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
  /** Its words behind those of its group, beginning with its name. */
  readonly usage: string;
  readonly summary: string;
  readonly flags: F;
  /** Flags that have no default that would do. */
  readonly required?: readonly string[];
  /** How many words it takes besides its flags, where it does not count them itself. */
  readonly arity?: number;
  /** The words that it takes, where they are known beforehand. */
  readonly choices?: readonly string[];
  /** Throws `CommandError` for what the user has to know. */
  run(invocation: Invocation<F>): Promise<void>;
}

export type AnyCommand = Command<Flags>;

export interface Group<Member = AnyCommand> {
  readonly summary: string;
  readonly commands: ReadonlyMap<string, Member>;
}

/** What a word may lead to. */
export type Node = AnyCommand | Group;

export const isGroup = (node: Node | Group<Node>): node is Group<Node> => 'commands' in node;
