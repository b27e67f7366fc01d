/** All commands of concordctl, in the order of the help. */
import type { CommandEntry, CommandGroup } from './command.ts';
import { keyValueCommands } from './kv/commands.ts';
import { ownCommands } from './own-commands.ts';

export const commands: readonly (CommandEntry | CommandGroup)[] = [
  ...keyValueCommands,
  {
    name: 'version',
    summary: 'Prints the version of concordctl',
    load: async () => (await import('./version.ts')).versionCommand,
  },
  ...ownCommands,
];

export const isGroup = (one: CommandEntry | CommandGroup): one is CommandGroup => 'commands' in one;
