/** `concordctl user delete`, `get`, `list`, `grant-role` and `revoke-role` */
import {
  Auth,
  AuthRoleGetRequest,
  AuthRoleGetResponse,
  AuthUserDeleteRequest,
  AuthUserDeleteResponse,
  AuthUserGetRequest,
  AuthUserGetResponse,
  AuthUserGrantRoleRequest,
  AuthUserGrantRoleResponse,
  AuthUserListRequest,
  AuthUserListResponse,
  AuthUserRevokeRoleRequest,
  AuthUserRevokeRoleResponse,
} from '@concord/protocol';
import { refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';
import { READ, WRITE } from './call.ts';
import { roleForms } from './role-forms.ts';

export const deleteCommand: Command = {
  usage: '<user name>',
  flags: {},
  async run({ args, connect, presenter }) {
    const [name] = args;
    if (name === undefined || args.length !== 1) {
      refuseArguments('user delete command requires user name as its argument');
    }
    const client = await connect();
    const request = AuthUserDeleteRequest.create({ name });
    const answer = await client.call(Auth.methods.userDelete, request, WRITE);
    const output = presenter();
    await output.answer(AuthUserDeleteResponse, answer, {
      simple: () => `User ${name} deleted\n`,
      fields: () => output.headerFields(answer.header),
    });
  },
};

const getFlags = {
  detail: { kind: 'bool', default: false, help: 'show what each of the roles may do' },
} satisfies Flags;

export const getCommand: Command<typeof getFlags> = {
  usage: '<user name> [options]',
  flags: getFlags,
  async run({ values, args, connect, presenter, print }) {
    const [name] = args;
    if (name === undefined || args.length !== 1) {
      refuseArguments('user get command requires user name as its argument');
    }
    const client = await connect();
    const answer = await client.call(
      Auth.methods.userGet,
      AuthUserGetRequest.create({ name }),
      READ,
    );
    const output = presenter();
    if (!values.detail) {
      await output.answer(AuthUserGetResponse, answer, {
        simple: () => `User: ${name}\nRoles:${answer.roles.map((role) => ` ${role}`).join('')}\n`,
      });
      return;
    }
    print(`User: ${name}\n`);
    for (const role of answer.roles) {
      print('\n');
      const request = AuthRoleGetRequest.create({ role });
      const found = await client.call(Auth.methods.roleGet, request, READ);
      await output.answer(AuthRoleGetResponse, found, roleForms(role, found, output));
    }
  },
};

export const listCommand: Command = {
  usage: '',
  flags: {},
  async run({ args, connect, presenter }) {
    if (args.length > 0) refuseArguments('user list command requires no arguments');
    const client = await connect();
    const answer = await client.call(Auth.methods.userList, AuthUserListRequest.create(), READ);
    await presenter().answer(AuthUserListResponse, answer, {
      simple: () => answer.users.map((user) => `${user}\n`).join(''),
    });
  },
};

export const grantRoleCommand: Command = {
  usage: '<user name> <role name>',
  flags: {},
  async run({ args, connect, presenter }) {
    const [user, role] = args;
    if (user === undefined || role === undefined || args.length !== 2) {
      refuseArguments('user grant command requires user name and role name as its argument');
    }
    const client = await connect();
    const request = AuthUserGrantRoleRequest.create({ user, role });
    const answer = await client.call(Auth.methods.userGrantRole, request, WRITE);
    const output = presenter();
    await output.answer(AuthUserGrantRoleResponse, answer, {
      simple: () => `Role ${role} is granted to user ${user}\n`,
      fields: () => output.headerFields(answer.header),
    });
  },
};

export const revokeRoleCommand: Command = {
  usage: '<user name> <role name>',
  flags: {},
  async run({ args, connect, presenter }) {
    const [name, role] = args;
    if (name === undefined || role === undefined || args.length !== 2) {
      refuseArguments('user revoke-role requires user name and role name as its argument');
    }
    const client = await connect();
    const request = AuthUserRevokeRoleRequest.create({ name, role });
    const answer = await client.call(Auth.methods.userRevokeRole, request, WRITE);
    const output = presenter();
    await output.answer(AuthUserRevokeRoleResponse, answer, {
      simple: () => `Role ${role} is revoked from user ${name}\n`,
      fields: () => output.headerFields(answer.header),
    });
  },
};
