/** `concordctl move-leader` */
import {
  Maintenance,
  MoveLeaderRequest,
  MoveLeaderResponse,
  StatusRequest,
} from '@concord/protocol';
import { refuseArguments } from '../../command-error.ts';
import { IntegerError, parseInteger } from '../../go-format/integer.ts';
import type { Command, Invocation } from '../command.ts';
import { endpointTexts } from '../connection/connection-settings.ts';
import type { EtcdClient } from '../connection/etcd-client.ts';

export const moveLeaderCommand: Command = {
  usage: '<member ID of the next leader>',
  flags: {},
  async run(invocation) {
    const { args, presenter } = invocation;
    const [text] = args;
    if (text === undefined || args.length !== 1) {
      refuseArguments('move-leader command needs 1 argument');
    }
    const targetID = idOf(text);
    const { client, leader } = await findLeader(invocation);
    const request = MoveLeaderRequest.create({ targetID });
    const answer = await client.call(Maintenance.methods.moveLeader, request);
    await presenter().answer(MoveLeaderResponse, answer, {
      simple: () =>
        `Leadership transferred from ${leader.toString(16)} to ${targetID.toString(16)}\n`,
    });
  },
};

function idOf(text: string): bigint {
  try {
    return parseInteger(text, 'ParseUint', 16);
  } catch (error) {
    if (!(error instanceof IntegerError)) throw error;
    return refuseArguments(error.message);
  }
}

/** The endpoint whose member leads: only it can hand leadership on. */
async function findLeader(
  invocation: Invocation,
): Promise<{ readonly client: EtcdClient; readonly leader: bigint }> {
  const source = { ...invocation, values: invocation.settings() };
  const endpoints = await endpointTexts(source);
  for (const endpoint of endpoints) {
    const client = await invocation.connect({ endpoints: [endpoint] });
    const { leader, header } = await client.call(
      Maintenance.methods.status,
      StatusRequest.create(),
      { isRepeatable: true },
    );
    if (header?.memberId === leader) return { client, leader };
    client.close();
  }
  return refuseArguments(`no leader endpoint given at [${endpoints.join(' ')}]`);
}
