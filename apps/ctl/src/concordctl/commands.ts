/** All commands of concordctl, in the order of the help. */
import type { CommandEntry, CommandGroup } from './command.ts';
import { authCommands } from './auth/commands.ts';
import { checkGroup } from './check/commands.ts';
import { endpointCommands } from './endpoint/commands.ts';
import { keyValueCommands } from './kv/commands.ts';
import { leaseCommands } from './lease/commands.ts';
import { maintenanceCommands } from './maintenance/commands.ts';
import { memberCommands } from './member/commands.ts';
import { ownCommands } from './own-commands.ts';
import { snapshotGroup } from './snapshot/commands.ts';

export const commands: readonly (CommandEntry | CommandGroup)[] = [
  ...keyValueCommands,
  {
    name: 'txn',
    summary: 'Does several things at once, if conditions hold',
    load: async () => (await import('./txn/txn.ts')).txnCommand,
  },
  ...maintenanceCommands,
  endpointCommands,
  {
    name: 'watch',
    summary: 'Shows changes of keys as they happen',
    load: async () => (await import('./watch/watch.ts')).watchCommand,
  },
  leaseCommands,
  memberCommands,
  {
    name: 'lock',
    summary: 'Takes a lock, and holds it for a command or until the end',
    load: async () => (await import('./lock/lock.ts')).lockCommand,
  },
  {
    name: 'elect',
    summary: 'Stands for election, or watches who leads',
    load: async () => (await import('./election/elect.ts')).electCommand,
  },
  ...authCommands,
  snapshotGroup,
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
  checkGroup,
  {
    name: 'version',
    summary: 'Prints the version of concordctl',
    load: async () => (await import('./version.ts')).versionCommand,
  },
  ...ownCommands,
];

export const isGroup = (one: CommandEntry | CommandGroup): one is CommandGroup => 'commands' in one;
