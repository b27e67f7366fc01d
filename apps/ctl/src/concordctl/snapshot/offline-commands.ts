/** `concordctl snapshot status|restore`: etcdctl had them until they moved to etcdutl, and here they are concordutl's. */
import { snapshotRestoreCommand } from '../../concordutl/snapshot-restore-command.ts';
import { snapshotStatusCommand } from '../../concordutl/snapshot-status-command.ts';
import type { Command as OfflineCommand } from '../../concordutl/command.ts';
import type { Flags } from '../../flags.ts';
import type { Command } from '../command.ts';

const moved = <F extends Flags>(offline: OfflineCommand<F>): Command<F> => ({
  usage: offline.usage.split(' ').slice(1).join(' '),
  flags: offline.flags,
  async run({ values, args, print, tell, settings }) {
    const [name = ''] = offline.usage.split(' ');
    tell(`Deprecated: Use \`concordutl snapshot ${name}\` instead.\n`);
    const writeOut = settings()['write-out'];
    await offline.run({ values, args, writeOut, print, tell });
  },
});

export const statusCommand = moved(snapshotStatusCommand);
export const restoreCommand = moved(snapshotRestoreCommand);
