/** `concordctl lock` */
import { RangeResponse } from '@concord/protocol';
import { CommandError, refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command, Invocation } from '../command.ts';
import { rangeFields, simpleRange } from '../kv/answers.ts';
import { Queue, type Place } from '../session/queue.ts';
import { Session } from '../session/session.ts';

const flags = {
  ttl: { kind: 'int', default: 10, help: 'seconds after which the lock is lost if we are' },
} satisfies Flags;

export const lockCommand: Command<typeof flags> = {
  usage: '<lock name> [exec-command arg1 arg2 ...]',
  description: `
Waits for the lock, and holds it while the command runs; without a command until it is interrupted. The
command finds ETCD_LOCK_KEY and ETCD_LOCK_REV in its environment, and its status is that of this program.
`,
  flags,
  async run(invocation) {
    const { values, args, connect, signal } = invocation;
    const [name, ...command] = args;
    if (name === undefined) {
      refuseArguments('lock takes a lock name argument and an optional command to execute');
    }
    const client = await connect();
    const session = await Session.open(client, values.ttl);
    try {
      const queue = new Queue(client, name);
      const place = await queue.enter(session, '');
      await queue.waitForTurn(place.revision, signal);
      if (command.length > 0) await runHolding(command, place, queue, invocation);
      else await holdUntilSignal(place, queue, session, invocation);
    } finally {
      await session.close();
    }
  },
};

async function runHolding(
  command: readonly string[],
  place: Place,
  queue: Queue,
  { runCommand, environment }: Invocation<typeof flags>,
): Promise<void> {
  const { exitCode, problem } = await runCommand(command, {
    ETCD_LOCK_KEY: place.key,
    ETCD_LOCK_REV: String(place.header?.revision ?? 0),
    ...environment,
  });
  await queue.leave(place);
  if (problem !== undefined) throw new CommandError(problem, exitCode);
}

async function holdUntilSignal(
  place: Place,
  queue: Queue,
  session: Session,
  { presenter, signal }: Invocation<typeof flags>,
): Promise<void> {
  const answer = await queue.get(place);
  if (answer.kvs.length === 0) throw new CommandError('lock lost on init');
  const output = presenter();
  await output.answer(RangeResponse, answer, {
    simple: () => simpleRange(answer, output),
    fields: () => rangeFields(answer, output),
  });
  const end = await Promise.race([interrupted(signal), session.done.then(() => 'lost' as const)]);
  if (end === 'lost') throw new CommandError('session expired');
  await queue.leave(place);
}

/** Resolves when the program is to end. */
export const interrupted = (signal: AbortSignal): Promise<'interrupted'> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve('interrupted');
    signal.addEventListener('abort', () => resolve('interrupted'), { once: true });
  });
