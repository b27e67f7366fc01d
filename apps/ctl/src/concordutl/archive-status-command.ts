/** `concordutl archive status DIR`: what can be restored from the archives of logs in a directory. */
import { archiveStatus } from '@concord/storage';
import { openArchives } from '../archive/archive-argument.ts';
import { archiveStatusPrinter, faultText } from '../archive/status-report.ts';
import { CommandError } from '../command-error.ts';
import type { Command } from './command.ts';

const flags = {};

export const archiveStatusCommand: Command<typeof flags> = {
  usage: 'status <archive-dir>',
  summary: 'Says what the archives of logs hold, since when, and what is missing or damaged',
  flags,
  arity: 1,
  run: ({ args: [path = ''], writeOut, print }) => {
    const printStatus = archiveStatusPrinter(writeOut);
    const statuses = openArchives(path).map(archiveStatus);
    print(printStatus(statuses));
    const fault = faultText(statuses);
    if (fault !== undefined) throw new CommandError(fault);
    return Promise.resolve();
  },
};
