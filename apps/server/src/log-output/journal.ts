/**
 * Lines for systemd's journal: each begins with its priority, `<4>` for a warning, as sd-daemon(3) has it, so that
 * `journalctl -p warning` finds it. They go through the standard stream that systemd has connected to the journal;
 * its own socket takes datagrams, which Node cannot send.
 */
import { fstatSync } from 'node:fs';
import type { LogOutput } from './output.ts';

/** Syslog's priorities by pino's levels, from the most severe on. */
const priorities: readonly (readonly [level: number, priority: number])[] = [
  [60, 2],
  [50, 3],
  [40, 4],
  [30, 6],
];
const DEBUG = 7;

/** Whether systemd has connected a standard stream to its journal, and says so in `JOURNAL_STREAM`. */
export function isJournal(
  descriptor: 1 | 2,
  stream: string | undefined = process.env['JOURNAL_STREAM'],
): boolean {
  if (stream === undefined) return false;
  try {
    const { dev, ino } = fstatSync(descriptor, { bigint: true });
    return stream === `${dev}:${ino}`;
  } catch {
    return false;
  }
}

export class JournalOutput implements LogOutput {
  readonly #stream: Pick<NodeJS.WriteStream, 'write' | 'on'>;

  constructor(stream: Pick<NodeJS.WriteStream, 'write' | 'on'>) {
    this.#stream = stream;
    stream.on('error', () => undefined);
  }

  write(line: string, level: number): void {
    const priority = priorities.find(([from]) => level >= from)?.[1] ?? DEBUG;
    this.#stream.write(`<${priority}>${line}`);
  }
}
