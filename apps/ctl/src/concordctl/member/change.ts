/** `concordctl member remove`, `update` and `promote` */
import {
  Cluster,
  MemberPromoteRequest,
  MemberPromoteResponse,
  MemberRemoveRequest,
  MemberRemoveResponse,
  MemberUpdateRequest,
  MemberUpdateResponse,
  type ResponseHeader,
} from '@concord/protocol';
import { refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import { checkPeerUrl } from '../../peer-url.ts';
import type { Command } from '../command.ts';
import { memberIdOf, paddedId } from './member-id.ts';

const told = (ID: bigint, deed: string, header: ResponseHeader | undefined): string =>
  `Member ${paddedId(ID)} ${deed} cluster ${paddedId(header?.clusterId ?? 0n)}\n`;

export const removeCommand: Command = {
  usage: '<member ID>',
  flags: {},
  async run({ args, connect, presenter }) {
    const ID = memberIdOf(args);
    const client = await connect();
    const request = MemberRemoveRequest.create({ ID });
    const answer = await client.call(Cluster.methods.memberRemove, request);
    await presenter().answer(MemberRemoveResponse, answer, {
      simple: () => told(ID, 'removed from', answer.header),
    });
  },
};

const updateFlags = {
  'peer-urls': { kind: 'string', default: '', help: 'its new peer URLs, separated by commas' },
} satisfies Flags;

export const updateCommand: Command<typeof updateFlags> = {
  usage: '<member ID> [options]',
  flags: updateFlags,
  async run({ values, args, connect, presenter }) {
    const ID = memberIdOf(args);
    const urls = values['peer-urls'];
    if (urls === '') refuseArguments('member peer urls not provided');
    for (const url of urls.split(',')) checkPeerUrl(url.trim());
    const client = await connect();
    const request = MemberUpdateRequest.create({ ID, peerURLs: urls.split(',') });
    const answer = await client.call(Cluster.methods.memberUpdate, request);
    await presenter().answer(MemberUpdateResponse, answer, {
      simple: () => told(ID, 'updated in', answer.header),
    });
  },
};

export const promoteCommand: Command = {
  usage: '<member ID>',
  flags: {},
  async run({ args, connect, presenter }) {
    const ID = memberIdOf(args);
    const client = await connect();
    const request = MemberPromoteRequest.create({ ID });
    const answer = await client.call(Cluster.methods.memberPromote, request);
    await presenter().answer(MemberPromoteResponse, answer, {
      simple: () => told(ID, 'promoted in', answer.header),
    });
  },
};
