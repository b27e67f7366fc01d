/**
 * The last good configuration on disk, for starts without the cluster. Written beside and renamed into place, readable
 * by its owner alone.
 *
 * Invariant: one write at a time, and what it writes is the newest; a crash leaves the old file or the new one.
 */
import { ConcordError, durationMs, type Duration } from '@concord/client';
import { mkdirSync, readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Cut, CutSource } from '../live/cut.ts';
import { decodeSnapshot, encodeSnapshot, type SnapshotItem } from './snapshot-file.ts';

export interface CacheOptions {
  /** Where the snapshot is kept: `{directory}/{app}.config.json`. Made if it isn't there. */
  readonly directory?: string | undefined;
  /** A snapshot file that came with the image or a volume, for starts without one in `directory`. Never written. */
  readonly capsule?: string | undefined;
  /** An older snapshot is not used. Any age will do by default: better old than none. */
  readonly maxAge?: Duration | undefined;
}

export class SnapshotStore {
  readonly #file: string | undefined;
  readonly #capsule: string | undefined;
  readonly #maxAgeMs: number;
  readonly #onFailure: (error: ConcordError) => void;
  readonly #items: Map<string, SnapshotItem>;
  readonly #capsuleItems: ReadonlyMap<string, SnapshotItem>;
  #isDirty = false;
  #writing: Promise<void> | undefined;

  /**
   * @param name - of the file: the app's
   * @param onFailure - is told of snapshots that can't be read or written; the configuration does without
   * @throws ConcordError `INVALID_ARGUMENT` for options that can't be meant, a directory that can't be made
   */
  constructor(
    operation: string,
    { directory, capsule, maxAge }: CacheOptions,
    name: string,
    onFailure: (error: ConcordError) => void,
  ) {
    this.#onFailure = onFailure;
    this.#maxAgeMs =
      maxAge === undefined ? Infinity : durationMs(maxAge, `${operation}: option "cache.maxAge"`);
    for (const [option, path] of Object.entries({ directory, capsule })) {
      if (path === undefined || (typeof (path as unknown) === 'string' && path !== '')) continue;
      throw refuse(operation, `option "cache.${option}" is ${JSON.stringify(path)}`, 'give a path');
    }
    if (directory === undefined && capsule === undefined) {
      throw refuse(
        operation,
        'option "cache" has neither "directory" nor "capsule"',
        'give one of them',
      );
    }
    if (directory !== undefined) makeDirectory(operation, directory);
    this.#file = directory && join(directory, `${encodeURIComponent(name)}.config.json`);
    this.#capsule = capsule;
    this.#items = new Map(this.#load(this.#file));
    this.#capsuleItems = this.#load(this.#capsule);
  }

  /** What is kept of all of `names`, from one file: the snapshot, else the capsule. */
  cutOf(names: readonly string[], now: number): Cut | undefined {
    return (
      this.#cut(this.#items, 'snapshot', names, now) ??
      this.#cut(this.#capsuleItems, 'capsule', names, now)
    );
  }

  /** Keeps what was found good. */
  save(names: readonly string[], states: readonly SnapshotItem[]): void {
    if (this.#file === undefined) return;
    for (const [index, name] of names.entries()) this.#items.set(name, states[index]!);
    this.#isDirty = true;
    this.#writing ??= this.#write(this.#file).finally(() => (this.#writing = undefined));
  }

  /** Resolves when everything is on disk. */
  async close(): Promise<void> {
    await this.#writing;
  }

  #cut(
    items: ReadonlyMap<string, SnapshotItem>,
    source: CutSource,
    names: readonly string[],
    now: number,
  ): Cut | undefined {
    const states = names.map((name) => items.get(name));
    if (!states.every((state) => state !== undefined)) return undefined;
    const at = Math.min(...states.map((state) => Date.parse(state.at)));
    if (now - at > this.#maxAgeMs) return undefined;
    return { states, revision: Math.min(...states.map(({ revision }) => revision)), source, at };
  }

  #load(file: string | undefined): ReadonlyMap<string, SnapshotItem> {
    if (file === undefined) return new Map();
    let problem: string;
    try {
      const read = decodeSnapshot(readFileSync(file, 'utf8'));
      if (read.ok) return read.items;
      problem = read.problem;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return new Map();
      problem = `it cannot be read (${code ?? String(error)})`;
    }
    this.#onFailure(failure(file, problem));
    return new Map();
  }

  async #write(file: string): Promise<void> {
    while (this.#isDirty) {
      // Several items that change together are one write.
      await new Promise(setImmediate);
      this.#isDirty = false;
      try {
        await replaceFile(file, encodeSnapshot(this.#items));
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        this.#onFailure(failure(file, `it cannot be written (${code ?? String(error)})`));
      }
    }
  }
}

async function replaceFile(file: string, text: string): Promise<void> {
  // Processes of one app may share a directory.
  const beside = `${file}.${process.pid}.new`;
  try {
    const handle = await open(beside, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncDirectory(dirname(file));
}

async function syncDirectory(path: string): Promise<void> {
  try {
    const directory = await open(path, 'r');
    await directory.sync().finally(() => directory.close());
  } catch {
    // Windows opens no directories; the rename is as durable there as it gets.
  }
}

function makeDirectory(operation: string, directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const problem = `option "cache.directory" is ${JSON.stringify(directory)}, which cannot be made (${code ?? String(cause)})`;
    throw refuse(operation, problem, 'name a directory that this user may write to');
  }
}

const refuse = (operation: string, problem: string, remedy: string): ConcordError =>
  new ConcordError('INVALID_ARGUMENT', { operation, problem, remedy });

const failure = (file: string, problem: string): ConcordError =>
  new ConcordError('INTERNAL', {
    operation: 'config: snapshot',
    subject: file,
    problem: `${file}: ${problem}`,
    remedy: 'the configuration goes on without; look at the file and its directory',
    outcome: 'not-applied',
  });
