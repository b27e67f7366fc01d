/**
 * A log file that is put away when it is full, as `--log-rotation-config-json` says. Names and meanings are those of
 * the library that etcd uses: `member.log` becomes `member-2026-11-25T17-00-00.000.log`, then perhaps `.gz`.
 */
import {
  createReadStream,
  createWriteStream,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { LogRotation } from '../config/log-rotation.ts';
import type { LogOutput } from './output.ts';

const MEGABYTE = 1024 * 1024;
const DAY_MS = 86_400_000;

/** The file underneath. */
export interface ClosableOutput extends LogOutput {
  /** Lets go of the file; resolves once it holds all that was in memory. */
  close(): Promise<void>;
}

export class RotatingFile implements LogOutput {
  readonly #path: string;
  readonly #rotation: LogRotation;
  readonly #open: () => ClosableOutput;
  #file: ClosableOutput;
  #bytes: number;

  /** `open` opens the path anew. */
  constructor(
    path: string,
    rotation: LogRotation,
    file: ClosableOutput,
    open: () => ClosableOutput,
  ) {
    this.#path = path;
    this.#rotation = rotation;
    this.#file = file;
    this.#open = open;
    this.#bytes = statSync(path).size;
  }

  write(line: string, level: number): void {
    const bytes = Buffer.byteLength(line);
    const isFull = this.#bytes + bytes > this.#rotation.maxSizeMegabytes * MEGABYTE;
    if (isFull && this.#bytes > 0) this.#rotate();
    this.#bytes += bytes;
    this.#file.write(line, level);
  }

  #rotate(): void {
    const backup = backupName(this.#path, new Date(), this.#rotation.isLocalTime);
    this.#bytes = 0;
    let closed: Promise<void>;
    try {
      renameSync(this.#path, backup);
      const opened = this.#open();
      closed = this.#file.close();
      this.#file = opened;
      this.#tidy();
    } catch (error) {
      this.#file.write(`cannot rotate ${this.#path}: ${String(error)}\n`, 50);
      return;
    }
    if (this.#rotation.compress) void closed.then(() => compress(backup)).catch(() => undefined);
  }

  /** Removes what is too old or too much; the names sort by time. */
  #tidy(): void {
    const { maxAgeDays, maxBackups } = this.#rotation;
    const backups = backupsOf(this.#path).sort().reverse();
    const oldest = maxAgeDays === 0 ? 0 : Date.now() - maxAgeDays * DAY_MS;
    for (const [i, path] of backups.entries()) {
      const isTooMany = maxBackups > 0 && i >= maxBackups;
      if (isTooMany || statSync(path).mtimeMs < oldest) rmSync(path, { force: true });
    }
  }
}

/** `name-2026-11-25T17-00-00.000.log` for `name.log`. */
export function backupName(path: string, time: Date, isLocalTime: boolean): string {
  const shown = isLocalTime ? new Date(time.getTime() - time.getTimezoneOffset() * 60_000) : time;
  const stamp = shown.toISOString().slice(0, -1).replaceAll(':', '-');
  const extension = extname(path);
  return join(dirname(path), `${basename(path, extension)}-${stamp}${extension}`);
}

function backupsOf(path: string): string[] {
  const extension = extname(path);
  const prefix = `${basename(path, extension)}-`;
  const isBackup = (name: string): boolean =>
    name.startsWith(prefix) && (name.endsWith(extension) || name.endsWith(`${extension}.gz`));
  return readdirSync(dirname(path))
    .filter(isBackup)
    .map((name) => join(dirname(path), name));
}

async function compress(path: string): Promise<void> {
  const compressed = createWriteStream(`${path}.gz`, { mode: 0o600 });
  await pipeline(createReadStream(path), createGzip(), compressed);
  rmSync(path, { force: true });
}
