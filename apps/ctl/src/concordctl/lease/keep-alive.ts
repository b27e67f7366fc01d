/** `concordctl lease keep-alive` */
import type { LeaseKeepAliveResponse } from '@concord/protocol';
import { CommandError, exitCodes, refuseArguments, SilentExit } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { DeadlineError, RpcError } from '../connection/rpc-error.ts';
import { hexId } from '../output/key-value.ts';
import type { Presenter } from '../output/presenter.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { leaseIdField, leaseJson, leaseOf, headerBytes } from './lease-forms.ts';

const flags = {
  once: { kind: 'bool', default: false, help: 'renew it once, and end' },
} satisfies Flags;

export const keepAliveCommand: Command<typeof flags> = {
  usage: '[options] <lease ID>',
  flags,
  async run(invocation) {
    const { values, args, connect, presenter, print } = invocation;
    const [text] = args;
    if (text === undefined || args.length !== 1) {
      refuseArguments('lease keep-alive command needs lease ID as argument');
    }
    const ID = leaseOf(text);
    const client = await connect();
    const output = presenter();
    const keeper = new LeaseKeeper(client, ID);
    if (values.once) {
      await show(await renewed(keeper, client.settings.commandTimeoutMs), output);
      return;
    }
    const { signal } = invocation;
    for await (const answer of keeper.renewals(signal)) await show(answer, output);
    if (signal.aborted) throw new SilentExit(Number(signal.reason));
    if (output.format === 'simple') print(`lease ${hexId(ID)} expired or revoked.\n`);
  },
};

/** etcdctl waits for ever for a member that takes the stream and says nothing; here `--command-timeout` counts. */
async function renewed(keeper: LeaseKeeper, timeoutMs: number): Promise<LeaseKeepAliveResponse> {
  try {
    const answer = await keeper.once(timeoutMs);
    if (answer.TTL > 0) return answer;
  } catch (error) {
    if (!(error instanceof RpcError || error instanceof DeadlineError)) throw error;
    throw new CommandError(error.message, exitCodes.badConnection);
  }
  throw new CommandError('etcdserver: requested lease not found', exitCodes.badConnection);
}

async function show({ header, ID, TTL }: LeaseKeepAliveResponse, output: Presenter): Promise<void> {
  await output.show({
    simple: () => `lease ${hexId(ID)} keepalived with TTL(${TTL})\n`,
    fields: () => `${output.headerFields(header)}${leaseIdField(ID, output)}"TTL" : ${TTL}\n`,
    json: () => leaseJson(header, [`"ID":${ID}`, `"TTL":${TTL}`]),
    protobuf: () => headerBytes(header),
  });
}
