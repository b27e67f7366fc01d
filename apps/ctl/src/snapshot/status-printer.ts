/** The status of a snapshot in the formats of `--write-out`. */
import { humanBytes } from '../human-bytes.ts';
import { printerOf, type Printer } from '../output-format.ts';
import { textTable } from '../text-table.ts';
import type { SnapshotStatus } from './snapshot-status.ts';

const headers = ['hash', 'revision', 'total keys', 'total size', 'version'];

const cellsOf = (status: SnapshotStatus): string[] => [
  status.hash.toString(16),
  String(status.revision),
  String(status.totalKey),
  humanBytes(status.totalSize),
  status.version,
];

/** Throws `CommandError` for a format that there is not. */
export const statusPrinter = (format: string): Printer<SnapshotStatus> =>
  printerOf(format, {
    simple: (status) => `${cellsOf(status).join(', ')}\n`,
    table: (status) => textTable(headers, [cellsOf(status)]),
    json: (status) => `${JSON.stringify(status)}\n`,
    fields: ({ hash, revision, totalKey, totalSize, version }) =>
      `"Hash" : ${hash}\n"Revision" : ${revision}\n"Keys" : ${totalKey}\n"Size" : ${totalSize}\n` +
      `"Version" : ${version}\n`,
  });
