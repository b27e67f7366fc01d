/** `watch` and `exec-watch`: one wait after the other, each from behind the last change. */
import { spawn } from 'node:child_process';
import type { V2Command, V2Invocation } from '../command.ts';
import { keyFailure, statuses } from '../failure.ts';
import type { V2Flag } from '../line/flag-set.ts';
import { failureOf, keyOf, show } from './key-command.ts';
import { waitRequest } from './key-requests.ts';
import { readKeyAnswer, type KeyAnswer } from './node.ts';

const afterIndex: V2Flag = {
  kind: 'int',
  names: ['after-index'],
  help: 'watch after the given index',
  default: '0',
};

export const watchCommand: V2Command = {
  name: 'watch',
  usage: 'watch a key for changes',
  argsUsage: '<key>',
  flags: [
    { kind: 'bool', names: ['forever', 'f'], help: 'forever watch a key until CTRL+C' },
    afterIndex,
    { kind: 'bool', names: ['recursive', 'r'], help: 'returns all values for key and child keys' },
  ],
  async run(invocation) {
    const { args, flags, world } = invocation;
    for await (const answer of changes(invocation, keyOf(args))) {
      if (answer.node.dir === true) continue;
      if (flags.bool('recursive')) world.print(`[${answer.action}] ${answer.node.key}\n`);
      show(invocation, answer);
      if (!flags.bool('forever')) break;
    }
    return statuses.success;
  },
};

export const execWatchCommand: V2Command = {
  name: 'exec-watch',
  usage: 'watch a key for changes and exec an executable',
  argsUsage: '<key> <command> [args...]',
  flags: [
    afterIndex,
    { kind: 'bool', names: ['recursive', 'r'], help: 'watch all values for key and child keys' },
  ],
  async run(invocation) {
    const { args, world } = invocation;
    const { key, words } = keyAndCommand(args);
    const failed = new AbortController();
    const running = new Set<Promise<void>>();
    for await (const answer of changes(invocation, key, failed.signal)) {
      if (answer.node.dir === true) {
        world.complain(`Ignored dir ${answer.node.key} change\n`);
        continue;
      }
      const run = execute(words, answer, invocation).catch((error: unknown) => {
        world.complain((error as Error).message);
        failed.abort();
      });
      running.add(run);
      void run.finally(() => running.delete(run));
    }
    await Promise.all(running);
    return failed.signal.aborted ? statuses.badArguments : statuses.success;
  },
};

/** Without `--` the last word is the key: flags that are moved to the front leave it there. */
function keyAndCommand(args: readonly string[]): { key: string; words: readonly string[] } {
  const [first = ''] = args;
  if (args.length < 2) {
    throw keyFailure(statuses.badArguments, new Error('key and command to exec required'));
  }
  if (args.indexOf('--', 1) > 0) return { key: first, words: args.slice(2) };
  return { key: args.at(-1) ?? '', words: args.slice(0, -1) };
}

async function* changes(
  { connection, flags, world }: V2Invocation,
  key: string,
  failed?: AbortSignal,
): AsyncGenerator<KeyAnswer> {
  const client = await connection.synced();
  const after = flags.int('after-index');
  const deadline = failed === undefined ? world.signal : AbortSignal.any([world.signal, failed]);
  let waitIndex = after > 0 ? after + 1 : 0;
  for (;;) {
    try {
      const request = waitRequest(key, flags.bool('recursive'), waitIndex);
      const answer = readKeyAnswer(await client.send(request, { deadline }));
      // A wait that the server ended: nothing was missed.
      if (answer === undefined) continue;
      waitIndex = (answer.node.modifiedIndex ?? 0) + 1;
      yield answer;
    } catch (error) {
      if (deadline.aborted) return;
      throw failureOf(error);
    }
  }
}

function execute(
  [file = '', ...words]: readonly string[],
  { action, node }: KeyAnswer,
  { world: { environment, print, complain } }: V2Invocation,
): Promise<void> {
  const env = {
    ...environment,
    ETCD_WATCH_ACTION: action,
    ETCD_WATCH_MODIFIED_INDEX: String(node.modifiedIndex ?? 0),
    ETCD_WATCH_KEY: node.key ?? '',
    ETCD_WATCH_VALUE: node.value ?? '',
  };
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', print);
    child.stderr.setEncoding('utf8').on('data', complain);
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT'
          ? new Error(`exec: ${JSON.stringify(file)}: executable file not found in $PATH`)
          : error,
      ),
    );
    child.on('close', () => resolve());
  });
}
