/** What the API says of drafts, of judging content, and of releasing what was judged. */
import { z } from 'zod';
import { RELEASE_ITEMS_MAX } from '@concord/config/records';
import { audience, base, comment, content, format, releasedSchema } from './item-schemas.ts';

export const draftSchema = z.object({
  namespace: z.string(),
  path: z.string(),
  content: z.string().optional().describe('absent where it is masked'),
  isMasked: z.boolean(),
  format,
  secret: z.boolean(),
  base: z.int().describe('the release it was made from, 0 for none'),
  live: z.int().describe('the release that is live now'),
  isOutdated: z.boolean().describe('something else was released since: a release of it is a 409'),
  revision: z.int(),
  by: z.string(),
  at: z.string(),
  comment: z.string().optional(),
});
export type DraftDocument = z.output<typeof draftSchema>;

export const putDraftBody = z.strictObject({
  content,
  format: format.optional(),
  secret: z.boolean().optional(),
  comment: comment.optional(),
  base: base
    .optional()
    .describe('made from another release by now: after a look at what was released'),
});

export const issueSchema = z.object({
  message: z.string(),
  path: z.string().optional().describe('in the value, such as pool.max'),
  line: z.int().optional(),
  column: z.int().optional(),
});
export type IssueDocument = z.output<typeof issueSchema>;

export const validateBody = z.strictObject({
  content: content.optional().describe('the draft by default'),
  format: format.optional(),
});

export const verdictSchema = z.object({
  app: z.string(),
  version: z.string(),
  instances: z.int().describe('that run now and read the item, by their acknowledgements'),
  state: z
    .enum(['valid', 'invalid', 'unchecked'])
    .describe('unchecked: it declares no schema, or one that cannot be applied'),
  issues: z.array(issueSchema),
});
export type VerdictDocument = z.output<typeof verdictSchema>;

export const validationSchema = z.object({
  isValid: z.boolean().describe('well-formed, and valid for every version that runs'),
  format,
  issues: z.array(issueSchema).describe('of the format, each with its place in the document'),
  versions: z
    .array(verdictSchema)
    .describe('what each version of each app says that reads the item'),
});
export type ValidationDocument = z.output<typeof validationSchema>;

export const schemaDocument = z.object({
  app: z.string(),
  version: z.string(),
  instances: z.int(),
  at: z.string(),
  format: format.optional(),
  merge: z.boolean().describe('merged with other layers: a document need not hold everything'),
  restartRequired: z.array(z.string()).describe('fields that a running process cannot change'),
  schema: z.record(z.string(), z.json()).describe('JSON Schema, draft 2020-12'),
});
export type SchemaDocument = z.output<typeof schemaDocument>;
export const schemaListSchema = z.object({ items: z.array(schemaDocument), revision: z.int() });
export const schemaQuery = z.object({
  app: z.string().min(1).max(256),
  version: z.string().min(1).max(256),
});

export const releaseBody = z.strictObject({
  content: content.optional().describe('the draft by default, which is gone after its release'),
  format: format.optional(),
  secret: z.boolean().optional(),
  comment: comment.optional(),
  base: base.optional().describe('by default that of the draft'),
  checked: z
    .boolean()
    .default(false)
    .describe('refuses content that a running version declares invalid'),
});

export const releaseSeveralBody = z.strictObject({
  items: z
    .array(
      z.strictObject({
        path: z.string(),
        content: content.optional().describe('the draft by default'),
        format: format.optional(),
        secret: z.boolean().optional(),
        base: base.optional(),
        gray: audience.extend({ name: z.string() }).optional().describe('to these clients only'),
      }),
    )
    .min(1)
    .max(RELEASE_ITEMS_MAX),
  comment: comment.optional(),
});
export const releasedSeveralSchema = z.object({
  items: z.array(releasedSchema),
  revision: z.int().describe('of the cluster, the same for all'),
});
