/**
 * Keeps records in the cluster: many at a time, and each at last when the gateway closes. Whatever cannot be kept is told
 * to the log in full, so that it is nowhere lost without a word.
 */
import { randomBytes } from 'node:crypto';
import { op, type Client } from '@concord/client';
import type { Log } from '../log.ts';
import { auditKeyOf, type AuditRecord } from './audit-record.ts';

/** Below etcd's default of 128 operations in a transaction. */
const BATCH_RECORDS_MAX = 100;
/** How long a record waits for others to come along. */
const GATHER_MS = 100;
/** While the cluster is away: what an hour of five writes a second leaves behind, some 40 MB at worst. */
const WAITING_RECORDS_MAX = 10_000;
const RETRY_MS_MAX = 5_000;
/** What closing waits for at most. */
const LAST_WORD_MS = 5_000;

type Waiting = readonly [key: string, record: AuditRecord];

export class AuditTrail {
  readonly #client: Client;
  readonly #log: Log;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #retryMs = GATHER_MS;

  constructor(client: Client, log: Log) {
    this.#client = client;
    this.#log = log;
  }

  /** Takes a record; it is in the cluster a moment later. */
  add(record: Omit<AuditRecord, 'id' | 'at'>): void {
    const atMs = Date.now();
    const id = randomBytes(6).toString('hex');
    const full: AuditRecord = { id, at: new Date(atMs).toISOString(), ...record };
    if (this.#waiting.length >= WAITING_RECORDS_MAX) this.#giveUp(this.#waiting.splice(0, 1));
    this.#waiting.push([auditKeyOf(atMs, id), full]);
    this.#schedule(this.#waiting.length >= BATCH_RECORDS_MAX ? 0 : this.#retryMs);
  }

  /** Writes what is waiting; what the cluster does not take in time goes to the log. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const deadlineMs = performance.now() + LAST_WORD_MS;
    while (this.#waiting.length > 0 && performance.now() < deadlineMs) {
      const before = this.#waiting.length;
      await this.flush();
      if (this.#waiting.length >= before) break;
    }
    clearTimeout(this.#timer);
    this.#giveUp(this.#waiting.splice(0));
  }

  /** Resolves when what was added before is in the cluster, or could not be written. */
  async flush(): Promise<void> {
    await this.#writing;
    this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
    await this.#writing;
  }

  #schedule(delayMs: number): void {
    if (delayMs === 0) clearTimeout(this.#timer);
    else if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, delayMs).unref();
  }

  async #write(): Promise<void> {
    const batch = this.#waiting.slice(0, BATCH_RECORDS_MAX);
    if (batch.length === 0) return;
    try {
      // The same written twice is written once: who is not sure of an answer may ask again.
      await this.#client.kv
        .txn()
        .then(...batch.map(([key, record]) => op.put(key, JSON.stringify(record))))
        .commit({ repeatable: true });
      this.#waiting.splice(0, batch.length);
      this.#retryMs = GATHER_MS;
    } catch (error) {
      if (this.#retryMs === GATHER_MS) this.#log.warn({ err: error }, 'the audit waits');
      this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MS_MAX);
    }
    if (this.#waiting.length > 0) this.#schedule(this.#retryMs);
  }

  #giveUp(records: readonly Waiting[]): void {
    for (const [, record] of records)
      this.#log.error({ audit: record }, 'this record of the audit could not be kept');
  }
}
