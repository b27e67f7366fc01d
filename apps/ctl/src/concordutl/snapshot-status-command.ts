/** `concordutl snapshot status FILE`. */
import { EtcdRowError } from '@concord/kv';
import { StorageError } from '@concord/storage';
import { CommandError, exitCodes } from '../command-error.ts';
import { openSnapshotArgument } from '../snapshot/snapshot-argument.ts';
import { snapshotStatus } from '../snapshot/snapshot-status.ts';
import { statusPrinter } from '../snapshot/status-printer.ts';
import type { Command } from './command.ts';

const flags = {};

export const snapshotStatusCommand: Command<typeof flags> = {
  usage: 'status <filename>',
  summary: 'Gets backend snapshot status of a given file',
  flags,
  async run({ args, writeOut, print }) {
    const [path, ...more] = args;
    if (path === undefined || more.length > 0) {
      const message = 'snapshot status requires exactly one argument';
      throw new CommandError(message, exitCodes.badArguments);
    }
    const file = await openSnapshotArgument('stat', path);
    const printStatus = statusPrinter(writeOut);
    try {
      print(printStatus(snapshotStatus(path, file.databaseBytes)));
    } catch (error) {
      if (!(error instanceof StorageError || error instanceof EtcdRowError)) throw error;
      throw new CommandError(
        `snapshot file integrity check failed. 1 errors found. ${error.message}`,
      );
    }
  },
};
