/** What a command of concordctl is, and what it is given when it runs. */
import type { Readable } from 'node:stream';
import type { Flags, FlagValues } from '../flags.ts';
import type { CommandEnd } from './child-command.ts';
import type { ConnectionSettings } from './connection/connection-settings.ts';
import type { ConnectOptions, EtcdClient } from './connection/etcd-client.ts';
import type { GlobalValues } from './global-flags.ts';
import type { Presenter } from './output/presenter.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a program runs: handed in, so that tests run it in their own process. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: (chunk: string | Uint8Array) => void;
  readonly stderr: (text: string) => void;
  readonly environment: Environment;
  /**
   * Aborts at SIGINT or SIGTERM, for the reason of the status that a shell shows then. Who looks at it takes over: until then
   * these end the process.
   */
  readonly signal: AbortSignal;
  /** Asks on the terminal; what is typed is not shown. */
  readonly askPassword: (prompt: string) => Promise<string>;
  /** Runs a command of the user's, which writes where this program does. */
  readonly runCommand: RunCommand;
  /** What stdout is shown on; none where it goes into a file or a pipe. */
  readonly screen?: Screen | undefined;
  /** Draws on the terminal that stderr is shown on; none where it goes into a file or a pipe. */
  readonly draw?: ((text: string) => void) | undefined;
}

/** A terminal that lines can be drawn on. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  /** @returns what ends the listening */
  onResize(listener: () => void): () => void;
}

export type RunCommand = (
  words: readonly string[],
  environment: Environment,
) => Promise<CommandEnd>;

export interface Invocation<F extends Flags = Flags> {
  /** The command's own flags. */
  readonly values: FlagValues<F>;
  /** The names of the flags that were given, global ones included. */
  readonly given: ReadonlySet<string>;
  readonly args: readonly string[];
  /** The whole command line, without the program. */
  readonly words: readonly string[];
  readonly stdin: Readable;
  readonly environment: Environment;
  /** To stdout, as it is. */
  readonly print: (chunk: string | Uint8Array) => void;
  /** A line to stderr. */
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
  readonly askPassword: (prompt: string) => Promise<string>;
  readonly screen: Screen | undefined;
  readonly draw: ((text: string) => void) | undefined;
  readonly runCommand: RunCommand;
  /**
   * The global flags, or what the environment says of them. Throws `CommandError` where they contradict each other, or the
   * output format is none.
   */
  settings(): GlobalValues;
  /** What the global flags say of how to connect, read and checked: for clients of another kind. Throws `CommandError`. */
  connection(options?: ConnectOptions): Promise<ConnectionSettings>;
  /** Connects to the members that the settings name. Throws `CommandError`. */
  connect(options?: ConnectOptions): Promise<EtcdClient>;
  /** Shows answers in the format of `--write-out`. */
  presenter(): Presenter;
}

export interface Command<F extends Flags = Flags> {
  /** The arguments, as the usage shows them behind the name. */
  readonly usage: string;
  /** What follows the summary in the help. */
  readonly description?: string;
  readonly flags: F;
  /** Throws `CommandError` for what the user has to know. */
  run(invocation: Invocation<F>): Promise<void> | void;
}

/** A command with flags of its own, among others. */
export type AnyCommand = Pick<Command, 'usage' | 'description' | 'flags'> & {
  run(invocation: never): Promise<void> | void;
};

/** One line of the table of commands. Its module is loaded when it is run. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** None of etcdctl's: a word cut short means one of those first, as in the scripts that were written for it. */
  readonly isOwn?: true;
  /** Left out of helps: for scripts. */
  readonly isHidden?: true;
  load(): Promise<AnyCommand>;
}

/** Commands under a common first word. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  /** As of a {@link CommandEntry}. */
  readonly isOwn?: true;
  readonly isHidden?: true;
  /** Flags of all its commands; the environment may give them too. */
  readonly flags?: Flags;
  readonly commands: readonly CommandEntry[];
}
