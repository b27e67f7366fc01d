/** What a command of the v2 set is, and what is handed to it. */
import type { Terminal } from '../command.ts';
import type { FlagSet, V2Flag } from './line/flag-set.ts';
import type { V2Connection } from './connection/connection.ts';

/** Everything outside of the program. */
export interface V2World extends Pick<
  Terminal,
  'environment' | 'stdin' | 'signal' | 'askPassword'
> {
  readonly print: (text: string) => void;
  /** To stderr, as it is. */
  readonly complain: (text: string) => void;
}

export interface V2Invocation {
  readonly world: V2World;
  readonly args: readonly string[];
  readonly flags: FlagSet;
  readonly globals: FlagSet;
  readonly connection: V2Connection;
}

export interface V2Command {
  readonly name: string;
  readonly usage: string;
  /** As the help shows them. */
  readonly argsUsage: string;
  readonly description?: string;
  readonly flags: readonly V2Flag[];
  /** Answers the status; throws `V2Failure` for what the user has to know. */
  run(invocation: V2Invocation): Promise<number> | number;
}

export interface V2Group {
  readonly name: string;
  readonly usage: string;
  readonly commands: readonly V2Command[];
}
