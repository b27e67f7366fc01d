/** Clears old records away, now and then. */
import type { Log } from '../log.ts';
import type { AuditArchive } from './audit-archive.ts';

const FIRST_MS = 60_000;
const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface Retention {
  readonly auditDays: number;
  readonly auditRecords: number;
}

export class AuditJanitor {
  readonly #archive: AuditArchive;
  readonly #retention: Retention;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;

  constructor(archive: AuditArchive, retention: Retention, log: Log) {
    this.#archive = archive;
    this.#retention = retention;
    this.#log = log;
  }

  start(): void {
    // Gateways that start together do not clear together.
    this.#schedule(FIRST_MS * (1 + Math.random()));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Resolves when it has cleared, or could not. */
  async clear(): Promise<void> {
    const { auditDays, auditRecords } = this.#retention;
    try {
      const deleted = await this.#archive.clear(auditDays * DAY_MS, auditRecords);
      if (deleted > 0) this.#log.info({ deleted }, 'old records of the audit are gone');
    } catch (error) {
      this.#log.warn({ err: error }, 'the audit could not be cleared; the next hour tries again');
    }
  }

  #schedule(delayMs: number): void {
    this.#timer = setTimeout(() => {
      void this.clear().then(() => {
        if (this.#timer !== undefined) this.#schedule(EVERY_MS);
      });
    }, delayMs).unref();
  }
}
