/** HashKV of a file or directory in the formats of `--write-out`. */
import { printerOf, type Printer } from '../output-format.ts';
import { textTable } from '../text-table.ts';

export interface HashKvReport {
  readonly hash: number;
  readonly hashRevision: number;
  readonly compactRevision: number;
}

const headers = ['hash', 'hash revision', 'compact revision'];

const cellsOf = ({ hash, hashRevision, compactRevision }: HashKvReport): string[] =>
  [hash, hashRevision, compactRevision].map(String);

/** Throws `CommandError` for a format that there is not. */
export const hashKvPrinter = (format: string): Printer<HashKvReport> =>
  printerOf(format, {
    simple: (report) => `${cellsOf(report).join(', ')}\n`,
    table: (report) => textTable(headers, [cellsOf(report)]),
    json: (report) => `${JSON.stringify(report)}\n`,
    fields: ({ hash, hashRevision, compactRevision }) =>
      `"Hash" : ${hash}\n"Hash revision" : ${hashRevision}\n"Compact revision" : ${compactRevision}\n`,
  });
