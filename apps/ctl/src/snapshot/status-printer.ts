/** The status of a snapshot in the formats of `--write-out`. */
import { CommandError, exitCodes } from '../command-error.ts';
import { humanBytes } from '../human-bytes.ts';
import { textTable } from '../text-table.ts';
import type { SnapshotStatus } from './snapshot-status.ts';

export type StatusPrinter = (status: SnapshotStatus) => string;

const headers = ['hash', 'revision', 'total keys', 'total size', 'version'];

const cellsOf = (status: SnapshotStatus): string[] => [
  status.hash.toString(16),
  String(status.revision),
  String(status.totalKey),
  humanBytes(status.totalSize),
  status.version,
];

const printers = new Map<string, StatusPrinter>([
  ['simple', (status) => `${cellsOf(status).join(', ')}\n`],
  ['table', (status) => textTable(headers, [cellsOf(status)])],
  ['json', (status) => `${JSON.stringify(status)}\n`],
  [
    'fields',
    ({ hash, revision, totalKey, totalSize, version }) =>
      `"Hash" : ${hash}\n"Revision" : ${revision}\n"Keys" : ${totalKey}\n"Size" : ${totalSize}\n` +
      `"Version" : ${version}\n`,
  ],
  [
    'protobuf',
    () => {
      throw new CommandError('protobuf not supported as output format', exitCodes.badFeature);
    },
  ],
]);

/** Throws `CommandError` for a format that there is not. */
export function statusPrinter(format: string): StatusPrinter {
  const printer = printers.get(format);
  if (printer === undefined) {
    throw new CommandError('unsupported output format', exitCodes.badFeature);
  }
  return printer;
}
