/**
 * A log file that is appended to, by asynchronous writes, one at a time: a slow disk of the log does not hold up the
 * member. What is in memory when the process ends is written then.
 *
 * Invariant: lines are in the file in the order in which they were handed in, also those of the end: they wait for the
 * write that is under way, which nothing could call back.
 */
import { closeSync, fstatSync, openSync, write, writeSync } from 'node:fs';
import type { ClosableOutput } from './rotating-file.ts';

/** Readable by its owner alone: a log holds keys and addresses. */
const FILE_MODE = 0o600;

/** A disk that has not taken a line for so long does not hold up the end of the member either. */
const END_MS_MAX = 5_000;
/** What is no file, such as a pipe, does not tell what it has taken: in most cases it has by then. */
const END_MS_OF_A_PIPE = 20;
/** Where a disk takes no more, lines are lost rather than memory: more than a day of an idle member's log. */
const PENDING_CHARACTERS_MAX = 16 * 1024 * 1024;

/** Those with lines that may not be in their file yet. */
const open = new Set<FileOutput>();
process.once('exit', () => {
  for (const output of open) output.finish();
});

const pause = new Int32Array(new SharedArrayBuffer(4));

export class FileOutput implements ClosableOutput {
  readonly #path: string;
  readonly #descriptor: number;
  #lines: string[] = [];
  #pendingCharacters = 0;
  #linesLost = 0;
  /** Where the file ends once the write that is under way is done. */
  #endExpected: number | undefined;
  /** Once it is to be closed: tells that it is. */
  #closed: (() => void) | undefined;
  #hasFailed = false;

  /** Throws where the file cannot be opened. */
  constructor(path: string) {
    this.#path = path;
    // Opened here and now: a member that cannot start has its last words at once.
    this.#descriptor = openSync(path, 'a', FILE_MODE);
    open.add(this);
  }

  write(line: string): void {
    if (this.#pendingCharacters + line.length > PENDING_CHARACTERS_MAX) {
      this.#linesLost += 1;
      return;
    }
    this.#pendingCharacters += line.length;
    this.#lines.push(line);
    if (this.#endExpected === undefined) this.#writeOut(this.#takeLines());
  }

  close(): Promise<void> {
    const closed = new Promise<void>((resolve) => (this.#closed = resolve));
    if (this.#endExpected === undefined) this.#release();
    return closed;
  }

  /** Writes what is in memory before it returns; for the end of the process. */
  finish(): void {
    if (this.#endExpected !== undefined) this.#waitForWrite(this.#endExpected);
    try {
      for (let rest = this.#takeLines(); rest.length > 0;)
        rest = rest.subarray(writeSync(this.#descriptor, rest));
    } catch (error) {
      this.#complain(error as Error);
    }
  }

  #takeLines(): Buffer {
    const lines = this.#lines.join('');
    this.#lines = [];
    this.#pendingCharacters = 0;
    return Buffer.from(lines);
  }

  #writeOut(bytes: Buffer): void {
    this.#endExpected = fstatSync(this.#descriptor).size + bytes.length;
    write(this.#descriptor, bytes, (error, written) => {
      if (error !== null) this.#complain(error);
      else if (written < bytes.length) return this.#writeOut(bytes.subarray(written));
      this.#endExpected = undefined;
      this.#goOn();
    });
  }

  #goOn(): void {
    if (this.#linesLost > 0) {
      this.#complain(new Error(`${this.#linesLost} lines are lost: it took none for too long`));
      this.#linesLost = 0;
    }
    if (this.#lines.length > 0) this.#writeOut(this.#takeLines());
    else if (this.#closed !== undefined) this.#release();
  }

  #release(): void {
    open.delete(this);
    closeSync(this.#descriptor);
    this.#closed?.();
  }

  #waitForWrite(endExpected: number): void {
    const isFile = fstatSync(this.#descriptor).isFile();
    const untilMs = performance.now() + (isFile ? END_MS_MAX : END_MS_OF_A_PIPE);
    while (performance.now() < untilMs) {
      if (isFile && fstatSync(this.#descriptor).size >= endExpected) return;
      Atomics.wait(pause, 0, 0, 1);
    }
  }

  /** Once: standard error is no place for as many lines as the log has. */
  #complain({ message }: Error): void {
    if (!this.#hasFailed) process.stderr.write(`concord: log file ${this.#path}: ${message}\n`);
    this.#hasFailed = true;
  }
}
