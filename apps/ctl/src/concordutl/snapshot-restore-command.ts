/** `concordutl snapshot restore FILE`: a fresh data directory from a snapshot of Concord or of etcd. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  StorageError,
  formatId,
  isRestorable,
  restoreMember,
  type RestorationReport,
} from '@concord/storage';
import { CommandError, exitCodes } from '../command-error.ts';
import { initialMembers } from '../snapshot/initial-members.ts';
import { archiveReplay } from '../snapshot/archive-flags.ts';
import { openSnapshotArgument } from '../snapshot/snapshot-argument.ts';
import { openSoundSnapshot } from '../snapshot/sound-snapshot.ts';
import type { Command } from './command.ts';
import { restoreFlags as flags } from './restore-flags.ts';

export const snapshotRestoreCommand: Command<typeof flags> = {
  usage: 'restore <filename> --data-dir {output dir} [options]',
  summary: 'Restores a snapshot of Concord or etcd to a data directory of Concord',
  flags,
  async run({ args, values, tell }) {
    const [path, ...more] = args;
    if (path === undefined || more.length > 0) {
      const message = 'snapshot restore requires exactly one argument';
      throw new CommandError(message, exitCodes.badArguments);
    }
    if (values['bump-revision'] > 0 !== values['mark-compacted']) {
      const message = '--mark-compacted required if --revision-bump > 0';
      throw new CommandError(message, exitCodes.badArguments);
    }
    const archive = archiveReplay(values);
    const { identity, members } = initialMembers(values);
    const dataDirectory = values['data-dir'] === '' ? `${values.name}.etcd` : values['data-dir'];
    const walDirectory = values['wal-dir'];
    assertUnused(dataDirectory, walDirectory);
    const places = `path=${path} data-dir=${dataDirectory} wal-dir=${walDirectory || join(dataDirectory, 'member', 'wal')}`;
    tell(`restoring snapshot ${places}`);
    const snapshot = values['skip-hash-check']
      ? await openSnapshotArgument('open', path)
      : await openSoundSnapshot(path, 'snapshot missing hash but --skip-hash-check=false');
    try {
      const report = await restoreMember({
        snapshot,
        dataDirectory,
        ...(archive !== undefined && { archive }),
        ...(walDirectory !== '' && { walDirectory }),
        identity,
        members,
        revisionBump: values['bump-revision'],
        isAuthDropped: values['without-auth'],
      });
      for (const { ID, peerURLs } of members) {
        tell(
          `added member cluster-id=${formatId(identity.clusterId)} added-peer-id=${formatId(ID)} ` +
            `added-peer-peer-urls=${peerURLs.join()}`,
        );
      }
      for (const line of describe(report)) tell(line);
    } catch (error) {
      throw error instanceof StorageError ? new CommandError(error.message) : error;
    }
  },
};

function assertUnused(dataDirectory: string, walDirectory: string): void {
  if (!isRestorable(dataDirectory)) {
    throw new CommandError(`data-dir "${dataDirectory}" not empty or could not be read`);
  }
  if (walDirectory !== '' && existsSync(walDirectory)) {
    throw new CommandError(`wal-dir "${walDirectory}" exists`);
  }
}

function describe(report: RestorationReport): string[] {
  const { auth, replay, unknownBuckets } = report;
  const lines: string[] = [];
  if (!auth.isTaken && auth.users + auth.roles > 0) {
    lines.push(
      `warning: ${auth.users} users and ${auth.roles} roles are not taken over, and authentication is off`,
    );
  }
  if (unknownBuckets.length > 0) {
    lines.push(`warning: unknown buckets are not taken over: ${unknownBuckets.join(', ')}`);
  }
  if (replay !== undefined) {
    const { directory, applied, archiveEnd } = replay;
    const end = archiveEnd === undefined ? '' : `: ${archiveEnd.reason}`;
    lines.push(`replayed ${directory} up to entry ${applied.index} of term ${applied.term}${end}`);
  }
  lines.push(
    `restored snapshot revision=${report.revision} compacted-revision=${report.compactedRevision} ` +
      `keys=${report.keyCount} leases=${report.leaseCount} alarms=${report.alarmCount}`,
  );
  return lines;
}
