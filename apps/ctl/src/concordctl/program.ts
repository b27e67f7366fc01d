/** concordctl: reads the command line as etcdctl does, and runs the command that it names. */
import { CommandError, exitCodes, SilentExit, UsageError } from '../command-error.ts';
import { parseFlags, type Flags, type FlagValues } from '../flags.ts';
import type { AnyCommand, Invocation, Terminal } from './command.ts';
import { findCommand, type Found } from './command-search.ts';
import { flagsOfEnvironment, settingLines } from './environment.ts';
import { globalFlags, type GlobalValues } from './global-flags.ts';
import { formatOf, Presenter } from './output/presenter.ts';

/** Answers the status that the process ends with. */
export async function runConcordctl(words: readonly string[], terminal: Terminal): Promise<number> {
  let found: Found | undefined;
  const close: (() => void)[] = [];
  try {
    found = findCommand(words);
    const command = await found.entry?.load();
    const showUsage = async (): Promise<void> => {
      const { usageText } = await import('./usage.ts');
      terminal.stdout(usageText(found as Found, command));
    };
    try {
      const line = parseFlags(flagsOf(found, command), found.rest);
      if (command === undefined || line.isHelp) {
        await showUsage();
        return exitCodes.success;
      }
      const run = command.run as (invocation: Invocation) => Promise<void> | void;
      await run(invocationOf(words, found, line, terminal, close));
      return exitCodes.success;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      terminal.stderr(`Error: ${error.message}\n`);
      await showUsage();
      return error.exitCode;
    }
  } catch (error) {
    if (error instanceof SilentExit) return error.exitCode;
    const isExpected = error instanceof CommandError || isRpcFailure(error);
    if (!isExpected) throw error;
    terminal.stderr(`Error: ${error.message}\n`);
    return error instanceof CommandError ? error.exitCode : exitCodes.failure;
  } finally {
    for (const one of close) one();
  }
}

/** By name: the module of the connection is not loaded for commands that connect to nobody. */
const isRpcFailure = (error: unknown): error is Error =>
  error instanceof Error && ['RpcError', 'DeadlineError'].includes(error.name);

const flagsOf = ({ group }: Found, command: AnyCommand | undefined): Flags => ({
  ...globalFlags,
  ...group?.flags,
  ...command?.flags,
});

interface Line {
  readonly values: FlagValues<Flags>;
  readonly given: ReadonlySet<string>;
  readonly args: readonly string[];
}

function invocationOf(
  words: readonly string[],
  { group }: Found,
  { values, given, args }: Line,
  terminal: Terminal,
  close: (() => void)[],
): Invocation {
  const { environment, askPassword, runCommand } = terminal;
  const tell = (line: string): void => terminal.stderr(`${line}\n`);
  let settings: GlobalValues | undefined;
  const invocation: Invocation = {
    values,
    given,
    args,
    words,
    get stdin() {
      return terminal.stdin;
    },
    environment,
    print: terminal.stdout,
    tell,
    get signal() {
      return terminal.signal;
    },
    askPassword,
    screen: terminal.screen,
    draw: terminal.draw,
    runCommand,
    settings() {
      if (settings !== undefined) return settings;
      const flags = { ...globalFlags, ...group?.flags };
      const log = (level: string, msg: string, variable: string): void =>
        tell(JSON.stringify({ level, msg, 'environment-variable': variable }));
      const known = flagsOfEnvironment(flags, given, environment, {
        warn: (message, variable) => log('warn', message, variable),
        refuse: (message, variable) => {
          log('fatal', message, variable);
          throw new SilentExit(exitCodes.failure);
        },
      });
      // A group's flags are read by its commands where they read their own.
      Object.assign(values, Object.fromEntries(known));
      settings = values as unknown as GlobalValues;
      if (settings.debug) settingLines(flags, values).forEach(tell);
      formatOf(settings['write-out']);
      return settings;
    },
    async connection(options) {
      const source = { values: invocation.settings(), given, askPassword, tell };
      const { connectionSettings } = await import('./connection/connection-settings.ts');
      return connectionSettings(source, options?.endpoints);
    },
    async connect(options) {
      const { EtcdClient } = await import('./connection/etcd-client.ts');
      const client = await EtcdClient.open(await invocation.connection(options), options);
      close.push(() => client.close());
      return client;
    },
    presenter() {
      const { 'write-out': format, hex } = invocation.settings();
      return new Presenter(formatOf(format), hex, terminal.stdout);
    },
  };
  return invocation;
}
