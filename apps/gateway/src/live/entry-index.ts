/** Entries by their keys, and by the directory that each lies in: a view of one service looks at that service alone. */
import type { Entry } from '@concord/client';

/** What a {@link Subject} is made of. */
export interface Entries {
  get(key: string): Entry | undefined;
  /** Those directly in a directory, given with the slash at its end. */
  in(directory: string): Iterable<Entry>;
  /** The directories that have entries and begin with `prefix`. */
  directories(prefix: string): Iterable<string>;
  values(): Iterable<Entry>;
}

export class EntryIndex implements Entries {
  readonly #directories = new Map<string, Map<string, Entry>>();

  get(key: string): Entry | undefined {
    return this.#directories.get(directoryOf(key))?.get(key);
  }

  in(directory: string): Iterable<Entry> {
    return this.#directories.get(directory)?.values() ?? [];
  }

  *directories(prefix: string): Iterable<string> {
    for (const directory of this.#directories.keys()) {
      if (directory.startsWith(prefix)) yield directory;
    }
  }

  *values(): Iterable<Entry> {
    for (const entries of this.#directories.values()) yield* entries.values();
  }

  put(entry: Entry): void {
    const directory = directoryOf(entry.key);
    const known = this.#directories.get(directory);
    if (known === undefined) this.#directories.set(directory, new Map([[entry.key, entry]]));
    else known.set(entry.key, entry);
  }

  delete(key: string): void {
    const directory = directoryOf(key);
    const known = this.#directories.get(directory);
    if (known?.delete(key) === true && known.size === 0) this.#directories.delete(directory);
  }
}

export const directoryOf = (key: string): string => key.slice(0, key.lastIndexOf('/') + 1);
