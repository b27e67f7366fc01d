/** The records as they lie in the cluster: read newest first or oldest first, and cleared away when they are old. */
import type { Client, Entry } from '@concord/client';
import { AUDIT_PREFIX, auditTimeOf, timeDigits, type AuditRecord } from './audit-record.ts';
import { auditRecordSchema, type AuditFilter } from './audit-schemas.ts';

/** Records that one read brings. */
const READ_RECORDS = 500;
/** Where few match a filter, a page ends after so many were looked at, and goes on with its cursor. */
const LOOKED_AT_MAX = 20_000;
/** The span that is looked at first, going back; longer where little is found, shorter where there is more than fits. */
const SPAN_MS = 10 * 60_000;

export interface AuditPage {
  readonly records: AuditRecord[];
  /** The key before which to go on; `undefined` at the end. */
  readonly before?: string;
}

export class AuditArchive {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /**
   * The newest records that match, and were written before the one at `before`. Etcd would read all of a range to answer
   * its end alone, so spans of time are read, going back.
   */
  async newest(filter: AuditFilter, limit: number, before?: string): Promise<AuditPage> {
    const [first, last] = rangeOf(filter);
    const records: AuditRecord[] = [];
    let lookedAt = 0;
    let end = before !== undefined && before < last ? before : last;
    // Nothing is written in times to come, but clocks may be apart.
    let endMs = Math.min(auditTimeOf(end) || Infinity, Date.now() + SPAN_MS);
    let spanMs = SPAN_MS;
    while (end > first) {
      const start = keyAt(endMs - spanMs);
      const from = start > first ? start : first;
      const { entries, more } = await this.#client.kv.range(
        { from, to: end },
        { limit: READ_RECORDS },
      );
      if (more && spanMs > 1) {
        spanMs = Math.max(1, Math.floor(spanMs / 4));
        continue;
      }
      for (const entry of entries.toReversed()) {
        lookedAt += 1;
        const record = recordOf(entry);
        if (record !== undefined && matches(record, filter)) records.push(record);
        if (records.length === limit || lookedAt === LOOKED_AT_MAX)
          return { records, before: entry.key };
      }
      [end, endMs] = [from, endMs - spanMs];
      if (entries.length < READ_RECORDS / 4) spanMs *= 4;
    }
    return { records };
  }

  /** All that match, oldest first. */
  async *all(filter: AuditFilter): AsyncGenerator<AuditRecord> {
    const [from, to] = rangeOf(filter);
    if (from >= to) return;
    for await (const entry of this.#client.kv.entries({ from, to })) {
      const record = recordOf(entry);
      if (record !== undefined && matches(record, filter)) yield record;
    }
  }

  /**
   * Deletes what is older than `ageMs`, and the oldest of what is more than `count`. Every gateway does it now and then:
   * what one has deleted the next does not find.
   */
  async clear(ageMs: number, count: number): Promise<number> {
    const { kv } = this.#client;
    const old = await kv.delete({ from: AUDIT_PREFIX, to: keyAt(Date.now() - ageMs) });
    let { deleted } = old;
    let surplus = (await kv.range({ prefix: AUDIT_PREFIX }, { countOnly: true })).count - count;
    while (surplus > 0) {
      const limit = Math.min(surplus, READ_RECORDS);
      const { entries } = await kv.range({ prefix: AUDIT_PREFIX }, { limit, keysOnly: true });
      const last = entries.at(-1);
      if (last === undefined) break;
      deleted += (await kv.delete({ from: AUDIT_PREFIX, to: `${last.key}\0` })).deleted;
      surplus -= limit;
    }
    return deleted;
  }
}

/** The record of an entry; `undefined` for what somebody else has put there. */
export function recordOf(entry: Entry): AuditRecord | undefined {
  try {
    return auditRecordSchema.parse(JSON.parse(entry.text)) as AuditRecord;
  } catch {
    return undefined;
  }
}

export function matches(record: AuditRecord, filter: AuditFilter): boolean {
  const { actor, action, subject, outcome } = filter;
  return (
    (actor === undefined || record.actor === actor) &&
    (action === undefined || record.action === action) &&
    (outcome === undefined || record.outcome === outcome) &&
    (subject === undefined || record.subject.includes(subject))
  );
}

const keyAt = (atMs: number): string => AUDIT_PREFIX + timeDigits(atMs);

/** Keys from the first on, up to the last, which is not included. Invariant: no key of a time is before the first there can be. */
const rangeOf = ({ from, to }: AuditFilter): [string, string] => [
  keyAt(from === undefined ? 0 : Date.parse(from)),
  to === undefined ? `${AUDIT_PREFIX}:` : keyAt(Date.parse(to)),
];
