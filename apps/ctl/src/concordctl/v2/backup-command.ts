/** `backup`: a copy of a data directory that is to be started as a cluster of its own. */
import type { V2Command } from './command.ts';
import { plainFailure } from './failure.ts';
import type { V2Flag } from './line/flag-set.ts';

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
    { kind: 'bool', names: ['with-v3'], help: 'Backup v3 backend data' },
  ],
  run() {
    throw plainFailure(
      'backup: v2 keys are part of the v3 store here; use `concordctl snapshot save FILE`, which has both',
    );
  },
};
