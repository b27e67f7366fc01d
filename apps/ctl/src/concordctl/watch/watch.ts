/** `concordctl watch` */
import {
  CommandError,
  exitCodes,
  refuseArguments,
  SilentExit,
  UsageError,
} from '../../command-error.ts';
import type { Flags, FlagValues } from '../../flags.ts';
import type { Command, Invocation } from '../command.ts';
import { Lines } from '../input/lines.ts';
import { parseWords, wordsOf } from '../input/words.ts';
import type { Word } from '../kv/key-selection.ts';
import { showChanges } from './show-changes.ts';
import { watchKeysOf, watchLine, watchSelection, type WatchKeys } from './watch-line.ts';
import { WatchStream } from './watch-stream.ts';

const flags = {
  interactive: {
    kind: 'bool',
    short: 'i',
    default: false,
    help: 'read what to watch from stdin, line by line',
  },
  prefix: { kind: 'bool', default: false, help: 'all keys that begin with the key' },
  rev: { kind: 'int', default: 0, help: 'from this revision on' },
  'prev-kv': { kind: 'bool', default: false, help: 'show what was there before' },
  'progress-notify': {
    kind: 'bool',
    default: false,
    help: 'let the server tell now and then how far it is',
  },
} satisfies Flags;

type Values = FlagValues<typeof flags>;

export const watchCommand: Command<typeof flags> = {
  usage: '[options] [key or prefix] [range_end] [--] [exec-command arg1 arg2 ...]',
  description: `
The command behind '--' is run for each change. It finds the change in its environment:
ETCD_WATCH_REVISION, ETCD_WATCH_EVENT_TYPE, ETCD_WATCH_KEY and ETCD_WATCH_VALUE.

With --interactive, stdin has lines of "watch" with the same options and arguments, and of "progress",
which asks how far the watches are.
`,
  flags,
  async run(invocation) {
    const keys = watchKeysOf(invocation.environment);
    if (invocation.values.interactive) return watchLines(invocation, keys);
    const { words, values } = invocation;
    const behind = words.slice(words.findIndex((word) => word.startsWith('w')) + 1);
    const at = behind.indexOf('--');
    const count = at < 0 ? 0 : behind.length - at - 1;
    const own = invocation.args.slice(0, invocation.args.length - count);
    const { args, command } = watchLine(behind, own, keys);
    const selection = watchSelection(args, values.prefix);
    if (typeof selection === 'string') refuseArguments(selection);
    const client = await invocation.connect();
    const stream = new WatchStream(client);
    const { signal } = invocation;
    signal.addEventListener('abort', () => stream.close());
    try {
      await showChanges(stream.watch({ ...selection, ...optionsOf(values) }), command, invocation);
    } finally {
      stream.close();
    }
    if (signal.aborted) throw new SilentExit(Number(signal.reason));
    throw new CommandError('watch is canceled by the server', exitCodes.interrupted);
  },
};

const optionsOf = (values: Values): WatchOptions => ({
  startRevision: Math.max(0, values.rev),
  prevKv: values['prev-kv'],
  progressNotify: values['progress-notify'],
});

interface WatchOptions {
  readonly startRevision: number;
  readonly prevKv: boolean;
  readonly progressNotify: boolean;
}

/** Ends with stdin, or where a command fails that was run for a change. */
async function watchLines(invocation: Invocation<typeof flags>, keys: WatchKeys): Promise<void> {
  const client = await invocation.connect();
  const stream = new WatchStream(client);
  const lines = new Lines(invocation.stdin);
  const failed = Promise.withResolvers<never>();
  const begin = (args: readonly Word[], values: Values, command: readonly string[]): void => {
    const selection = watchSelection(args, values.prefix);
    if (typeof selection === 'string') throw new CommandError(selection);
    const subscription = stream.watch({ ...selection, ...optionsOf(values) });
    showChanges(subscription, command, invocation).catch(failed.reject);
  };
  const ended = (reason: string): string => `error reading watch request line: ${reason}`;
  try {
    for (;;) {
      const line = await Promise.race([lines.next(ended), failed.promise]);
      handleLine(line, invocation, keys, { begin, progress: () => stream.requestProgress() });
    }
  } finally {
    stream.close();
  }
}

interface LineHandlers {
  /** Throws `CommandError` where the arguments do not fit. */
  readonly begin: (args: readonly Word[], values: Values, command: readonly string[]) => void;
  readonly progress: () => void;
}

/** Throws `CommandError` where a line ends the command. */
function handleLine(
  line: string,
  { tell, values }: Invocation<typeof flags>,
  keys: WatchKeys,
  { begin, progress }: LineHandlers,
): void {
  const [name, ...words] = wordsOf(line);
  if (name === undefined) {
    return tell(`Invalid command: ${line} (watch and progress supported)`);
  }
  if (name === 'progress') return progress();
  if (name !== 'watch') return tell(`Invalid command ${line} (only support watch)`);
  if (words.length === 0 && keys.key === '') {
    return tell(`Invalid command ${line} (command type or key is not provided)`);
  }
  const at = words.indexOf('--');
  const parsed = parseLine(at < 0 ? words : words.slice(0, at));
  const texts = words.map((word) => (typeof word === 'string' ? word : ''));
  const { args, command } = watchLine(texts, parsed.args, keys);
  try {
    begin(args, { ...parsed.values, 'progress-notify': values['progress-notify'] }, command);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    tell(`Invalid command ${line} (${error.message})`);
  }
}

function parseLine(words: readonly Word[]): ReturnType<typeof parseWords<typeof flags>> {
  try {
    return parseWords(flags, words);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return refuseArguments(error.message);
  }
}
