/** What the API says of whole namespaces: bundles to take away and bring back, and what is found in contents. */
import { EXPORT_KIND } from '@concord/config/records';
import { z } from 'zod';
import { pageOf } from '../http/page.ts';
import { comment, flag, format } from './item-schemas.ts';

const BUNDLE_ITEMS_MAX = 10_000;

const sealed = z.object({
  sealed: z.literal('A256GCM'),
  key: z.string(),
  iv: z.string(),
  tag: z.string(),
  data: z.string(),
});

const bundleItem = z.object({
  path: z.string(),
  format,
  content: z
    .union([z.string(), sealed])
    .describe('the document; of a secret what is sealed, good for this item and namespace alone'),
  comment: z.string().optional(),
});

export const bundleSchema = z.object({
  kind: z.literal(EXPORT_KIND),
  namespace: z.string().optional(),
  revision: z.int().optional().describe('of the cluster that it was taken from'),
  items: z.array(bundleItem).max(BUNDLE_ITEMS_MAX),
});
export type Bundle = z.output<typeof bundleSchema>;

export const exportQuery = z.object({
  format: z.enum(['json', 'yaml']).default('json'),
  prefix: z.string().max(512).optional().describe('of the paths'),
});

export const importQuery = z.object({
  dryRun: flag.describe('says what would be done, and does nothing'),
});
export const importBody = z.union([
  bundleSchema.extend({ reason: comment.optional() }),
  z.strictObject({
    yaml: z.string().describe('a bundle in YAML, as an export writes it'),
    reason: comment.optional(),
  }),
]);

export const importedSchema = z.object({
  isDone: z.boolean().describe('false: a dry run'),
  transactions: z
    .int()
    .describe(
      'how many it takes: what differs is released at one revision with one (up to 32 items), and part by part, in order, with more',
    ),
  revision: z.int().optional().describe('of the cluster, after the last of what was released'),
  items: z.array(
    z.object({
      path: z.string(),
      change: z.enum(['created', 'updated', 'unchanged']),
      outcome: z.enum(['released', 'unchanged', 'not-released']),
      release: z.int().optional(),
      revision: z.int().optional().describe('the same for all that was released together'),
    }),
  ),
});
export type Imported = z.output<typeof importedSchema>;

export const searchQuery = z.object({
  content: z.string().min(1).max(512).describe('a part of the content, as it is written'),
  prefix: z.string().max(512).optional().describe('of the paths'),
  limit: z.coerce.number().int().min(1).max(1000).default(1000).describe('looks at so many items'),
  cursor: z.string().max(4096).optional(),
});
export const foundSchema = pageOf(
  z.object({
    path: z.string(),
    release: z.int(),
    lines: z
      .array(z.object({ line: z.int(), text: z.string() }))
      .describe('the first of those that hold it'),
    lineCount: z.int(),
  }),
);
export type Found = z.output<typeof foundSchema>;
