/** `concordctl endpoint hashkv` */
import { HashKVRequest, HashKVResponse, Maintenance } from '@concord/protocol';
import { CommandError, exitCodes } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import { quote } from '../../go-format/quote.ts';
import type { Command } from '../command.ts';
import { goJson, goJsonString } from '../output/go-json.ts';
import { simpleRows, tableOf, type Rows } from '../output/table.ts';
import { endpointsOf, messageOf } from './each-endpoint.ts';

const flags = {
  rev: { kind: 'int', default: 0, help: 'the history up to this revision (0 is all)' },
} satisfies Flags;

interface EndpointHash {
  readonly endpoint: string;
  readonly hash: HashKVResponse;
}

export const hashKvCommand: Command<typeof flags> = {
  usage: '[options]',
  flags,
  async run(invocation) {
    const { values, connect, presenter, tell } = invocation;
    const found: EndpointHash[] = [];
    let failure: string | undefined;
    for (const endpoint of await endpointsOf(invocation)) {
      const client = await connect({ endpoints: [endpoint] });
      try {
        const request = HashKVRequest.create({ revision: values.rev });
        const hash = await client.call(Maintenance.methods.hashKV, request, {
          isRepeatable: true,
        });
        found.push({ endpoint, hash });
      } catch (error) {
        failure = messageOf(error);
        tell(`Failed to get the hash of endpoint ${endpoint} (${failure})`);
      }
      client.close();
    }
    const output = presenter();
    await output.show({
      simple: () => simpleRows(rowsOf(found)),
      table: () => tableOf(rowsOf(found)),
      fields: () =>
        found
          .map(
            ({ endpoint, hash }) =>
              `${output.headerFields(hash.header)}"Endpoint" : ${quote(endpoint)}\n` +
              `"Hash" : ${hash.hash}\n"HashRevision" : ${hash.hashRevision}\n\n`,
          )
          .join(''),
      json: () => hashJson(found),
    });
    if (failure !== undefined) throw new CommandError(failure, exitCodes.failure);
  },
};

const rowsOf = (found: readonly EndpointHash[]): Rows => ({
  headers: ['endpoint', 'hash', 'hash_revision'],
  rows: found.map(({ endpoint, hash }) => [endpoint, String(hash.hash), String(hash.hashRevision)]),
});

function hashJson(found: readonly EndpointHash[]): string {
  const each = found.map(
    ({ endpoint, hash }) =>
      `{"Endpoint":${goJsonString(endpoint)},"HashKV":${goJson(HashKVResponse.name, hash)}}`,
  );
  return each.length === 0 ? 'null\n' : `[${each.join(',')}]\n`;
}
