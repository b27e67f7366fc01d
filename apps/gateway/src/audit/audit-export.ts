/** Records as files that people open: a line of JSON each, or a table that a spreadsheet takes for nothing but text. */
import { Readable } from 'node:stream';
import type { AuditRecord } from './audit-record.ts';

export type AuditFormat = 'ndjson' | 'csv';

export const contentTypes: Readonly<Record<AuditFormat, string>> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
};

const columns = {
  at: (record) => record.at,
  actor: (record) => record.actor,
  via: (record) => record.via,
  address: (record) => record.source.address,
  userAgent: (record) => record.source.userAgent ?? '',
  action: (record) => record.action,
  subject: (record) => record.subject,
  outcome: (record) => record.outcome,
  status: (record) => String(record.status),
  before: (record) => jsonOf(record.before),
  after: (record) => jsonOf(record.after),
  requestId: (record) => record.requestId,
  id: (record) => record.id,
} as const satisfies Record<string, (record: AuditRecord) => string>;

const jsonOf = (state: unknown): string => (state === undefined ? '' : JSON.stringify(state));

/** Read as it is sent: an audit of any size takes the memory of a page. */
export const exported = (records: AsyncIterable<AuditRecord>, format: AuditFormat): Readable =>
  Readable.from(format === 'csv' ? csvLines(records) : jsonLines(records), { objectMode: false });

async function* jsonLines(records: AsyncIterable<AuditRecord>): AsyncGenerator<string> {
  for await (const record of records) yield `${JSON.stringify(record)}\n`;
}

async function* csvLines(records: AsyncIterable<AuditRecord>): AsyncGenerator<string> {
  yield `${Object.keys(columns).join(',')}\r\n`;
  for await (const record of records)
    yield `${Object.values(columns)
      .map((textOf) => csvField(textOf(record)))
      .join(',')}\r\n`;
}

/** Quoted (RFC 4180); what a spreadsheet would take for a formula has an apostrophe in front. */
export function csvField(text: string): string {
  const inert = /^[=+\-@\t\r\n|%]/.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}
