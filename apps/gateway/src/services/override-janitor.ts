/**
 * Deletes overrides that are over: their moment has come, or the life of the instance that they were about has ended. So
 * their end is a change that everybody is told of. Every gateway does it: what one has deleted the next does not find.
 */
import { compare, op, type Client } from '@concord/client';
import { registryKeys } from '@concord/registry/records';
import type { Log } from '../log.ts';
import { instanceOf, overrideOf, type ServiceDirectory } from './service-directory.ts';

/** How late the end of an override may be. */
const EVERY_MS = 1000;
/** An instance that has lost its lease may come back as the same. */
const ABSENT_MS_MAX = 10 * 60_000;

export class OverrideJanitor implements Disposable {
  readonly #client: Client;
  readonly #directory: ServiceDirectory;
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;
  /** Since when the life that an override is about is not there, by the override's key. */
  readonly #absentSinceMs = new Map<string, number>();

  constructor(client: Client, directory: ServiceDirectory, log: Log) {
    this.#client = client;
    this.#directory = directory;
    this.#log = log;
    this.#timer = setInterval(() => this.#look(), EVERY_MS).unref();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const { entries, staleMs } = this.#directory.source;
    if (staleMs > 0) return;
    for (const directory of entries.directories(registryKeys.allOverrides)) {
      const service = directory.slice(registryKeys.allOverrides.length, -1);
      for (const { key, modRevision } of entries.in(directory)) {
        if (!this.#isOver(service, key.slice(directory.length), key)) continue;
        this.#client.kv
          .txn()
          .if(compare(key).modRevision('=', modRevision))
          .then(op.delete(key))
          .commit()
          .then(() => this.#absentSinceMs.delete(key))
          .catch((error: unknown) => this.#log.debug({ err: error, key }, 'an override stayed'));
      }
    }
  }

  #isOver(service: string, id: string, key: string): boolean {
    const { entries } = this.#directory.source;
    const override = overrideOf(service, id, entries)?.value;
    if (override === undefined) return false;
    if (override.until !== undefined && override.until <= Date.now()) return true;
    if (override.incarnation === undefined) return false;
    const entry = this.#directory.entry(service, id);
    const instance = entry === undefined ? undefined : instanceOf(service, id, entry);
    if (instance?.incarnation === override.incarnation) {
      this.#absentSinceMs.delete(key);
      return false;
    }
    const sinceMs = this.#absentSinceMs.get(key) ?? performance.now();
    this.#absentSinceMs.set(key, sinceMs);
    return performance.now() - sinceMs > ABSENT_MS_MAX;
  }
}
