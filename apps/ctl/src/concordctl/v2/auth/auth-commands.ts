/** `auth enable|disable`. */
import type { V2Command, V2Group } from '../command.ts';
import { plainFailure, statuses } from '../failure.ts';
import { askAuth } from './auth-requests.ts';

const switchCommand = (name: 'enable' | 'disable'): V2Command => ({
  name,
  usage: `${name} auth access controls`,
  argsUsage: ' ',
  flags: [],
  async run({ args, connection, world }) {
    if (args.length > 0) throw plainFailure('No arguments accepted');
    const method = name === 'enable' ? 'PUT' : 'DELETE';
    await askAuth(connection, { method, path: 'enable', isCreatedFine: true });
    world.print(`Authentication ${name === 'enable' ? 'Enabled' : 'Disabled'}\n`);
    return statuses.success;
  },
});

export const authGroup: V2Group = {
  name: 'auth',
  usage: 'overall auth controls',
  commands: [switchCommand('enable'), switchCommand('disable')],
};
