/** `snapshot`: the group's commands, loaded when they run. */
import type { CommandGroup } from '../command.ts';

export const snapshotGroup: CommandGroup = {
  name: 'snapshot',
  summary: 'Manages snapshots',
  commands: [
    {
      name: 'save',
      summary: 'Stores a snapshot of a member in a file',
      load: async () => (await import('./save-command.ts')).saveCommand,
    },
    {
      name: 'status',
      summary: '[deprecated] As concordutl snapshot status',
      load: async () => (await import('./offline-commands.ts')).statusCommand,
    },
    {
      name: 'restore',
      summary: '[deprecated] As concordutl snapshot restore',
      load: async () => (await import('./offline-commands.ts')).restoreCommand,
    },
  ],
};
