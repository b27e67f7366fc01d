/** `concordctl user add` and `passwd`: the commands that need a new password. */
import type { Readable } from 'node:stream';
import {
  Auth,
  AuthUserAddRequest,
  AuthUserAddResponse,
  AuthUserChangePasswordRequest,
  AuthUserChangePasswordResponse,
  UserAddOptions,
} from '@concord/protocol';
import { refuseArguments } from '../../command-error.ts';
import type { Flags } from '../../flags.ts';
import type { Command, Invocation } from '../command.ts';
import { WRITE } from './call.ts';

const interactive = {
  kind: 'bool',
  default: true,
  help: 'ask for the password; without it, it is a word on stdin',
} as const;

const addFlags = {
  interactive,
  'new-user-password': { kind: 'string', default: '', help: 'the password' },
  'no-password': {
    kind: 'bool',
    default: false,
    help: 'without a password: the user is known by the name in a certificate',
  },
} satisfies Flags;

type AddInvocation = Invocation<typeof addFlags>;

export const addCommand: Command<typeof addFlags> = {
  usage: '<user name or user:password> [options]',
  flags: addFlags,
  async run(invocation) {
    const { args, connect, presenter } = invocation;
    const [word] = args;
    if (word === undefined || args.length !== 1) {
      refuseArguments('user add command requires user name as its argument');
    }
    const user = await newUser(word, invocation);
    const client = await connect();
    const request = AuthUserAddRequest.create(user);
    const answer = await client.call(Auth.methods.userAdd, request, WRITE);
    const output = presenter();
    await output.answer(AuthUserAddResponse, answer, {
      simple: () => `User ${user.name} created\n`,
      fields: () => output.headerFields(answer.header),
    });
  },
};

async function newUser(
  word: string,
  invocation: AddInvocation,
): Promise<Pick<AuthUserAddRequest, 'name' | 'password' | 'options'>> {
  const { values } = invocation;
  const noPassword = values['no-password'];
  const options = UserAddOptions.create({ noPassword });
  if (noPassword) return { name: word, password: '', options };
  const given = values['new-user-password'];
  if (given !== '') return { name: word, password: given, options };
  const [, name, password] = /^([^:]*):(.*)$/s.exec(word) ?? [];
  if (name === undefined || password === undefined) {
    return { name: word, password: await newPassword(word, invocation), options };
  }
  if (name === '') refuseArguments('empty user name is not allowed');
  return { name, password, options };
}

const passwdFlags = { interactive } satisfies Flags;

export const passwdCommand: Command<typeof passwdFlags> = {
  usage: '<user name> [options]',
  flags: passwdFlags,
  async run(invocation) {
    const { args, connect, presenter } = invocation;
    const [name] = args;
    if (name === undefined || args.length !== 1) {
      refuseArguments('user passwd command requires user name as its argument');
    }
    const password = await newPassword(name, invocation);
    const client = await connect();
    const request = AuthUserChangePasswordRequest.create({ name, password });
    const answer = await client.call(Auth.methods.userChangePassword, request, WRITE);
    const output = presenter();
    await output.answer(AuthUserChangePasswordResponse, answer, {
      simple: () => 'Password updated\n',
      fields: () => output.headerFields(answer.header),
    });
  },
};

async function newPassword(
  name: string,
  invocation: Invocation<typeof passwdFlags>,
): Promise<string> {
  if (!invocation.values.interactive) return firstWord(invocation.stdin);
  const password = await invocation.askPassword(`Password of ${name}: `);
  if (password === '') refuseArguments('empty password');
  const again = await invocation.askPassword(`Type password of ${name} again for confirmation: `);
  if (password !== again) refuseArguments('given passwords are different');
  return password;
}

/** Up to the white space behind it, as Go's `Scanf` reads: whoever types it, or holds the pipe open, is not waited for. */
async function firstWord(stdin: Readable): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stdin) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (/^[^\S\n]*(?:\S+\s|\n)/.test(text)) break;
  }
  return /^[^\S\n]*(\S*)/.exec(text)?.[1] ?? '';
}
