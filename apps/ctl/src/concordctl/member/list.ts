/** `concordctl member list` */
import { Cluster, MemberListRequest, MemberListResponse, type Member } from '@concord/protocol';
import type { Flags } from '../../flags.ts';
import { quote } from '../../go-format/quote.ts';
import type { Command } from '../command.ts';
import { isSerializable } from '../kv/consistency.ts';
import { goJsonString } from '../output/go-json.ts';
import type { Presenter } from '../output/presenter.ts';
import { simpleRows, tableOf, type Rows } from '../output/table.ts';

const flags = {
  consistency: { kind: 'string', default: 'l', help: 'linearizable (l) or serializable (s)' },
} satisfies Flags;

export const listCommand: Command<typeof flags> = {
  usage: '[options]',
  description: `
In simple format there is a line for each: id, status, name, peer addresses, client addresses, and
whether it is a learner.
`,
  flags,
  async run({ values, connect, presenter }) {
    const linearizable = !isSerializable(values.consistency);
    const client = await connect();
    const answer = await client.call(
      Cluster.methods.memberList,
      MemberListRequest.create({ linearizable }),
      { isRepeatable: true },
    );
    const output = presenter();
    await output.answer(MemberListResponse, answer, {
      simple: () => simpleRows(rowsOf(answer)),
      table: () => tableOf(rowsOf(answer)),
      fields: () => memberFields(answer, output),
      ...(output.isHex && { json: () => hexJson(answer) }),
    });
  },
};

const rowsOf = ({ members }: MemberListResponse): Rows => ({
  headers: ['ID', 'Status', 'Name', 'Peer Addrs', 'Client Addrs', 'Is Learner'],
  rows: members.map(({ ID, name, peerURLs, clientURLs, isLearner }) => [
    ID.toString(16),
    name === '' ? 'unstarted' : 'started',
    name,
    peerURLs.join(','),
    clientURLs.join(','),
    String(isLearner),
  ]),
});

function memberFields({ header, members }: MemberListResponse, output: Presenter): string {
  const each = ({ ID, name, peerURLs, clientURLs, isLearner }: Member): string =>
    `"ID" : ${output.isHex ? ID.toString(16) : ID}\n"Name" : ${quote(name)}\n` +
    peerURLs.map((url) => `"PeerURL" : ${quote(url)}\n`).join('') +
    clientURLs.map((url) => `"ClientURL" : ${quote(url)}\n`).join('') +
    `"IsLearner" : ${isLearner}\n\n`;
  return output.headerFields(header) + members.map(each).join('');
}

/** With ids in hexadecimal, etcdctl writes this JSON by hand, with less in it. */
function hexJson({ header, members }: MemberListResponse): string {
  const list = (urls: readonly string[]): string =>
    urls.length === 0 ? 'null' : `[${urls.map(goJsonString).join(',')}]`;
  const each = members.map(
    ({ ID, name, peerURLs, clientURLs }) =>
      `{"ID":"${ID.toString(16)}","name":"${name}","peerURLs":${list(peerURLs)},` +
      `"clientURLs":${list(clientURLs)}}`,
  );
  const { clusterId = 0n, memberId = 0n, raftTerm = 0 } = header ?? {};
  return (
    `{"header":{"cluster_id":"${clusterId.toString(16)}","member_id":"${memberId.toString(16)}",` +
    `"raft_term":${raftTerm}}${each.length === 0 ? '' : `,"members":[${each.join(',')}]`}}\n`
  );
}
