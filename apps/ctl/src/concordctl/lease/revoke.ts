/** `concordctl lease revoke` */
import { Lease, LeaseRevokeRequest, LeaseRevokeResponse } from '@concord/protocol';
import { CommandError, exitCodes, refuseArguments } from '../../command-error.ts';
import type { Command } from '../command.ts';
import { RpcError } from '../connection/rpc-error.ts';
import { hexId } from '../output/key-value.ts';
import { leaseOf } from './lease-forms.ts';

export const revokeCommand: Command = {
  usage: '<lease ID>',
  flags: {},
  async run({ args, connect, presenter }) {
    const [text] = args;
    if (text === undefined || args.length !== 1) {
      refuseArguments('lease revoke command needs 1 argument');
    }
    const ID = leaseOf(text);
    const client = await connect();
    const answer = await client
      .call(Lease.methods.leaseRevoke, LeaseRevokeRequest.create({ ID }))
      .catch((failure: unknown) => {
        if (!(failure instanceof RpcError)) throw failure;
        throw new CommandError(`failed to revoke lease (${failure.message})`);
      });
    const output = presenter();
    await output.answer(LeaseRevokeResponse, answer, {
      simple: () => `lease ${hexId(ID)} revoked\n`,
      fields: () => output.headerFields(answer.header),
      protobuf: () => {
        throw new CommandError(
          'marshal unsupported for type clientv3.LeaseRevokeResponse',
          exitCodes.badFeature,
        );
      },
    });
  },
};
