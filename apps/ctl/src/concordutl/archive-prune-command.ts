/** `concordutl archive prune DIR --base SNAPSHOT`: deletes what no restoration from that snapshot will read. */
import { EtcdRowError } from '@concord/kv';
import {
  StorageError,
  planArchivePruning,
  pruneArchive,
  readBaseSnapshot,
  type ArchivePruning,
  type ArchiveReader,
  type BaseSnapshot,
} from '@concord/storage';
import { openArchives } from '../archive/archive-argument.ts';
import { pruningPrinter } from '../archive/pruning-report.ts';
import { CommandError } from '../command-error.ts';
import type { Flags } from '../flags.ts';
import { openSoundSnapshot } from '../snapshot/sound-snapshot.ts';
import type { Command } from './command.ts';

const flags = {
  base: {
    kind: 'string',
    default: '',
    help: 'Required. Snapshot of the archived cluster, the oldest that is to be restored from',
  },
  'dry-run': { kind: 'bool', default: false, help: 'Only say what would be deleted' },
} satisfies Flags;

export const archivePruneCommand: Command<typeof flags> = {
  usage: 'prune <archive-dir> --base {snapshot}',
  summary: 'Deletes the segments of archives that a restoration from a snapshot does not need',
  flags,
  required: ['base'],
  arity: 1,
  async run({ args: [path = ''], values, writeOut, print }) {
    const printReport = pruningPrinter(writeOut);
    const archives = openArchives(path);
    const base = await openBase(values.base);
    const { prunings, refusals } = planned(archives, base);
    // Before anything goes: a format that the report has not is refused by it.
    const report = printReport({ isRehearsal: values['dry-run'], prunings });
    if (!values['dry-run']) for (const pruning of prunings) pruneArchive(pruning);
    if (prunings.length > 0) print(report);
    if (refusals.length > 0) throw new CommandError(refusals.join(' '));
  },
};

/** It is to be relied on when what came before is gone: so it is read from end to end. */
async function openBase(path: string): Promise<BaseSnapshot> {
  const file = await openSoundSnapshot(
    path,
    `${path}: found no digest behind the database, expected one: use a file that "concordctl snapshot save" wrote`,
  );
  try {
    return readBaseSnapshot(file);
  } catch (error) {
    if (error instanceof StorageError) throw new CommandError(error.message);
    if (error instanceof EtcdRowError) throw new CommandError(`${path}: ${error.message}`);
    throw error;
  }
}

/** An archive that the snapshot does not belong to is left alone, and does not keep the others. */
function planned(
  archives: readonly ArchiveReader[],
  base: BaseSnapshot,
): { readonly prunings: readonly ArchivePruning[]; readonly refusals: readonly string[] } {
  const prunings: ArchivePruning[] = [];
  const refusals: string[] = [];
  for (const archive of archives) {
    try {
      prunings.push(planArchivePruning(archive, base));
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      refusals.push(error.message);
    }
  }
  return { prunings, refusals };
}
