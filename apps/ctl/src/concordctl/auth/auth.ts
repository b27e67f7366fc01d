/** `concordctl auth enable`, `disable` and `status` */
import {
  Auth,
  AuthDisableRequest,
  AuthEnableRequest,
  AuthRoleAddRequest,
  AuthStatusRequest,
  AuthStatusResponse,
  AuthUserGrantRoleRequest,
  etcdErrors,
} from '@concord/protocol';
import { refuseArguments } from '../../command-error.ts';
import type { Command } from '../command.ts';
import type { EtcdClient } from '../connection/etcd-client.ts';
import { RpcError } from '../connection/rpc-error.ts';

const ROOT = 'root';

const refuseAny = (args: readonly string[], command: string): void => {
  if (args.length > 0) refuseArguments(`auth ${command} command does not accept any arguments`);
};

export const enableCommand: Command = {
  usage: '',
  description: 'The user "root" has to be there. The role "root" is made where it is missing.',
  flags: {},
  async run({ args, connect, print }) {
    refuseAny(args, 'enable');
    const client = await connect();
    const enable = (): Promise<unknown> =>
      client.call(Auth.methods.authEnable, AuthEnableRequest.create());
    try {
      await enable();
    } catch (error) {
      const isMissing =
        error instanceof RpcError && error.details === etcdErrors.ErrRootRoleNotExist.message;
      if (!isMissing) throw error;
      await makeRoot(client);
      await enable();
    }
    print('Authentication Enabled\n');
  },
};

async function makeRoot(client: EtcdClient): Promise<void> {
  await client.call(Auth.methods.roleAdd, AuthRoleAddRequest.create({ name: ROOT }));
  const grant = AuthUserGrantRoleRequest.create({ user: ROOT, role: ROOT });
  await client.call(Auth.methods.userGrantRole, grant);
}

export const disableCommand: Command = {
  usage: '',
  flags: {},
  async run({ args, connect, print }) {
    refuseAny(args, 'disable');
    const client = await connect();
    await client.call(Auth.methods.authDisable, AuthDisableRequest.create());
    print('Authentication Disabled\n');
  },
};

export const statusCommand: Command = {
  usage: '',
  flags: {},
  async run({ args, connect, presenter }) {
    refuseAny(args, 'status');
    const client = await connect();
    const answer = await client.call(Auth.methods.authStatus, AuthStatusRequest.create(), {
      isRepeatable: true,
    });
    await presenter().answer(AuthStatusResponse, answer, {
      simple: () =>
        `Authentication Status: ${answer.enabled}\nAuthRevision: ${answer.authRevision}\n`,
    });
  },
};
