/** What the API says of the audit. */
import { z } from 'zod';
import { pageQuery } from '../http/page.ts';

export const auditRecordSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.string().describe('the user; `-` for somebody who was not signed in'),
  via: z.string().describe('development, session, token, oidc, or `-`'),
  source: z.object({ address: z.string(), userAgent: z.string().optional() }),
  action: z.string().describe('the operation id of this document'),
  subject: z.string(),
  outcome: z.enum(['done', 'refused', 'failed']),
  status: z.int(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  requestId: z.string(),
});

const filterFields = {
  actor: z.string().max(256).optional().describe('the whole name'),
  action: z.string().max(256).optional().describe('the whole operation id'),
  subject: z.string().max(512).optional().describe('a part of it'),
  outcome: z.enum(['done', 'refused', 'failed']).optional(),
  from: z.iso.datetime({ offset: true }).optional().describe('not before'),
  to: z.iso.datetime({ offset: true }).optional().describe('before'),
};

export const auditQuery = z.object({ ...pageQuery, ...filterFields });
export const exportQuery = z.object({
  format: z.enum(['ndjson', 'csv']).default('ndjson'),
  ...filterFields,
});
export const watchQuery = z.object({
  lastEventId: z.coerce.number().int().min(0).optional().describe('as the header Last-Event-ID'),
});
export const auditListSchema = z.object({
  items: z.array(auditRecordSchema).describe('newest first'),
  nextCursor: z
    .string()
    .optional()
    .describe('there may be more: ask again with it, even where this page is short'),
});

export type AuditFilter = Omit<z.output<typeof exportQuery>, 'format'>;
