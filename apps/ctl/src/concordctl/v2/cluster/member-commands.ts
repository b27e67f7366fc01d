/** `member list|add|remove|update`. */
import type { V2Command, V2Group, V2Invocation } from '../command.ts';
import { V2Failure, plainFailure, statuses } from '../failure.ts';
import {
  addMember,
  leader,
  listMembers,
  removeMember,
  updateMember,
  type V2Member,
} from './member-requests.ts';

/** What goes wrong is told as it is. */
async function telling<T>(action: Promise<T>, before = ''): Promise<T> {
  try {
    return await action;
  } catch (error) {
    if (error instanceof V2Failure) throw error;
    throw plainFailure(`${before}${(error as Error).message}`);
  }
}

async function list({ args, connection, world: { print } }: V2Invocation): Promise<number> {
  if (args.length > 0) throw plainFailure('No arguments accepted');
  const client = await connection.synced();
  const deadline = connection.deadline();
  const members = await telling(listMembers(client, deadline));
  const { id: leaderId } = await telling(leader(client, deadline), 'Failed to get leader:  ');
  for (const { id, name, peerURLs, clientURLs } of members) {
    print(
      name === ''
        ? `${id}[unstarted]: peerURLs=${peerURLs.join()}\n`
        : `${id}: name=${name} peerURLs=${peerURLs.join()} clientURLs=${clientURLs.join()} isLeader=${id === leaderId}\n`,
    );
  }
  return statuses.success;
}

async function add({ args, connection, world: { print } }: V2Invocation): Promise<number> {
  const [name, peerUrl, ...more] = args;
  if (name === undefined || peerUrl === undefined || more.length > 0) {
    throw plainFailure('Provide a name and a single member peerURL');
  }
  const client = await connection.synced();
  const deadline = connection.deadline();
  const added = await telling(addMember(client, peerUrl, deadline));
  print(`Added member named ${name} with ID ${added.id} to cluster\n`);
  const members = await telling(listMembers(client, deadline));
  const cluster = members.flatMap((member) =>
    member.peerURLs.map((url) => `${member.id === added.id ? name : member.name}=${url}`),
  );
  print(
    `\nETCD_NAME=${JSON.stringify(name)}\nETCD_INITIAL_CLUSTER=${JSON.stringify(cluster.join())}\n` +
      'ETCD_INITIAL_CLUSTER_STATE="existing"\n',
  );
  return statuses.success;
}

async function remove({ args, connection, world }: V2Invocation): Promise<number> {
  const [id, ...more] = args;
  if (id === undefined || more.length > 0) throw plainFailure('Provide a single member ID');
  const client = await connection.synced();
  const deadline = connection.deadline();
  const before = 'Error while verifying ID against known members: ';
  const members = await telling(listMembers(client, deadline), before);
  for (const member of members) if (member.name === id) world.complain(hintOf(member));
  if (!members.some((member) => member.id === id)) {
    throw plainFailure(`Couldn't find a member in the cluster with an ID of ${id}.`);
  }
  try {
    await removeMember(client, id, deadline);
  } catch (error) {
    const text = `Received an error trying to remove member ${id}: ${(error as Error).message}`;
    throw new V2Failure(statuses.badArguments, text);
  }
  world.print(`Removed member ${id} from cluster\n`);
  return statuses.success;
}

const manual =
  'https://github.com/coreos/etcd/blob/master/Documentation/runtime-configuration.md#remove-a-member';

const hintOf = ({ name, id }: V2Member): string =>
  `Found a member named ${name}; if this is correct, please use its ID, eg:\n\tetcdctl member remove ${id}\n` +
  `For more details, read the documentation at ${manual}\n\n`;

async function update({ args, connection, world: { print } }: V2Invocation): Promise<number> {
  const [id, urls, ...more] = args;
  if (id === undefined || urls === undefined || more.length > 0) {
    throw plainFailure(
      'Provide an ID and a list of comma separated peerURL (0xabcd http://example.com,http://example1.com)',
    );
  }
  const client = await connection.synced();
  await telling(updateMember(client, id, urls.split(','), connection.deadline()));
  print(`Updated member with ID ${id} in cluster\n`);
  return statuses.success;
}

const command = (
  name: string,
  usage: string,
  argsUsage: string,
  run: V2Command['run'],
): V2Command => ({ name, usage, argsUsage, flags: [], run });

export const memberGroup: V2Group = {
  name: 'member',
  usage: 'member add, remove and list subcommands',
  commands: [
    command('list', 'enumerate existing cluster members', ' ', list),
    command('add', 'add a new member to the etcd cluster', '<name> <peerURL>', add),
    command('remove', 'remove an existing member from the etcd cluster', '<memberID>', remove),
    command(
      'update',
      'update an existing member in the etcd cluster',
      '<memberID> <peerURLs>',
      update,
    ),
  ],
};
