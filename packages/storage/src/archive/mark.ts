/**
 * When the state was what: entries of the log carry no time, so an archive notes, about once a second, the time, the
 * newest revision, and the last entry that was applied. A line of text each, so that a person can look for a moment:
 *
 *     2026-11-26T04:20:01.123Z 5120 6007 3 9ab01c4f        time, revision, index, term, CRC-32 of the line before it
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

export interface Mark {
  /** Milliseconds since 1970, by the clock of the member's machine. */
  readonly timeMs: number;
  readonly revision: number;
  /** The last entry that was applied. */
  readonly index: number;
  readonly term: number;
}

const chunkBytes = 64 * 1024;

export function encodeMark({ timeMs, revision, index, term }: Mark): string {
  const text = `${new Date(timeMs).toISOString()} ${revision} ${index} ${term}`;
  return `${text} ${checksumOf(text)}\n`;
}

/** `undefined` for a line that is not what was written: torn by a crash, or damaged. */
export function parseMark(line: string): Mark | undefined {
  const at = line.lastIndexOf(' ');
  const text = line.slice(0, Math.max(0, at));
  if (checksumOf(text) !== line.slice(at + 1)) return undefined;
  const [time = '', ...numbers] = text.split(' ');
  const [revision = NaN, index = NaN, term = NaN] = numbers.map(Number);
  return { timeMs: Date.parse(time), revision, index, term };
}

const checksumOf = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/** The marks of a file in the order in which they were written, without those that are damaged. */
export function* readMarks(path: string): Generator<Mark, void> {
  const descriptor = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(chunkBytes);
    let rest = '';
    for (;;) {
      const bytes = readSync(descriptor, chunk, 0, chunk.length, null);
      if (bytes === 0) return;
      const lines = (rest + chunk.toString('latin1', 0, bytes)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const mark = parseMark(line);
        if (mark !== undefined) yield mark;
      }
    }
  } finally {
    closeSync(descriptor);
  }
}
