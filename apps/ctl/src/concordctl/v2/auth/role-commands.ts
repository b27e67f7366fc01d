/** `role add|get|list|remove|grant|revoke`. */
import { isDeepStrictEqual } from 'node:util';
import { posix } from 'node:path';
import type { V2Command, V2Group, V2Invocation } from '../command.ts';
import { V2Failure, plainFailure, statuses } from '../failure.ts';
import type { V2Flag } from '../line/flag-set.ts';
import { askAuth, named } from './auth-requests.ts';

interface RoleAnswer {
  readonly role?: string;
  readonly permissions?: {
    readonly kv?: {
      readonly read?: readonly string[] | null;
      readonly write?: readonly string[] | null;
    };
  };
}

const noPermissions = { kv: { read: null, write: null } };

function nameOf(args: readonly string[]): string {
  const [name, ...more] = args;
  if (name === undefined || more.length > 0) throw plainFailure('Please provide a role name');
  return name;
}

const role = async (connection: V2Invocation['connection'], name: string): Promise<RoleAnswer> =>
  askAuth(connection, { method: 'GET', path: named('roles', name) });

async function list({ args, connection, world }: V2Invocation): Promise<void> {
  if (args.length > 0) throw plainFailure('No arguments accepted');
  const answer = await askAuth(connection, { method: 'GET', path: 'roles' });
  const { roles } = answer as { roles?: readonly RoleAnswer[] | null };
  for (const { role: name = '' } of roles ?? []) world.print(`${name}\n`);
}

async function add({ args, connection, world }: V2Invocation): Promise<void> {
  const name = nameOf(args);
  const existing = await role(connection, name).catch((error: unknown) => {
    if (!(error instanceof V2Failure)) throw error;
    return undefined;
  });
  if (existing !== undefined) throw plainFailure(`Role ${name} already exists`);
  const content = { role: name, permissions: noPermissions };
  const path = named('roles', name);
  await askAuth(connection, { method: 'PUT', path, content, isCreatedFine: true });
  world.print(`Role ${name} created\n`);
}

async function remove({ args, connection, world }: V2Invocation): Promise<void> {
  const name = nameOf(args);
  const path = named('roles', name);
  await askAuth(connection, { method: 'DELETE', path, isCreatedFine: true });
  world.print(`Role ${name} removed\n`);
}

async function get({ args, connection, world }: V2Invocation): Promise<void> {
  const { role: name = '', permissions } = await role(connection, nameOf(args));
  const lines = (keys: readonly string[] | null | undefined): string =>
    (keys ?? []).map((key) => `\t${key}\n`).join('');
  world.print(
    `Role: ${name}\nKV Read:\n${lines(permissions?.kv?.read)}KV Write:\n${lines(permissions?.kv?.write)}`,
  );
}

const changePermissions =
  (verb: 'grant' | 'revoke') =>
  async ({ args, flags, connection, world }: V2Invocation): Promise<void> => {
    const path = flags.string('path');
    if (path === '') throw plainFailure('No path specified; please use `--path`');
    const canonical = posix.normalize(path.startsWith('/') ? path : `/${path}`);
    if (canonical !== path) {
      throw plainFailure(`Not canonical path; please use \`--path=${canonical}\``);
    }
    const kinds = ['read', 'write', 'readwrite'].filter((kind) => flags.bool(kind));
    if (kinds.length !== 1) {
      throw plainFailure('Please specify exactly one of --read, --write or --readwrite');
    }
    const name = nameOf(args);
    const before = await role(connection, name);
    const given = (kind: string): string[] | null =>
      kinds[0] === kind || kinds[0] === 'readwrite' ? [path] : null;
    const changed = { kv: { read: given('read'), write: given('write') } };
    const content = { role: name, permissions: noPermissions, [verb]: changed };
    const request = { method: 'PUT', path: named('roles', name), content } as const;
    const after = await askAuth(connection, request);
    if (isDeepStrictEqual(before, after)) {
      world.print(`Role unchanged; already ${verb === 'grant' ? 'granted' : 'revoked'}`);
    }
    world.print(`Role ${name} updated\n`);
  };

const command = (
  name: string,
  usage: string,
  argsUsage: string,
  run: (invocation: V2Invocation) => Promise<void>,
  flags: readonly V2Flag[] = [],
): V2Command => ({
  name,
  usage,
  argsUsage,
  flags,
  async run(invocation) {
    await run(invocation);
    return statuses.success;
  },
});

const permissionFlags = (verb: string, done: string): readonly V2Flag[] => [
  { kind: 'string', names: ['path'], help: `Path ${done} for the role to access`, default: '' },
  { kind: 'bool', names: ['read'], help: `${verb} read${verb === 'Grant' ? '-only' : ''} access` },
  {
    kind: 'bool',
    names: ['write'],
    help: `${verb} write${verb === 'Grant' ? '-only' : ''} access`,
  },
  { kind: 'bool', names: ['readwrite', 'rw'], help: `${verb} read-write access` },
];

export const roleGroup: V2Group = {
  name: 'role',
  usage: 'role add, grant and revoke subcommands',
  commands: [
    command('add', 'add a new role for the etcd cluster', '<role> ', add),
    command('get', 'get details for a role', '<role>', get),
    command('list', 'list all roles', ' ', list),
    command('remove', 'remove a role from the etcd cluster', '<role>', remove),
    command(
      'grant',
      'grant path matches to an etcd role',
      '<role>',
      changePermissions('grant'),
      permissionFlags('Grant', 'granted'),
    ),
    command(
      'revoke',
      'revoke path matches for an etcd role',
      '<role>',
      changePermissions('revoke'),
      permissionFlags('Revoke', 'revoked'),
    ),
  ],
};
