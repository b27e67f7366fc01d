/** What carries data from one place to another, and what measures a cluster: the commands, loaded when they run. */
import type { CommandEntry, CommandGroup } from './command.ts';

export const moveCommands: readonly (CommandEntry | CommandGroup)[] = [
  {
    name: 'snapshot',
    summary: 'Manages snapshots',
    commands: [
      {
        name: 'save',
        summary: 'Stores a snapshot of a member in a file',
        load: async () => (await import('./snapshot/save-command.ts')).saveCommand,
      },
      {
        name: 'status',
        summary: '[deprecated] As concordutl snapshot status',
        load: async () => (await import('./snapshot/offline-commands.ts')).statusCommand,
      },
      {
        name: 'restore',
        summary: '[deprecated] As concordutl snapshot restore',
        load: async () => (await import('./snapshot/offline-commands.ts')).restoreCommand,
      },
    ],
  },
  {
    name: 'make-mirror',
    summary: 'Makes a mirror at another cluster, and keeps it',
    load: async () => (await import('./mirror/make-mirror-command.ts')).makeMirrorCommand,
  },
  {
    name: 'migrate',
    summary: 'Takes a running etcd over, and follows it until the cut-over',
    isOwn: true,
    load: async () => (await import('./migrate/migrate-command.ts')).migrateCommand,
  },
  {
    name: 'check',
    summary: 'Checks what a cluster can do',
    commands: [
      {
        name: 'perf',
        summary: 'Checks how fast the cluster writes',
        load: async () => (await import('./check/perf-command.ts')).perfCommand,
      },
      {
        name: 'datascale',
        summary: 'Checks how much memory data takes at a member',
        load: async () => (await import('./check/datascale-command.ts')).datascaleCommand,
      },
    ],
  },
];
