/** The members of the cluster: the commands, loaded when they run. */
import type { CommandGroup } from '../command.ts';

export const memberCommands: CommandGroup = {
  name: 'member',
  summary: 'Members of the cluster',
  commands: [
    {
      name: 'add',
      summary: 'Adds a member to the cluster',
      load: async () => (await import('./add.ts')).addCommand,
    },
    {
      name: 'remove',
      summary: 'Removes a member from the cluster',
      load: async () => (await import('./change.ts')).removeCommand,
    },
    {
      name: 'update',
      summary: 'Changes the peer URLs of a member',
      load: async () => (await import('./change.ts')).updateCommand,
    },
    {
      name: 'list',
      summary: 'Lists the members of the cluster',
      load: async () => (await import('./list.ts')).listCommand,
    },
    {
      name: 'promote',
      summary: 'Gives a learner a vote',
      load: async () => (await import('./change.ts')).promoteCommand,
    },
  ],
};
