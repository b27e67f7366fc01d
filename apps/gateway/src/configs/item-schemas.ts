/** What the API says of configuration items. */
import { z } from 'zod';
import { FORMATS } from '@concord/config/records';
import { pageOf, pageQuery } from '../http/page.ts';

/** etcd takes requests of 1.5 MiB, and a release is in one twice. */
const CONTENT_CHARACTERS_MAX = 1024 * 1024;
export const COMMENT_CHARACTERS_MAX = 2_000;

export const namespacePath = z.string().describe('letters, digits, dots, underscores and dashes');
export const itemPath = z
  .string()
  .describe('such as db/url; its slashes percent-encoded (db%2Furl) or left as they are');

export const format = z.enum(FORMATS);
export const comment = z.string().max(COMMENT_CHARACTERS_MAX).describe('why: kept in the history');
export const content = z
  .union([z.string().max(CONTENT_CHARACTERS_MAX), z.json()])
  .describe('a text is the document as it is; other JSON is written in the format of the item');
export const base = z
  .int()
  .min(0)
  .describe(
    'the release that the change was made from, 0 for none: 409 if the item stands elsewhere',
  );

const labelValues = z.union([z.string(), z.array(z.string()).min(1).max(100)]);

/** Who gets a gray release. */
export const audience = z.object({
  match: z
    .record(z.string(), labelValues)
    .optional()
    .describe('labels of the clients, all of which must be as said; a list means any of them'),
  percent: z.number().min(0).max(100).optional().describe('of a hash of the clients’ ids'),
  by: z.string().min(1).optional().describe('a label to hash instead of the id'),
});

export const grayTrackSchema = audience.extend({
  name: z.string(),
  release: z.int(),
  content: z.string().optional().describe('absent where it is masked'),
});

const actFields = {
  comment: z.string().optional(),
  by: z.string().optional().describe('who released it'),
  at: z.string().optional().describe('ISO 8601'),
};

const draftMark = z.object({
  base: z.int().describe('the release it was made from'),
  by: z.string(),
  at: z.string(),
  isOutdated: z.boolean().describe('something else was released since'),
});

const itemFields = {
  namespace: z.string(),
  path: z.string(),
  source: z
    .enum(['release', 'plain'])
    .describe('plain: nothing is released, and clients read the key of that very name'),
  release: z.int().describe('0 for a plain key'),
  latest: z.int().describe('the newest number given out'),
  revision: z.int().describe('of the latest write of its key'),
  format,
  secret: z.boolean(),
  ...actFields,
};

export const itemSchema = z.object({
  ...itemFields,
  content: z.string().optional().describe('the document; absent where it is masked'),
  isMasked: z.boolean().describe('it is secret: ask with reveal=true, if you may'),
  gray: z.array(grayTrackSchema),
  plainKey: z.string().optional().describe('where a plain item lies'),
  draft: draftMark.optional(),
});
export type ItemDocument = z.output<typeof itemSchema>;

export const itemSummarySchema = z.object({
  ...itemFields,
  sizeBytes: z.int().describe('of the content'),
  gray: z.array(grayTrackSchema.omit({ content: true })),
  draft: draftMark.optional(),
});
export type ItemSummary = z.output<typeof itemSummarySchema>;

export const itemListSchema = pageOf(itemSummarySchema);
export const itemListQuery = z.object({
  prefix: z.string().max(512).optional().describe('of the path, such as orders/'),
  search: z.string().max(512).optional().describe('a part of the path'),
  ...pageQuery,
});

export const namespaceListSchema = pageOf(
  z.object({ name: z.string(), items: z.int().describe('released ones') }),
);

/** Query parameters that are texts of truth values. */
export const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .default(false);

export const revealQuery = z.object({
  reveal: flag.describe('shows a secret in clear to whoever may; the audit records it'),
});

export const putItemBody = z.strictObject({
  content,
  format: format.optional().describe('by default as the item is, by the path’s suffix, or text'),
  comment: comment.optional(),
  secret: z.boolean().optional().describe('seals it; a secret item stays secret'),
  base: base.optional(),
});

export const deleteItemQuery = z.object({ comment: comment.optional() });

export const releasedSchema = z.object({
  namespace: z.string(),
  path: z.string(),
  release: z.int(),
  track: z.string().describe('base, or a gray track'),
  revision: z.int().describe('of the cluster'),
  at: z.string(),
});
export type ReleasedDocument = z.output<typeof releasedSchema>;

export const historyItemSchema = z.object({
  release: z.int(),
  track: z.string(),
  kind: z.enum(['release', 'deletion']),
  content: z.string().optional(),
  isMasked: z.boolean(),
  sizeBytes: z.int(),
  format,
  secret: z.boolean(),
  from: z.int().optional().describe('the release rolled back to, or the gray one promoted'),
  ...actFields,
});
export type HistoryDocument = z.output<typeof historyItemSchema>;
export const historySchema = pageOf(historyItemSchema);
export const historyQuery = z.object({
  content: z
    .enum(['true', 'false'])
    .default('true')
    .transform((text) => text === 'true')
    .describe('false leaves the contents out'),
  reveal: flag.describe('shows secrets to whoever may'),
  ...pageQuery,
});

export const rollbackBody = z.strictObject({
  to: z.int().min(1).describe('the release whose content comes back under a new number'),
  comment: comment.optional(),
  base: base.optional(),
});

const releaseNumber = z.coerce.number().int().min(1);
export const diffQuery = z.object({
  from: z
    .union([z.literal('live'), releaseNumber])
    .optional()
    .describe('a release, or live; the release before `to` by default'),
  to: z
    .union([z.literal('draft'), z.literal('live'), releaseNumber])
    .default('live')
    .describe('a release, live, or draft'),
  reveal: flag,
});
export const diffSchema = z.object({
  from: z.string().describe('a release number, live, or nothing'),
  to: z.string(),
  changes: z
    .array(
      z.object({
        path: z.string().describe('such as pool.max; empty for the whole'),
        kind: z.enum(['added', 'removed', 'changed']),
        before: z.json().optional(),
        after: z.json().optional(),
      }),
    )
    .describe('field by field, as far as both can be read'),
  lines: z
    .array(z.string())
    .describe('line by line, each marked with a space, - or + in front; empty for masked secrets'),
  isMasked: z.boolean(),
});
export type DiffDocument = z.output<typeof diffSchema>;
