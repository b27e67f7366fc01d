/** `backup`: a copy of a data directory, to be started with `--force-new-cluster` as a cluster of its own. */
import type { V2Command } from '../command.ts';
import { plainFailure, statuses } from '../failure.ts';
import type { V2Flag } from '../line/flag-set.ts';

const text = (name: string, help: string): V2Flag => ({
  kind: 'string',
  names: [name],
  help,
  default: '',
});

export const backupCommand: V2Command = {
  name: 'backup',
  usage: 'backup an etcd directory',
  argsUsage: ' ',
  flags: [
    text('data-dir', 'Path to the etcd data dir'),
    text('wal-dir', 'Path to the etcd wal dir'),
    text('backup-dir', 'Path to the backup dir'),
    text('backup-wal-dir', 'Path to the backup wal dir'),
    // v2's keys are in the v3 store here, so that both are always copied.
    { kind: 'bool', names: ['with-v3'], help: 'Backup v3 backend data' },
  ],
  async run({ flags, world }) {
    const [data, backup] = ['data-dir', 'backup-dir'].map((name) => flags.string(name));
    for (const name of ['data-dir', 'backup-dir']) {
      if (flags.string(name) === '') throw plainFailure(`backup: --${name} is missing`);
    }
    // What reads stores is loaded by this command alone.
    const { copyDataDirectory } = await import('./data-directory-copy.ts');
    try {
      await copyDataDirectory({
        from: data ?? '',
        to: backup ?? '',
        walFrom: flags.string('wal-dir') || undefined,
        walTo: flags.string('backup-wal-dir') || undefined,
      });
    } catch (error) {
      throw plainFailure(`backup: ${(error as Error).message}`);
    }
    world.complain(`backed up to ${backup}: start it with --force-new-cluster\n`);
    return statuses.success;
  },
};
