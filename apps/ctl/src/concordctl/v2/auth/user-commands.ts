/** `user add|get|list|remove|grant|revoke|passwd`. */
import type { V2Command, V2Group, V2Invocation } from '../command.ts';
import { plainFailure, statuses } from '../failure.ts';
import type { V2Flag } from '../line/flag-set.ts';
import { askAuth, named } from './auth-requests.ts';

interface UserAnswer {
  readonly user?: string;
  readonly roles?: readonly (string | { readonly role?: string })[] | null;
}

function nameOf(args: readonly string[]): string {
  const [name, ...more] = args;
  if (name === undefined || more.length > 0) throw plainFailure('Please provide a username');
  return name;
}

async function list({ args, connection, world }: V2Invocation): Promise<void> {
  if (args.length > 0) throw plainFailure('No arguments accepted');
  const answer = await askAuth(connection, { method: 'GET', path: 'users' });
  const { users } = answer as { users?: readonly UserAnswer[] | null };
  for (const { user = '' } of users ?? []) world.print(`${user}\n`);
}

async function add({ args, connection, world }: V2Invocation): Promise<void> {
  const [user = '', given] = nameOf(args).split(/:(.*)/s);
  const password = given ?? (await world.askPassword('New password: '));
  await change(connection, user, { password }, true);
  world.print(`User ${user} created\n`);
}

async function get({ args, connection, world }: V2Invocation): Promise<void> {
  const request = { method: 'GET', path: named('users', nameOf(args)) } as const;
  const { user = '', roles } = (await askAuth(connection, request)) as UserAnswer;
  // Roles that come as objects leave an empty name each in etcdctl, before their own.
  const objects = (roles ?? []).filter((role) => typeof role !== 'string');
  const names = [
    ...(roles ?? []).map((role) => (typeof role === 'string' ? role : '')),
    ...objects.map(({ role = '' }) => role),
  ];
  world.print(`User: ${user}\nRoles: ${names.join(' ')}\n`);
}

async function remove({ args, connection, world }: V2Invocation): Promise<void> {
  const user = nameOf(args);
  const path = named('users', user);
  await askAuth(connection, { method: 'DELETE', path, isCreatedFine: true });
  world.print(`User ${user} removed\n`);
}

async function passwd({ args, connection, world }: V2Invocation): Promise<void> {
  const user = nameOf(args);
  const password = await world.askPassword('New password: ');
  await change(connection, user, { password });
  world.print('Password updated\n');
}

const changeRoles =
  (verb: 'grant' | 'revoke') =>
  async ({ args, flags, connection, world }: V2Invocation): Promise<void> => {
    const roles = flags.strings('roles');
    if (roles.length === 0) throw plainFailure('No roles specified; please use `--roles`');
    const user = nameOf(args);
    await change(connection, user, { [verb]: roles });
    world.print(`User ${user} updated\n`);
  };

async function change(
  connection: V2Invocation['connection'],
  user: string,
  content: { password?: string },
  isCreatedFine = false,
): Promise<void> {
  // As Go orders the fields, which leaves an empty password out.
  const { password, ...rest } = content;
  const fields = { user, ...(password && { password }), roles: null, ...rest };
  const path = named('users', user);
  await askAuth(connection, { method: 'PUT', path, content: fields, isCreatedFine });
}

const command = (
  name: string,
  usage: string,
  run: (invocation: V2Invocation) => Promise<void>,
  flags: readonly V2Flag[] = [],
): V2Command => ({
  name,
  usage,
  argsUsage: '<user>',
  flags,
  async run(invocation) {
    await run(invocation);
    return statuses.success;
  },
});

const roles: V2Flag = {
  kind: 'strings',
  names: ['roles'],
  help: 'List of roles to grant or revoke',
};

export const userGroup: V2Group = {
  name: 'user',
  usage: 'user add, grant and revoke subcommands',
  commands: [
    command('add', 'add a new user for the etcd cluster', add),
    command('get', 'get details for a user', get),
    command('list', 'list all current users', list),
    command('remove', 'remove a user for the etcd cluster', remove),
    command('grant', 'grant roles to an etcd user', changeRoles('grant'), [roles]),
    command('revoke', 'revoke roles for an etcd user', changeRoles('revoke'), [roles]),
    command('passwd', 'change password for a user', passwd),
  ],
};
