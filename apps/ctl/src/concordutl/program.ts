/** Finds the command that a command line means, and runs it. A word may be cut short where that is unambiguous. */
import { CommandError, UsageError, exitCodes } from '../command-error.ts';
import { parseFlags, type Flags, type FlagValues } from '../flags.ts';
import { isGroup, type AnyCommand, type Group, type Node } from './command.ts';
import { commandTree } from './commands.ts';
import { globalFlags, usageOf } from './usage.ts';

export interface Terminal {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** Answers the status that the process ends with. */
export async function runConcordutl(words: readonly string[], terminal: Terminal): Promise<number> {
  const { node, path, rest } = find(words);
  const usage = usageOf(path, node);
  try {
    const command = isGroup(node) ? undefined : node;
    const { values, args, isHelp } = parseFlags({ ...command?.flags, ...globalFlags }, rest);
    if (command === undefined || isHelp) {
      const [unknown] = args;
      if (path.length === 1 && unknown !== undefined && unknown !== 'help') {
        throw new CommandError(`unknown command "${unknown}" for "concordutl"`);
      }
      terminal.stdout(usage);
      return exitCodes.success;
    }
    assertComplete(command, values, args);
    const writeOut = values['write-out'];
    const tell = (line: string): void => terminal.stderr(`${line}\n`);
    await command.run({ values, args, writeOut, print: terminal.stdout, tell });
    return exitCodes.success;
  } catch (error) {
    if (isRefusedBySystem(error)) {
      terminal.stderr(`Error: ${error.message}\n`);
      return exitCodes.failure;
    }
    if (!(error instanceof CommandError)) throw error;
    terminal.stderr(`Error: ${error.message}\n`);
    if (error instanceof UsageError) terminal.stderr(usage);
    return error.exitCode;
  }
}

/** A disk that is full, a file that may not be read: the message names call and path. Anything else is a defect. */
const isRefusedBySystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error;

/** In the words of the library that etcd's tools read their command lines with. */
function assertComplete(
  { required = [], arity }: AnyCommand,
  values: FlagValues<Flags>,
  args: readonly string[],
): void {
  const missing = required.filter((name) => values[name] === '');
  if (missing.length > 0) {
    const names = missing.map((name) => `"${name}"`).join(', ');
    throw new UsageError(`required flag(s) ${names} not set`);
  }
  if (arity === undefined || args.length === arity) return;
  throw new UsageError(`accepts ${arity} arg(s), received ${args.length}`);
}

interface Found {
  readonly node: Node | Group<Node>;
  /** The words that lead to the node, in full. */
  readonly path: readonly string[];
  readonly rest: readonly string[];
}

/** Commands are the first words that are no flags; flags may stand before them. */
function find(words: readonly string[]): Found {
  let node: Found['node'] = commandTree;
  const path = ['concordutl'];
  let rest = words;
  while (isGroup(node)) {
    const at = nextWord(rest);
    const name = completed(node.commands, rest[at]);
    const next: Node | undefined = name === undefined ? undefined : node.commands.get(name);
    if (name === undefined || next === undefined) break;
    node = next;
    path.push(name);
    rest = rest.filter((_, i) => i !== at);
  }
  return { node, path, rest };
}

function nextWord(words: readonly string[]): number {
  let at = 0;
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
