/** `concordutl wal dump DIR`: what stands in a write-ahead log, record by record. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NodeFileSystem, findSegments, walkRecords, type WalkEnd } from '@concord/storage';
import { CommandError, exitCodes } from '../command-error.ts';
import type { Flags } from '../flags.ts';
import { recordPrinter, type DumpOptions } from '../wal/record-printer.ts';
import type { Command } from './command.ts';

const flags = {
  from: { kind: 'uint', default: 0, help: 'First index of the entries that are shown' },
  to: {
    kind: 'uint',
    default: 0,
    help: 'Last index of the entries that are shown (default: the last there is)',
  },
  values: {
    kind: 'bool',
    default: false,
    help: 'Show values too, which may be secrets; their lengths alone otherwise',
  },
} satisfies Flags;

export const walDumpCommand: Command<typeof flags> = {
  usage: 'dump <data-dir|wal-dir>',
  summary: 'Prints the records of a write-ahead log or of an archive of one',
  flags,
  arity: 1,
  run: ({ args: [path = ''], values, writeOut, print, tell }) => {
    if (values.to > 0 && values.to < values.from) {
      const message = `--to=${values.to} is below --from=${values.from}`;
      throw new CommandError(message, exitCodes.badArguments);
    }
    const options: DumpOptions = {
      from: values.from,
      to: values.to === 0 ? Infinity : values.to,
      hasValues: values.values,
    };
    dump(path, recordPrinter(writeOut, options), print, tell);
    return Promise.resolve();
  },
};

function dump(
  path: string,
  printRecord: ReturnType<typeof recordPrinter>,
  print: (text: string) => void,
  tell: (line: string) => void,
): void {
  const fileSystem = new NodeFileSystem();
  const directory = logDirectory(path);
  const segments = findSegments(fileSystem, directory);
  if (segments.length === 0) {
    throw new CommandError(
      `${directory}: found no files that end in .wal, expected those of a log`,
    );
  }
  const records = walkRecords(fileSystem, directory, segments);
  for (;;) {
    const { done, value } = records.next();
    if (done === true) return tellEnd(value, tell);
    print(printRecord(value));
  }
}

function logDirectory(path: string): string {
  if (!existsSync(path)) throw new CommandError(`stat ${path}: no such file or directory`);
  const inside = join(path, 'member', 'wal');
  return existsSync(inside) ? inside : path;
}

/** What an interrupted write has left is no error: the next start clears it. */
function tellEnd(end: WalkEnd, tell: (line: string) => void): void {
  if (end.kind === 'end') return;
  const { kind, path, offset, found, expected } = end;
  const text = `${path} at offset ${offset}: found ${found}, expected ${expected}.`;
  if (kind === 'broken') throw new CommandError(`${text} It is damaged there.`);
  tell(
    `${text} Nothing whole follows: a write that was interrupted, or a file that was copied in part.`,
  );
}
