/** `concordctl lease grant` */
import { Lease, LeaseGrantRequest } from '@concord/protocol';
import { CommandError, refuseArguments } from '../../command-error.ts';
import { asNumber, IntegerError, parseInteger } from '../../go-format/integer.ts';
import type { Command } from '../command.ts';
import { RpcError } from '../connection/rpc-error.ts';
import { goJsonString } from '../output/go-json.ts';
import { hexId } from '../output/key-value.ts';
import { leaseIdField, leaseJson, headerBytes } from './lease-forms.ts';

export const grantCommand: Command = {
  usage: '<ttl>',
  description: 'The time to live is in seconds.',
  flags: {},
  async run({ args, connect, presenter }) {
    const [text] = args;
    if (text === undefined || args.length !== 1) {
      refuseArguments('lease grant command needs TTL argument');
    }
    const request = LeaseGrantRequest.create({ TTL: secondsOf(text) });
    const client = await connect();
    const { header, ID, TTL, error } = await client
      .call(Lease.methods.leaseGrant, request)
      .catch((failure: unknown) => {
        if (!(failure instanceof RpcError)) throw failure;
        throw new CommandError(`failed to grant lease (${failure.message})`);
      });
    const output = presenter();
    await output.show({
      simple: () => `lease ${hexId(ID)} granted with TTL(${TTL}s)\n`,
      fields: () => `${output.headerFields(header)}${leaseIdField(ID, output)}"TTL" : ${TTL}\n`,
      json: () =>
        leaseJson(header, [`"ID":${ID}`, `"TTL":${TTL}`, `"Error":${goJsonString(error)}`]),
      protobuf: () => headerBytes(header),
    });
  },
};

function secondsOf(text: string): number {
  try {
    return asNumber(parseInteger(text, 'ParseInt', 10));
  } catch (error) {
    if (!(error instanceof IntegerError)) throw error;
    return refuseArguments(`bad TTL (${error.message})`);
  }
}
