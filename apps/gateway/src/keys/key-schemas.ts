/** What the API says of keys and leases. */
import { z } from 'zod';
import { pageOf, pageQuery } from '../http/page.ts';
import { revisionSchema } from '../time-travel/revision-schema.ts';

/** Text where it is UTF-8, else bytes. */
export const valueSchema = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ base64: z.base64() }),
]);

export const entrySchema = z.object({
  key: z.string().describe('as text; lossless only together with `keyBase64`, where that is there'),
  keyBase64: z.string().optional().describe('of a key that is no UTF-8'),
  value: valueSchema.optional().describe('not there with `keysOnly`'),
  valueBytes: z.int().optional(),
  isTruncated: z.boolean().optional().describe('the value goes on: read the key itself'),
  isProtected: z.boolean().optional().describe('a secret of the gateway, shown to nobody'),
  createRevision: z.int(),
  modRevision: z.int(),
  version: z.int().describe('writes since it was created'),
  lease: z.string().optional().describe('hexadecimal'),
});

export const keyListQuery = z.strictObject({
  ...pageQuery,
  prefix: z.string().max(4096).default('').describe('of the keys'),
  search: z.string().max(256).optional().describe('a part of the key'),
  revision: revisionSchema.optional().describe('as the store was then; not before its compaction'),
  keysOnly: z.stringbool().default(false),
  valueBytesMax: z.coerce.number().int().min(0).max(65_536).default(256),
});

export const keyListSchema = pageOf(entrySchema).extend({
  count: z.int().optional().describe('keys under the prefix, on the first page without `search`'),
});

export const folderQuery = z.strictObject({
  ...pageQuery,
  prefix: z.string().max(4096).default(''),
  delimiter: z.string().min(1).max(16).default('/'),
  revision: revisionSchema.optional(),
});

export const folderListSchema = pageOf(
  z.object({
    name: z.string().describe('after the prefix, with the delimiter where it is a folder'),
    prefix: z.string().describe('the whole of it, to ask again with'),
    isFolder: z.boolean(),
    count: z.int().describe('keys in it'),
  }),
);

export const keyPath = z.string().min(1).max(4096).describe('percent-encoded');
export const encodingQuery = z
  .enum(['text', 'base64url'])
  .default('text')
  .describe('how the path spells the key: base64url for one that is no UTF-8');

export const keyQuery = z.strictObject({
  encoding: encodingQuery,
  revision: revisionSchema.optional(),
});
export const keyWriteQuery = z.strictObject({ encoding: encodingQuery });

export const putKeyBody = z.strictObject({
  value: valueSchema,
  lease: z
    .string()
    .regex(/^[0-9a-f]{1,16}$/, 'must be a lease in hexadecimal')
    .optional()
    .describe('it goes with this lease'),
});

export const writtenSchema = z.object({ revision: z.int() });

export const keyHistorySchema = z.object({
  items: z.array(entrySchema).describe('newest first'),
  isComplete: z.boolean().describe('back to its creation; else a compaction took the rest'),
  revision: z.int(),
});

export const historyQuery = z.strictObject({
  encoding: encodingQuery,
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const keyWatchQuery = z.strictObject({
  prefix: z.string().max(4096).default(''),
  from: revisionSchema
    .optional()
    .describe('the first revision to tell of; from now on when not given'),
  valueBytesMax: z.coerce.number().int().min(0).max(65_536).default(256),
  lastEventId: z.string().optional().describe('as the header Last-Event-ID'),
});

export type EntryDocument = z.output<typeof entrySchema>;
