/** What etcdctl does not have: services, configuration, locks as they stand, and looking after a cluster. */
import type { CommandEntry, CommandGroup } from './command.ts';
import { configGroup } from './config/commands.ts';
import { locksGroup } from './locks/commands.ts';
import { serviceGroup } from './service/commands.ts';

export const ownCommands: readonly (CommandEntry | CommandGroup)[] = [
  serviceGroup,
  configGroup,
  locksGroup,
  {
    name: 'doctor',
    summary: 'Says what is wrong with a cluster, and what to type',
    isOwn: true,
    load: async () => (await import('./doctor/doctor-command.ts')).doctorCommand,
  },
  {
    name: 'top',
    summary: 'Shows what a cluster is doing, live',
    isOwn: true,
    load: async () => (await import('./top/top-command.ts')).topCommand,
  },
  {
    name: 'completion',
    summary: 'Prints what a shell reads to complete command lines',
    load: async () => (await import('./completion/completion-command.ts')).completionCommand,
  },
  {
    name: '__complete',
    summary: 'Answers what may stand at the end of a command line',
    isOwn: true,
    isHidden: true,
    load: async () => (await import('./completion/complete-command.ts')).completeCommand,
  },
];
