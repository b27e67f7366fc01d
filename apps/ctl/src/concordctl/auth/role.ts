/** `concordctl role add`, `delete`, `get` and `list` */
import {
  Auth,
  AuthRoleAddRequest,
  AuthRoleAddResponse,
  AuthRoleDeleteRequest,
  AuthRoleDeleteResponse,
  AuthRoleGetRequest,
  AuthRoleGetResponse,
  AuthRoleListRequest,
  AuthRoleListResponse,
} from '@concord/protocol';
import { refuseArguments } from '../../command-error.ts';
import { quote } from '../../go-format/quote.ts';
import type { Command } from '../command.ts';
import { READ, WRITE } from './call.ts';
import { roleForms } from './role-forms.ts';

function roleOf(args: readonly string[], command: string): string {
  const [role] = args;
  if (role !== undefined && args.length === 1) return role;
  return refuseArguments(`role ${command} command requires role name as its argument`);
}

export const addCommand: Command = {
  usage: '<role name>',
  flags: {},
  async run({ args, connect, presenter }) {
    const name = roleOf(args, 'add');
    const client = await connect();
    const request = AuthRoleAddRequest.create({ name });
    const answer = await client.call(Auth.methods.roleAdd, request, WRITE);
    const output = presenter();
    await output.answer(AuthRoleAddResponse, answer, {
      simple: () => `Role ${name} created\n`,
      fields: () => output.headerFields(answer.header),
    });
  },
};

export const deleteCommand: Command = {
  usage: '<role name>',
  flags: {},
  async run({ args, connect, presenter }) {
    const role = roleOf(args, 'delete');
    const client = await connect();
    const request = AuthRoleDeleteRequest.create({ role });
    const answer = await client.call(Auth.methods.roleDelete, request, WRITE);
    const output = presenter();
    await output.answer(AuthRoleDeleteResponse, answer, {
      simple: () => `Role ${role} deleted\n`,
      fields: () => output.headerFields(answer.header),
    });
  },
};

export const getCommand: Command = {
  usage: '<role name>',
  flags: {},
  async run({ args, connect, presenter }) {
    const role = roleOf(args, 'get');
    const client = await connect();
    const request = AuthRoleGetRequest.create({ role });
    const answer = await client.call(Auth.methods.roleGet, request, READ);
    const output = presenter();
    await output.answer(AuthRoleGetResponse, answer, roleForms(role, answer, output));
  },
};

export const listCommand: Command = {
  usage: '',
  flags: {},
  async run({ args, connect, presenter }) {
    if (args.length > 0) refuseArguments('role list command requires no arguments');
    const client = await connect();
    const answer = await client.call(Auth.methods.roleList, AuthRoleListRequest.create(), READ);
    const output = presenter();
    await output.answer(AuthRoleListResponse, answer, {
      simple: () => answer.roles.map((role) => `${role}\n`).join(''),
      fields: () =>
        `${output.headerFields(answer.header)}"Roles" :` +
        `${answer.roles.map((role) => ` ${quote(role)}`).join('')}\n`,
    });
  },
};
