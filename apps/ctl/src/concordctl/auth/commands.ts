/** Who may do what: the commands, loaded when they run. */
import type { CommandGroup } from '../command.ts';

export const authCommands: readonly CommandGroup[] = [
  {
    name: 'auth',
    summary: 'Authentication: on or off',
    commands: [
      {
        name: 'enable',
        summary: 'Asks everybody who he is from now on',
        load: async () => (await import('./auth.ts')).enableCommand,
      },
      {
        name: 'disable',
        summary: 'Lets everybody do everything',
        load: async () => (await import('./auth.ts')).disableCommand,
      },
      {
        name: 'status',
        summary: 'Tells whether authentication is on',
        load: async () => (await import('./auth.ts')).statusCommand,
      },
    ],
  },
  {
    name: 'user',
    summary: 'Users and their roles',
    commands: [
      {
        name: 'add',
        summary: 'Adds a user',
        load: async () => (await import('./user-password.ts')).addCommand,
      },
      {
        name: 'delete',
        summary: 'Deletes a user',
        load: async () => (await import('./user.ts')).deleteCommand,
      },
      {
        name: 'get',
        summary: 'Shows the roles of a user',
        load: async () => (await import('./user.ts')).getCommand,
      },
      {
        name: 'list',
        summary: 'Lists all users',
        load: async () => (await import('./user.ts')).listCommand,
      },
      {
        name: 'passwd',
        summary: 'Changes the password of a user',
        load: async () => (await import('./user-password.ts')).passwdCommand,
      },
      {
        name: 'grant-role',
        summary: 'Gives a role to a user',
        load: async () => (await import('./user.ts')).grantRoleCommand,
      },
      {
        name: 'revoke-role',
        summary: 'Takes a role from a user',
        load: async () => (await import('./user.ts')).revokeRoleCommand,
      },
    ],
  },
  {
    name: 'role',
    summary: 'Roles and what they may do',
    commands: [
      {
        name: 'add',
        summary: 'Adds a role',
        load: async () => (await import('./role.ts')).addCommand,
      },
      {
        name: 'delete',
        summary: 'Deletes a role',
        load: async () => (await import('./role.ts')).deleteCommand,
      },
      {
        name: 'get',
        summary: 'Shows what a role may do',
        load: async () => (await import('./role.ts')).getCommand,
      },
      {
        name: 'list',
        summary: 'Lists all roles',
        load: async () => (await import('./role.ts')).listCommand,
      },
      {
        name: 'grant-permission',
        summary: 'Lets a role read or write keys',
        load: async () => (await import('./permission.ts')).grantCommand,
      },
      {
        name: 'revoke-permission',
        summary: 'Takes such a permission back',
        load: async () => (await import('./permission.ts')).revokeCommand,
      },
    ],
  },
];
