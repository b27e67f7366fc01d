import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '@concord/client';
import { AuditArchive } from './audit-archive.ts';
import { AuditJanitor } from './audit-janitor.ts';
import { auditKeyOf, type AuditRecord } from './audit-record.ts';
import type { Log } from '../log.ts';

const DAY_MS = 86_400_000;

/** As much of a store as clearing and reading need: keys in order. */
class TestStore {
  readonly entries = new Map<string, string>();

  readonly client = {
    kv: {
      range: (range: Range, options: { limit?: number; countOnly?: boolean } = {}) => {
        const keys = this.#within(range);
        const shown = keys.slice(0, options.limit).map((key) => ({
          key,
          text: this.entries.get(key)!,
        }));
        return Promise.resolve({
          entries: shown,
          count: keys.length,
          more: shown.length < keys.length,
        });
      },
      delete: (range: Range) => {
        const keys = this.#within(range);
        for (const key of keys) this.entries.delete(key);
        return Promise.resolve({ deleted: keys.length });
      },
    },
  } as unknown as Client;

  add(daysAgo: number, id: string): void {
    const atMs = Date.now() - daysAgo * DAY_MS;
    const record: AuditRecord = {
      id,
      at: new Date(atMs).toISOString(),
      actor: 'ann',
      via: 'session',
      source: { address: '::1' },
      action: 'putKey',
      subject: `key ${id}`,
      outcome: 'done',
      status: 200,
      requestId: id,
    };
    this.entries.set(auditKeyOf(atMs, id), JSON.stringify(record));
  }

  #within({ prefix = '', from = prefix, to = `${prefix}\uffff` }: Range): string[] {
    return [...this.entries.keys()].filter((key) => key >= from && key < to).sort();
  }
}

interface Range {
  readonly prefix?: string;
  readonly from?: string;
  readonly to?: string;
}

const idsIn = async (archive: AuditArchive): Promise<string[]> =>
  (await archive.newest({}, 100)).records.map(({ id }) => id);

test('what is too old goes, and the oldest of what is too many', async () => {
  const store = new TestStore();
  for (const days of [100, 91, 89, 40, 3, 2, 1]) store.add(days, `d${days}`);
  store.entries.set('/other', 'is nobody’s business');
  const archive = new AuditArchive(store.client);
  assert.equal(await archive.clear(90 * DAY_MS, 1000), 2);
  assert.deepEqual(await idsIn(archive), ['d1', 'd2', 'd3', 'd40', 'd89']);
  assert.equal(await archive.clear(90 * DAY_MS, 3), 2);
  assert.deepEqual(await idsIn(archive), ['d1', 'd2', 'd3']);
  assert.equal(await archive.clear(90 * DAY_MS, 3), 0);
  assert.ok(store.entries.has('/other'));
});

test('the janitor clears by the days and records of the options, and outlives a failure', async () => {
  const store = new TestStore();
  for (const days of [10, 5, 1]) store.add(days, `d${days}`);
  const archive = new AuditArchive(store.client);
  const warnings: string[] = [];
  const log = {
    info: () => undefined,
    warn: (_: object, message: string) => warnings.push(message),
  } as unknown as Log;
  const clear = (auditDays: number, auditRecords: number): Promise<void> =>
    new AuditJanitor(archive, { auditDays, auditRecords }, log).clear();
  await clear(7, 100);
  assert.deepEqual(await idsIn(archive), ['d1', 'd5']);
  await clear(7, 1);
  assert.deepEqual(await idsIn(archive), ['d1']);
  Object.assign(store.client.kv, { delete: () => Promise.reject(new Error('away')) });
  await clear(7, 1);
  assert.equal(warnings.length, 1);
});
