/** Leases: the commands, loaded when they run. */
import type { CommandGroup } from '../command.ts';

export const leaseCommands: CommandGroup = {
  name: 'lease',
  summary: 'Leases: what keys are attached to, and go with',
  commands: [
    {
      name: 'grant',
      summary: 'Grants a lease',
      load: async () => (await import('./grant.ts')).grantCommand,
    },
    {
      name: 'revoke',
      summary: 'Revokes a lease; its keys are deleted',
      load: async () => (await import('./revoke.ts')).revokeCommand,
    },
    {
      name: 'timetolive',
      summary: 'Shows how long a lease has left',
      load: async () => (await import('./timetolive.ts')).timeToLiveCommand,
    },
    {
      name: 'list',
      summary: 'Lists all leases',
      load: async () => (await import('./list.ts')).listCommand,
    },
    {
      name: 'keep-alive',
      summary: 'Renews a lease, until it is gone or the command is ended',
      load: async () => (await import('./keep-alive.ts')).keepAliveCommand,
    },
  ],
};
