/** All commands of concordutl, as `--help` lists them. */
import { archivePruneCommand } from './archive-prune-command.ts';
import { archiveStatusCommand } from './archive-status-command.ts';
import { completionCommand } from './completion-command.ts';
import { defragCommand } from './defrag-command.ts';
import { hashKvCommand } from './hash-kv-command.ts';
import { migrateCommand } from './migrate-command.ts';
import { snapshotRestoreCommand } from './snapshot-restore-command.ts';
import { snapshotStatusCommand } from './snapshot-status-command.ts';
import { verifyCommand } from './verify-command.ts';
import { versionCommand } from './version-command.ts';
import { walDumpCommand } from './wal-dump-command.ts';
import type { AnyCommand, Group, Node } from './command.ts';

const group = (summary: string, commands: Readonly<Record<string, AnyCommand>>): Group => ({
  summary,
  commands: new Map(Object.entries(commands)),
});

export const commandTree: Group<Node> = {
  summary: 'What is done to data directories and snapshot files while no member runs on them',
  commands: new Map<string, Node>([
    [
      'archive',
      group('Manages archives of write-ahead logs', {
        prune: archivePruneCommand,
        status: archiveStatusCommand,
      }),
    ],
    ['completion', completionCommand],
    ['defrag', defragCommand],
    ['hashkv', hashKvCommand],
    ['migrate', migrateCommand],
    [
      'snapshot',
      group('Manages snapshots', {
        restore: snapshotRestoreCommand,
        status: snapshotStatusCommand,
      }),
    ],
    ['verify', verifyCommand],
    ['version', versionCommand],
    ['wal', group('Looks into write-ahead logs', { dump: walDumpCommand })],
  ]),
};
