/** One place where lines of the log go: a standard stream, the journal, or a file. */
import { ConfigurationError } from '../config/command-line.ts';
import type { LogRotation } from '../config/log-rotation.ts';
import { FileOutput } from './file.ts';
import { isJournal, JournalOutput } from './journal.ts';
import { RotatingFile } from './rotating-file.ts';

export interface LogOutput {
  /** @param level of pino: 30 is info, 40 a warning. */
  write(line: string, level: number): void;
}

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
