/** `concordctl role grant-permission` and `revoke-permission` */
import { Buffer } from 'node:buffer';
import {
  Auth,
  AuthRoleGrantPermissionRequest,
  AuthRoleGrantPermissionResponse,
  AuthRoleRevokePermissionRequest,
  AuthRoleRevokePermissionResponse,
  Permission,
  Permission_Type,
} from '@concord/protocol';
import { refuseArguments } from '../../command-error.ts';
import type { FlagValues, Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { endOfPrefix } from '../kv/key-selection.ts';
import { WRITE } from './call.ts';

const flags = {
  prefix: { kind: 'bool', default: false, help: 'for all keys that begin with the key' },
  'from-key': { kind: 'bool', default: false, help: 'for all keys from the key on' },
} satisfies Flags;

const ZERO = Uint8Array.of(0);

type KeyRange = Pick<Permission, 'key' | 'rangeEnd'>;

const isExclusive = (): never =>
  refuseArguments('--from-key and --prefix flags are mutually exclusive');

/** The keys of a permission. Throws `CommandError`. */
function permissionRange(
  [text = '', end]: readonly string[],
  { prefix: isPrefix, 'from-key': isFrom }: FlagValues<typeof flags>,
): KeyRange {
  if (text === '') {
    if (isPrefix && isFrom) isExclusive();
    return { key: ZERO, rangeEnd: isPrefix || isFrom ? ZERO : new Uint8Array() };
  }
  const key = Buffer.from(text);
  if (end !== undefined) {
    if (isPrefix) refuseArguments('unexpected endkey argument with --prefix flag');
    if (isFrom) refuseArguments('unexpected endkey argument with --from-key flag');
    return { key, rangeEnd: Buffer.from(end) };
  }
  if (isPrefix && isFrom) isExclusive();
  if (isPrefix) return { key, rangeEnd: endOfPrefix(key) };
  return { key, rangeEnd: isFrom ? ZERO : new Uint8Array() };
}

function permissionType(text: string): number {
  const name = text.toUpperCase();
  const type = (Permission_Type as Readonly<Record<string, number>>)[name];
  return type ?? refuseArguments(`invalid permission type: ${text}`);
}

export const grantCommand: Command<typeof flags> = {
  usage: '[options] <role name> <read|write|readwrite> <key> [end key]',
  flags,
  async run({ values, args, connect, presenter }) {
    const [name, type, ...range] = args;
    if (name === undefined || type === undefined || range.length === 0) {
      refuseArguments(
        'role grant command requires role name, permission type, and key [endkey] as its argument',
      );
    }
    const permType = permissionType(type);
    const perm = Permission.create({ permType, ...permissionRange(range, values) });
    const client = await connect();
    const request = AuthRoleGrantPermissionRequest.create({ name, perm });
    const answer = await client.call(Auth.methods.roleGrantPermission, request, WRITE);
    const output = presenter();
    await output.answer(AuthRoleGrantPermissionResponse, answer, {
      simple: () => `Role ${name} updated\n`,
      fields: () => output.headerFields(answer.header),
    });
  },
};

export const revokeCommand: Command<typeof flags> = {
  usage: '<role name> <key> [end key]',
  flags,
  async run({ values, args, connect, presenter }) {
    const [role, ...range] = args;
    if (role === undefined || range.length === 0) {
      refuseArguments(
        'role revoke-permission command requires role name and key [endkey] as its argument',
      );
    }
    const { key, rangeEnd } = permissionRange(range, values);
    const client = await connect();
    const request = AuthRoleRevokePermissionRequest.create({ role, key, rangeEnd });
    const answer = await client.call(Auth.methods.roleRevokePermission, request, WRITE);
    const output = presenter();
    await output.answer(AuthRoleRevokePermissionResponse, answer, {
      simple: () => revoked(role, range[0] ?? '', rangeEnd),
      fields: () => output.headerFields(answer.header),
    });
  },
};

function revoked(role: string, key: string, rangeEnd: Uint8Array): Buffer {
  if (rangeEnd.length === 0) {
    return Buffer.from(`Permission of key ${key} is revoked from role ${role}\n`);
  }
  const isOpen = Buffer.compare(rangeEnd, ZERO) === 0;
  return Buffer.concat([
    Buffer.from(`Permission of range [${key}, `),
    isOpen ? Buffer.from('<open ended>') : Buffer.concat([rangeEnd, Buffer.from(')')]),
    Buffer.from(` is revoked from role ${role}\n`),
  ]);
}
