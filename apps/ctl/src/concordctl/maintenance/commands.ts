/** Looking after members and their stores: the commands, loaded when they run. */
import type { CommandEntry, CommandGroup } from '../command.ts';

export const maintenanceCommands: readonly (CommandEntry | CommandGroup)[] = [
  {
    name: 'alarm',
    summary: 'Alarms of members',
    commands: [
      {
        name: 'disarm',
        summary: 'Takes all alarms back',
        load: async () => (await import('./alarm.ts')).disarmCommand,
      },
      {
        name: 'list',
        summary: 'Lists all alarms',
        load: async () => (await import('./alarm.ts')).listCommand,
      },
    ],
  },
  {
    name: 'defrag',
    summary: 'Gives space of the stores of the given endpoints back to the disk',
    load: async () => (await import('./defrag.ts')).defragCommand,
  },
  {
    name: 'move-leader',
    summary: 'Makes another member the leader',
    load: async () => (await import('./move-leader.ts')).moveLeaderCommand,
  },
  {
    name: 'downgrade',
    summary: 'Downgrades of the cluster',
    commands: [
      {
        name: 'validate',
        summary: 'Tells whether a downgrade to a version is possible',
        load: async () => (await import('./downgrade.ts')).validateCommand,
      },
      {
        name: 'enable',
        summary: 'Begins a downgrade to a version',
        load: async () => (await import('./downgrade.ts')).enableCommand,
      },
      {
        name: 'cancel',
        summary: 'Ends a downgrade that goes on',
        load: async () => (await import('./downgrade.ts')).cancelCommand,
      },
    ],
  },
];
