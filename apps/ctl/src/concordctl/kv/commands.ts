/** Keys and values: the commands, loaded when they run. */
import type { CommandEntry } from '../command.ts';

export const keyValueCommands: readonly CommandEntry[] = [
  {
    name: 'get',
    summary: 'Gets a key or a range of keys',
    load: async () => (await import('./get.ts')).getCommand,
  },
  {
    name: 'put',
    summary: 'Puts a value under a key',
    load: async () => (await import('./put.ts')).putCommand,
  },
  {
    name: 'del',
    summary: 'Deletes a key or a range of keys',
    load: async () => (await import('./del.ts')).delCommand,
  },
  {
    name: 'compaction',
    summary: 'Forgets the history before a revision',
    load: async () => (await import('./compaction.ts')).compactionCommand,
  },
];
