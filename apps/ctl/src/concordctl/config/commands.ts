/** `concordctl config`: items of configuration, from draft to release and back. */
import type { CommandGroup } from '../command.ts';

export const configGroup: CommandGroup = {
  name: 'config',
  summary: 'Configuration that services watch',
  isOwn: true,
  commands: [
    {
      name: 'list',
      summary: 'Lists items',
      load: async () => (await import('./list-command.ts')).configListCommand,
    },
    {
      name: 'get',
      summary: 'Prints the content of an item',
      load: async () => (await import('./get-command.ts')).configGetCommand,
    },
    {
      name: 'set',
      summary: 'Writes the draft of an item',
      load: async () => (await import('./set-command.ts')).configSetCommand,
    },
    {
      name: 'edit',
      summary: 'Opens the draft of an item in $EDITOR',
      load: async () => (await import('./edit-command.ts')).configEditCommand,
    },
    {
      name: 'diff',
      summary: 'Compares drafts and releases',
      load: async () => (await import('./diff-command.ts')).configDiffCommand,
    },
    {
      name: 'release',
      summary: 'Makes drafts live',
      load: async () => (await import('./release-command.ts')).configReleaseCommand,
    },
    {
      name: 'rollback',
      summary: 'Brings an earlier release back',
      load: async () => (await import('./act-commands.ts')).configRollbackCommand,
    },
    {
      name: 'delete',
      summary: 'Takes an item away from its clients',
      load: async () => (await import('./act-commands.ts')).configDeleteCommand,
    },
    {
      name: 'promote',
      summary: 'Gives what a track has to all clients',
      load: async () => (await import('./act-commands.ts')).configPromoteCommand,
    },
    {
      name: 'widen',
      summary: 'Changes who is on a track',
      load: async () => (await import('./act-commands.ts')).configWidenCommand,
    },
    {
      name: 'abandon',
      summary: 'Ends a track',
      load: async () => (await import('./act-commands.ts')).configAbandonCommand,
    },
    {
      name: 'history',
      summary: 'Lists the releases of an item',
      load: async () => (await import('./history-command.ts')).configHistoryCommand,
    },
    {
      name: 'status',
      summary: 'Shows what clients made of a release',
      load: async () => (await import('./status-command.ts')).configStatusCommand,
    },
    {
      name: 'watch',
      summary: 'Prints an item whenever it is released',
      load: async () => (await import('./watch-command.ts')).configWatchCommand,
    },
    {
      name: 'export',
      summary: 'Prints items as one document',
      load: async () => (await import('./export-command.ts')).configExportCommand,
    },
    {
      name: 'import',
      summary: 'Releases the items of an export',
      load: async () => (await import('./import-command.ts')).configImportCommand,
    },
  ],
};
