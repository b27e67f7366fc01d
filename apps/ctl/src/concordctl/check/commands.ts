/** `check`: the group's commands, loaded when they run. */
import type { CommandGroup } from '../command.ts';

export const checkGroup: CommandGroup = {
  name: 'check',
  summary: 'Checks what a cluster can do',
  commands: [
    {
      name: 'perf',
      summary: 'Checks how fast the cluster writes',
      load: async () => (await import('./perf-command.ts')).perfCommand,
    },
    {
      name: 'datascale',
      summary: 'Checks how much memory data takes at a member',
      load: async () => (await import('./datascale-command.ts')).datascaleCommand,
    },
  ],
};
