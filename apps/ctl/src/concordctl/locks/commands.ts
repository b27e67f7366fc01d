/**
 * `concordctl locks`: who stands at which lock. `lock NAME [COMMAND]` is etcdctl's, whatever the name: a script that takes a
 * lock called "list" gets that lock, and is not shown a list.
 */
import type { CommandGroup } from '../command.ts';

export const locksGroup: CommandGroup = {
  name: 'locks',
  summary: 'Locks, and who stands at them',
  isOwn: true,
  commands: [
    {
      name: 'list',
      summary: 'Lists locks that somebody stands at',
      load: async () => (await import('./list-command.ts')).locksListCommand,
    },
    {
      name: 'inspect',
      summary: 'Shows who holds a lock and who waits for it',
      load: async () => (await import('./inspect-command.ts')).locksInspectCommand,
    },
    {
      name: 'force-release',
      summary: 'Takes a lock away from whoever holds it',
      load: async () => (await import('./force-release-command.ts')).locksForceReleaseCommand,
    },
  ],
};
