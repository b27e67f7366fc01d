/** `concordctl lease timetolive` */
import { Buffer } from 'node:buffer';
import { Lease, LeaseTimeToLiveRequest } from '@concord/protocol';
import { CommandError, exitCodes, refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import { quote } from '../../go-format/quote.ts';
import type { Command } from '../command.ts';
import { RpcError } from '../connection/rpc-error.ts';
import { bytesText } from '../output/go-json.ts';
import { hexId } from '../output/key-value.ts';
import { leaseIdField, leaseJson, leaseOf, headerBytes } from './lease-forms.ts';

const flags = {
  keys: { kind: 'bool', default: false, help: 'show the keys that are attached to it' },
} satisfies Flags;

export const timeToLiveCommand: Command<typeof flags> = {
  usage: '<lease ID> [options]',
  flags,
  async run({ values, args, connect, presenter }) {
    const [text] = args;
    if (text === undefined || args.length !== 1) {
      refuseArguments('lease timetolive command needs lease ID as argument');
    }
    const client = await connect();
    const request = LeaseTimeToLiveRequest.create({ ID: leaseOf(text), keys: values.keys });
    const { header, ID, TTL, grantedTTL, keys } = await client
      .call(Lease.methods.leaseTimeToLive, request, { isRepeatable: true, timeoutMs: Infinity })
      .catch(badConnection);
    const output = presenter();
    await output.show({
      simple: () => {
        if (grantedTTL === 0 && TTL === -1) return `lease ${hexId(ID)} already expired\n`;
        const left = `lease ${hexId(ID)} granted with TTL(${grantedTTL}s), remaining(${TTL}s)`;
        return values.keys ? withKeys(left, keys) : `${left}\n`;
      },
      fields: () =>
        `${output.headerFields(header)}${leaseIdField(ID, output)}"TTL" : ${TTL}\n` +
        `"GrantedTTL" : ${grantedTTL}\n` +
        keys.map((key) => `"Key" : ${quote(key)}\n`).join(''),
      json: () =>
        leaseJson(header, [
          `"id":${ID}`,
          `"ttl":${TTL}`,
          `"granted-ttl":${grantedTTL}`,
          `"keys":${keys.length === 0 ? 'null' : `[${keys.map(bytesText).join(',')}]`}`,
        ]),
      protobuf: () => headerBytes(header),
    });
  },
};

function withKeys(left: string, keys: readonly Uint8Array[]): Buffer {
  const spaced = keys.flatMap((key, i) => (i === 0 ? [key] : [Buffer.from(' '), key]));
  return Buffer.concat([Buffer.from(`${left}, attached keys([`), ...spaced, Buffer.from('])\n')]);
}

/** What a command about leases ends with where the call fails. */
export function badConnection(error: unknown): never {
  if (!(error instanceof RpcError)) throw error;
  throw new CommandError(error.message, exitCodes.badConnection);
}
