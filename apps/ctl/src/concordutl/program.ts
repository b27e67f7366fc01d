/** Finds the command that a command line means, and runs it. A word may be cut short where that is unambiguous. */
import { CommandError, UsageError, exitCodes } from '../command-error.ts';
import { describeFlags, parseFlags, type Flags } from '../flags.ts';
import type { Command } from './command.ts';
import { snapshotRestoreCommand } from './snapshot-restore-command.ts';
import { snapshotStatusCommand } from './snapshot-status-command.ts';

const globalFlags = {
  'write-out': {
    kind: 'string',
    short: 'w',
    default: 'simple',
    help: 'set the output format (fields, json, protobuf, simple, table)',
  },
} satisfies Flags;

type AnyCommand = Command<Flags>;
type Group = ReadonlyMap<string, AnyCommand>;

const groups: ReadonlyMap<string, Group> = new Map([
  [
    'snapshot',
    new Map<string, AnyCommand>([
      ['restore', snapshotRestoreCommand],
      ['status', snapshotStatusCommand],
    ]),
  ],
]);

export interface Terminal {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** Answers the status that the process ends with. */
export async function runConcordutl(words: readonly string[], terminal: Terminal): Promise<number> {
  let usage = rootUsage();
  try {
    const { command, path, rest } = find(words);
    usage = command === undefined ? groupUsage(path) : commandUsage(command);
    const flags = { ...command?.flags, ...globalFlags };
    const { values, args, isHelp } = parseFlags(flags, rest);
    if (command === undefined || isHelp) {
      const [unknown] = args;
      if (path === '' && unknown !== undefined) {
        throw new CommandError(`unknown command "${unknown}" for "concordutl"`);
      }
      terminal.stdout(usage);
      return exitCodes.success;
    }
    const writeOut = values['write-out'];
    const tell = (line: string): void => terminal.stderr(`${line}\n`);
    await command.run({ values, args, writeOut, print: terminal.stdout, tell });
    return exitCodes.success;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    terminal.stderr(`Error: ${error.message}\n`);
    if (error instanceof UsageError) terminal.stderr(usage);
    return error.exitCode;
  }
}

interface Found {
  readonly command: AnyCommand | undefined;
  /** The group, or nothing. */
  readonly path: string;
  readonly rest: readonly string[];
}

/** Commands are the first words that are no flags; flags may stand before them. */
function find(words: readonly string[]): Found {
  const groupAt = nextWord(words, 0);
  const groupName = completed(groups, words[groupAt]);
  if (groupName === undefined) return { command: undefined, path: '', rest: words };
  const commandAt = nextWord(words, groupAt + 1);
  const group = groups.get(groupName) as Group;
  const name = completed(group, words[commandAt]);
  const rest = words.filter((_, i) => i !== groupAt && (name === undefined || i !== commandAt));
  return { command: name === undefined ? undefined : group.get(name), path: groupName, rest };
}

function nextWord(words: readonly string[], from: number): number {
  let at = from;
  while (words[at]?.startsWith('-') === true) {
    const takesValue = words[at] === '-w' || words[at] === '--write-out';
    at += takesValue ? 2 : 1;
  }
  return at;
}

function completed(
  names: ReadonlyMap<string, unknown>,
  word: string | undefined,
): string | undefined {
  if (word === undefined || names.has(word)) return word;
  const matching = [...names.keys()].filter((name) => name.startsWith(word));
  return matching.length === 1 ? matching[0] : undefined;
}

const globalUsage = `Global Flags:\n${describeFlags(globalFlags)}`;

const rootUsage = (): string =>
  `Usage:\n  concordutl [command]\n\nAvailable Commands:\n  snapshot    Manages snapshots\n\n${globalUsage}`;

function groupUsage(path: string): string {
  const group = groups.get(path);
  if (group === undefined) return rootUsage();
  const commands = [...group].map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}\n`);
  return `Usage:\n  concordutl ${path} [command]\n\nAvailable Commands:\n${commands.join('')}\n${globalUsage}`;
}

function commandUsage({ usage, flags }: AnyCommand): string {
  const own = Object.keys(flags).length === 0 ? '' : `Flags:\n${describeFlags(flags)}\n`;
  return `Usage:\n  concordutl snapshot ${usage} [flags]\n\n${own}${globalUsage}`;
}
