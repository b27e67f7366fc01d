/** One place where lines of the log go: a standard stream, the journal, or a file. */
import { openSync } from 'node:fs';
import { pino } from 'pino';
import { ConfigurationError } from '../config/command-line.ts';
import type { LogRotation } from '../config/log-rotation.ts';
import { isJournal, JournalOutput } from './journal.ts';
import { RotatingFile, type ClosableOutput } from './rotating-file.ts';

export interface LogOutput {
  /** @param level of pino: 30 is info, 40 a warning. */
  write(line: string, level: number): void;
}

/** Readable by its owner alone: a log holds keys and addresses. */
const FILE_MODE = 0o600;

/** @param name as in `--log-outputs`. Throws `ConfigurationError`. */
export function openOutput(name: string, rotation: LogRotation | undefined): LogOutput {
  switch (name) {
    case 'default':
    case 'stderr':
      return isJournal(2) ? new JournalOutput(process.stderr) : new StreamOutput(process.stderr);
    case 'stdout':
      return isJournal(1) ? new JournalOutput(process.stdout) : new StreamOutput(process.stdout);
    case 'systemd/journal':
      return new JournalOutput(process.stderr);
    default:
      return openFile(name, rotation);
  }
}

/** Whoever read the log has gone: that is no reason for the member to go too. */
const readerHasGone = (): void => undefined;

/** Standard output or standard error. */
class StreamOutput implements LogOutput {
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    // Once for a stream, however many logs write to it.
    if (!stream.listeners('error').includes(readerHasGone)) stream.on('error', readerHasGone);
  }

  write(line: string): void {
    this.#stream.write(line);
  }
}

function openFile(path: string, rotation: LogRotation | undefined): LogOutput {
  try {
    const file = new FileOutput(path);
    if (rotation === undefined) return file;
    return new RotatingFile(path, rotation, file, () => new FileOutput(path));
  } catch (error) {
    throw new ConfigurationError(
      `--log-outputs ${path}: ${error instanceof Error ? error.message : String(error)}; ` +
        'outputs are stderr, stdout, systemd/journal and paths of files that can be appended to',
    );
  }
}

/**
 * A file that is appended to, line by line, as etcd does. Asynchronous writes would be kinder to a member whose log
 * stands on a slow disk; but then the end of the process overtakes the write that is under way, and of all lines it
 * is the last ones that must be there, and in order.
 */
class FileOutput implements ClosableOutput {
  readonly #destination: ReturnType<typeof pino.destination>;
  #hasFailed = false;

  /** Throws where the file cannot be opened. */
  constructor(path: string) {
    // Opened here and now: a member that cannot start has its last words at once.
    const descriptor = openSync(path, 'a', FILE_MODE);
    this.#destination = pino.destination({ dest: descriptor, sync: true });
    this.#destination.on('error', (error: Error) => {
      if (!this.#hasFailed) process.stderr.write(`concord: log file ${path}: ${error.message}\n`);
      this.#hasFailed = true;
    });
  }

  write(line: string): void {
    this.#destination.write(line);
  }

  close(): void {
    this.#destination.flushSync();
    this.#destination.end();
  }
}
