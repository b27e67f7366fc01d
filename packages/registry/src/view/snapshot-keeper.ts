/** When to save what a view has, and where to read it from when the cluster is away. */
import type { Logger } from '@concord/client';
import type { CheckedCache } from './discover-options.ts';
import { cacheFile, readSnapshot, writeSnapshot, type SavedService } from './snapshot-file.ts';

/** From one saving to the next, and so much more for every instance: large services take longer to write. */
const SAVE_INTERVAL_MS = 2000;
const SAVE_INTERVAL_MS_PER_INSTANCE = 5;

export interface SnapshotSource {
  readonly source: 'disk' | 'capsule';
  readonly saved: SavedService;
}

/** Invariant: one write at a time. */
export class SnapshotKeeper {
  readonly #cache: CheckedCache;
  readonly #service: string;
  readonly #logger: Logger;
  #savedAtMs = -Infinity;
  #savedChanges = -1;
  #intervalMs = 0;
  #saving: Promise<void> = Promise.resolve();
  #hasFailed = false;

  constructor(cache: CheckedCache, service: string, logger: Logger) {
    this.#cache = cache;
    this.#service = service;
    this.#logger = logger;
  }

  /** From the directory, else from the capsule; what is damaged, too old or of no use is skipped and logged. */
  async load(): Promise<SnapshotSource | undefined> {
    const { directory, capsule } = this.#cache;
    const file = directory === undefined ? undefined : cacheFile(directory, this.#service);
    return (await this.#read('disk', file)) ?? (await this.#read('capsule', capsule));
  }

  /**
   * Saves if something has changed and the last time is long enough ago.
   *
   * @param changes - counts up with every change
   */
  saveIfDue(take: () => SavedService, changes: number): void {
    if (this.#cache.directory === undefined || changes === this.#savedChanges) return;
    if (performance.now() < this.#savedAtMs + this.#intervalMs) return;
    this.#savedChanges = changes;
    void this.save(take);
  }

  /** Saves now. Never rejects: without a cache, everything works until the cluster is away. */
  save(take: () => SavedService): Promise<void> {
    const { directory } = this.#cache;
    if (directory === undefined) return Promise.resolve();
    const saved = take();
    this.#savedAtMs = performance.now();
    this.#intervalMs = SAVE_INTERVAL_MS + saved.instances.length * SAVE_INTERVAL_MS_PER_INSTANCE;
    this.#saving = this.#saving
      .then(() => writeSnapshot(cacheFile(directory, this.#service), [saved]))
      .catch((error: unknown) => this.#failed(directory, error));
    return this.#saving;
  }

  async #read(
    source: SnapshotSource['source'],
    path: string | undefined,
  ): Promise<SnapshotSource | undefined> {
    if (path === undefined) return undefined;
    try {
      const saved = await readSnapshot(path, this.#service);
      if (saved === undefined) return undefined;
      const ageMs = Date.now() - saved.savedAt;
      if (ageMs <= this.#cache.maxAgeMs) return { source, saved };
      this.#logger.warn(`the snapshot ${path} is too old to be used`, { ageMs });
    } catch (error) {
      this.#logger.error(`the snapshot ${path} can't be used`, { error: String(error) });
    }
    return undefined;
  }

  #failed(directory: string, error: unknown): void {
    if (!this.#hasFailed) {
      this.#logger.error(`nothing can be saved in ${directory}`, { error: String(error) });
    }
    this.#hasFailed = true;
  }
}
