/** `concordctl member add` */
import { Cluster, MemberAddRequest, MemberAddResponse } from '@concord/protocol';
import { refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import { quote } from '../../go-format/quote.ts';
import { checkPeerUrl } from '../../peer-url.ts';
import type { Command } from '../command.ts';
import { paddedId } from './member-id.ts';

const flags = {
  'peer-urls': { kind: 'string', default: '', help: 'its peer URLs, separated by commas' },
  learner: { kind: 'bool', default: false, help: 'it gets the log, and has no vote' },
} satisfies Flags;

export const addCommand: Command<typeof flags> = {
  usage: '<member name> [options]',
  flags,
  async run({ values, args, connect, presenter }) {
    const name = nameOf(args);
    const urls = values['peer-urls'];
    if (urls === '') refuseArguments('member peer urls not provided');
    for (const url of urls.split(',')) checkPeerUrl(url.trim());
    const client = await connect();
    const request = MemberAddRequest.create({
      peerURLs: urls.split(','),
      isLearner: values.learner,
    });
    const answer = await client.call(Cluster.methods.memberAdd, request);
    await presenter().answer(MemberAddResponse, answer, {
      simple: () => added(answer) + surroundings(answer, name, urls),
    });
  },
};

function nameOf(args: readonly string[]): string {
  const [name] = args;
  if (name === undefined) refuseArguments('member name not provided');
  if (args.length === 1) return name;
  const urls = args.filter((word) => word.toLowerCase().startsWith('http'));
  const guesses = urls.map((url) => `, did you mean --peer-urls=${url}`);
  return refuseArguments(`too many arguments${guesses.join('')}`);
}

function added({ header, member }: MemberAddResponse): string {
  const how = member?.isLearner === true ? ' as learner ' : ' ';
  const clusterId = paddedId(header?.clusterId ?? 0n);
  return `Member ${paddedId(member?.ID ?? 0n)} added${how}to cluster ${clusterId}\n`;
}

/** What the new member has to be started with. */
function surroundings({ member, members }: MemberAddResponse, name: string, urls: string): string {
  const cluster = members.flatMap((one) =>
    one.peerURLs.map((url) => `${one.ID === member?.ID ? name : one.name}=${url}`),
  );
  return (
    `\nETCD_NAME=${quote(name)}\nETCD_INITIAL_CLUSTER=${quote(cluster.join(','))}\n` +
    `ETCD_INITIAL_ADVERTISE_PEER_URLS=${quote(urls)}\nETCD_INITIAL_CLUSTER_STATE="existing"\n`
  );
}
