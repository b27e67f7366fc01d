/** `concordctl lease list` */
import { Lease } from '@concord/protocol';
import type { Command } from '../command.ts';
import { hexId } from '../output/key-value.ts';
import { leaseIdField, leaseJson, headerBytes } from './lease-forms.ts';
import { badConnection } from './timetolive.ts';

export const listCommand: Command = {
  usage: '',
  flags: {},
  async run({ connect, presenter }) {
    const client = await connect();
    const { leaseLeases } = Lease.methods;
    const { header, leases } = await client
      .call(leaseLeases, leaseLeases.request.create(), { isRepeatable: true, timeoutMs: Infinity })
      .catch(badConnection);
    const output = presenter();
    await output.show({
      simple: () =>
        `found ${leases.length} leases\n${leases.map(({ ID }) => `${hexId(ID)}\n`).join('')}`,
      fields: () =>
        output.headerFields(header) + leases.map(({ ID }) => leaseIdField(ID, output)).join(''),
      json: () =>
        leaseJson(header, [`"leases":[${leases.map(({ ID }) => `{"id":${ID}}`).join(',')}]`]),
      protobuf: () => headerBytes(header),
    });
  },
};
