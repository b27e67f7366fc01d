/** `concordctl endpoint status` */
import { DowngradeInfo, Maintenance, StatusRequest, StatusResponse } from '@concord/protocol';
import { CommandError, exitCodes, SilentExit } from '../../command-error.ts';
import { quote } from '../../go-format/quote.ts';
import { humanBytes } from '../../human-bytes.ts';
import type { Command } from '../command.ts';
import { goJson, goJsonString } from '../output/go-json.ts';
import type { Presenter } from '../output/presenter.ts';
import { simpleRows, tableOf, type Rows } from '../output/table.ts';
import { endpointsOf, messageOf } from './each-endpoint.ts';

interface EndpointStatus {
  readonly endpoint: string;
  readonly status: StatusResponse;
}

export const statusCommand: Command = {
  usage: '',
  description: `
In simple format there is a line for each: endpoint, id, version, storage version, size of the
database, how much of it is in use, the share that is not, quota, whether it leads, whether it is a
learner, term and index of the log, applied index, errors, target of a downgrade, and whether one
goes on.
`,
  flags: {},
  async run(invocation) {
    const { connect, presenter, tell } = invocation;
    const found: EndpointStatus[] = [];
    let hasFailed = false;
    for (const endpoint of await endpointsOf(invocation)) {
      const client = await connect({ endpoints: [endpoint] });
      try {
        const status = await client.call(Maintenance.methods.status, StatusRequest.create(), {
          isRepeatable: true,
        });
        found.push({ endpoint, status });
      } catch (error) {
        tell(`Failed to get the status of endpoint ${endpoint} (${messageOf(error)})`);
        hasFailed = true;
      }
      client.close();
    }
    const output = presenter();
    await output.show({
      simple: () => simpleRows(rowsOf(found)),
      table: () => tableOf(rowsOf(found)),
      fields: () => found.map((one) => statusFields(one, output)).join(''),
      json: () => statusJson(found),
      protobuf: () => {
        throw new CommandError('protobuf not supported as output format', exitCodes.badFeature);
      },
    });
    if (hasFailed) throw new SilentExit(exitCodes.failure);
  },
};

const statusJson = (found: readonly EndpointStatus[]): string => {
  const each = found.map(
    ({ endpoint, status }) =>
      `{"Endpoint":${goJsonString(endpoint)},"Status":${goJson(StatusResponse.name, status)}}`,
  );
  return each.length === 0 ? 'null\n' : `[${each.join(',')}]\n`;
};

const rowsOf = (found: readonly EndpointStatus[]): Rows => ({
  headers: [
    'endpoint',
    'ID',
    'version',
    'storage version',
    'db size',
    'in use',
    'percentage not in use',
    'quota',
    'is leader',
    'is learner',
    'raft term',
    'raft index',
    'raft applied index',
    'errors',
    'downgrade target version',
    'downgrade enabled',
  ],
  rows: found.map(({ endpoint, status }) => {
    const memberId = status.header?.memberId ?? 0n;
    return [
      endpoint,
      memberId.toString(16),
      status.version,
      status.storageVersion,
      humanBytes(status.dbSize),
      humanBytes(status.dbSizeInUse),
      `${unusedPercent(status)}%`,
      humanBytes(status.dbSizeQuota),
      String(status.leader === memberId),
      String(status.isLearner),
      String(status.raftTerm),
      String(status.raftIndex),
      String(status.raftAppliedIndex),
      status.errors.join(', '),
      status.downgradeInfo?.targetVersion ?? '',
      String(status.downgradeInfo?.enabled ?? false),
    ];
  }),
});

/** etcdctl divides by a size that old servers leave out, and crashes. */
const unusedPercent = ({ dbSize, dbSizeInUse }: StatusResponse): number =>
  dbSize === 0 ? 0 : 100 - Math.trunc((dbSizeInUse * 100) / dbSize);

function statusFields({ endpoint, status }: EndpointStatus, output: Presenter): string {
  const { enabled, targetVersion } = DowngradeInfo.create(status.downgradeInfo);
  return (
    `${output.headerFields(status.header)}"Version" : ${quote(status.version)}\n` +
    `"StorageVersion" : ${quote(status.storageVersion)}\n"DBSize" : ${status.dbSize}\n` +
    `"DBSizeInUse" : ${status.dbSizeInUse}\n"DBSizeQuota" : ${status.dbSizeQuota}\n` +
    `"Leader" : ${status.leader}\n"IsLearner" : ${status.isLearner}\n` +
    `"RaftIndex" : ${status.raftIndex}\n"RaftTerm" : ${status.raftTerm}\n` +
    `"RaftAppliedIndex" : ${status.raftAppliedIndex}\n"Errors" : [${status.errors.join(' ')}]\n` +
    `"Endpoint" : ${quote(endpoint)}\n"DowngradeTargetVersion" : ${quote(targetVersion)}\n` +
    `"DowngradeEnabled" : ${enabled}\n\n`
  );
}
