/** `concordutl snapshot status FILE`. */
import { EtcdRowError } from '@concord/kv';
import { StorageError, openSnapshotFile } from '@concord/storage';
import { CommandError, exitCodes } from '../command-error.ts';
import { snapshotStatus } from '../snapshot/snapshot-status.ts';
import { statusPrinter } from '../snapshot/status-printer.ts';
import type { Command } from './command.ts';
import { openFailure } from '../open-failure.ts';

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
    const file = await openSnapshotFile(path).catch((error: unknown) => {
      throw openFailure('stat', path, error);
    });
    const printStatus = statusPrinter(writeOut);
    try {
      print(printStatus(snapshotStatus(path, file.databaseBytes)));
    } catch (error) {
      if (!(error instanceof StorageError || error instanceof EtcdRowError)) throw error;
      throw new CommandError(
        `snapshot file integrity check failed. 1 errors found.\n${error.message}`,
      );
    }
  },
};
