/** What was taken, or would be, from archives, in the formats of `--write-out`. */
import { join } from 'node:path';
import type { ArchivePruning } from '@concord/storage';
import { humanBytes } from '../human-bytes.ts';
import { printerOf, type Printer } from '../output-format.ts';
import { textTable } from '../text-table.ts';

export interface PruningReport {
  /** Nothing was done: it is said what would be. */
  readonly isRehearsal: boolean;
  readonly prunings: readonly ArchivePruning[];
}

const headers = ['archive', 'segments', 'size', 'first entry', 'state'];

/** Throws `CommandError` for a format that there is not. */
export const pruningPrinter = (format: string): Printer<PruningReport> =>
  printerOf(format, {
    simple: ({ isRehearsal, prunings }) =>
      prunings.map((pruning) => linesOf(pruning, isRehearsal)).join(''),
    table: ({ isRehearsal, prunings }) =>
      textTable(
        headers,
        prunings.map(({ directory, segmentCount, bytes, firstIndex }) => [
          directory,
          String(segmentCount),
          humanBytes(bytes),
          String(firstIndex),
          isRehearsal ? 'not deleted' : 'deleted',
        ]),
      ),
    json: ({ isRehearsal, prunings }) =>
      `${JSON.stringify({
        dryRun: isRehearsal,
        archives: prunings.map(({ directory, files, segmentCount, bytes, firstIndex }) => ({
          directory,
          files,
          segments: segmentCount,
          bytes,
          firstEntry: firstIndex,
        })),
      })}\n`,
  });

function linesOf(
  { directory, files, segmentCount, bytes, firstIndex }: ArchivePruning,
  isRehearsal: boolean,
): string {
  if (files.length === 0) {
    return `${directory}: nothing to delete: what begins with entry ${firstIndex} is needed\n`;
  }
  const did = isRehearsal ? 'would delete' : 'deleted';
  const begins = isRehearsal ? 'would begin' : 'begins';
  const count = `${segmentCount} ${segmentCount === 1 ? 'segment' : 'segments'}`;
  return [
    ...files.map((name) => `${did} ${join(directory, name)}`),
    `${directory}: ${did} ${count}, ${humanBytes(bytes)}: what is left ${begins} with entry ${firstIndex}`,
  ]
    .map((line) => `${line}\n`)
    .join('');
}
