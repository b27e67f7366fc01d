/**
 * The volume of a pod: the member's data directory, and beside it, in `<data-dir>.pod`, which pod used it last. A pod that
 * is started again has its name and volume as before; its uid alone says that it is another.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DataDirectory } from '@concord/storage';
import type { Configuration } from '../config/configuration.ts';
import type { Identity } from '../identity.ts';

export class PodVolume {
  readonly #dataDirectory: string;
  readonly #walDirectory: string;
  readonly #marker: string;

  constructor({ dataDirectory, values }: Configuration) {
    this.#dataDirectory = dataDirectory;
    this.#walDirectory = values['wal-dir'];
    this.#marker = `${dataDirectory}.pod`;
  }

  /** Whose data is here. Throws `StorageError` for a directory that cannot be taken. */
  held(): Identity | undefined {
    if (!existsSync(join(this.#dataDirectory, 'member'))) return undefined;
    const directory = DataDirectory.open({
      path: this.#dataDirectory,
      ...(this.#walDirectory !== '' && { walPath: this.#walDirectory }),
    });
    try {
      return directory.identity;
    } finally {
      directory.close();
    }
  }

  wasUsedBy(uid: string): boolean {
    return uid !== '' && existsSync(this.#marker) && readFileSync(this.#marker, 'utf8') === uid;
  }

  markAsUsedBy(uid: string): void {
    mkdirSync(dirname(this.#marker), { recursive: true });
    writeFileSync(this.#marker, uid);
  }

  /** Deletes the member's data. */
  clear(): void {
    for (const path of [join(this.#dataDirectory, 'member'), this.#walDirectory]) {
      if (path !== '') rmSync(path, { recursive: true, force: true });
    }
  }
}
