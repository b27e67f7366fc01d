/** `concordctl elect` */
import { RangeResponse, type KeyValue, type ResponseHeader } from '@concord/protocol';
import { CommandError, refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command, Invocation } from '../command.ts';
import type { EtcdClient } from '../connection/etcd-client.ts';
import { rangeFields, simpleRange } from '../kv/answers.ts';
import { interrupted } from '../lock/lock.ts';
import { Queue } from '../session/queue.ts';
import { Session } from '../session/session.ts';
import { leaders } from './leaders.ts';

const flags = {
  listen: { kind: 'bool', short: 'l', default: false, help: 'show who leads, and do not stand' },
} satisfies Flags;

export const electCommand: Command<typeof flags> = {
  usage: '<election name> [proposal]',
  flags,
  async run(invocation) {
    const { values, args, connect } = invocation;
    const [name, proposal] = args;
    if (name === undefined || args.length > 2) {
      refuseArguments('elect takes one election name argument and an optional proposal argument');
    }
    if (proposal === undefined) {
      if (!values.listen) refuseArguments('no proposal argument but -l not set');
      return observe(await connect(), name, invocation);
    }
    if (values.listen) refuseArguments('proposal given but -l is set');
    return campaign(await connect(), name, proposal, invocation);
  },
};

async function observe(
  client: EtcdClient,
  name: string,
  invocation: Pick<Invocation, 'presenter' | 'signal'>,
): Promise<void> {
  const { signal } = invocation;
  for await (const { header, pair } of leaders(client, new Queue(client, name), signal)) {
    await showLeader(header, pair, invocation);
  }
  if (!signal.aborted) throw new CommandError('elect: observer lost');
}

async function showLeader(
  header: ResponseHeader | undefined,
  pair: KeyValue,
  invocation: Pick<Invocation, 'presenter'>,
): Promise<void> {
  await show(RangeResponse.create({ header, kvs: [pair] }), invocation);
}

async function show(
  answer: RangeResponse,
  { presenter }: Pick<Invocation, 'presenter'>,
): Promise<void> {
  const output = presenter();
  await output.answer(RangeResponse, answer, {
    simple: () => simpleRange(answer, output),
    fields: () => rangeFields(answer, output),
  });
}

async function campaign(
  client: EtcdClient,
  name: string,
  proposal: string,
  invocation: Pick<Invocation, 'presenter' | 'signal'>,
): Promise<void> {
  const { signal } = invocation;
  const session = await Session.open(client);
  try {
    const queue = new Queue(client, name);
    const place = await queue.enter(session, proposal);
    await queue.waitForTurn(place.revision, signal);
    await show(await queue.get(place), invocation);
    const lost = session.done.then(() => 'lost' as const);
    if ((await Promise.race([interrupted(signal), lost])) === 'lost') {
      throw new CommandError('elect: session expired');
    }
    await queue.leave(place);
  } finally {
    await session.close();
  }
}
