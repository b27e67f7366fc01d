/** Lists in pages: how many, and where the next begins. */
import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { Problem } from './problem.ts';

export const PAGE_LIMIT_MAX = 1000;
export const PAGE_LIMIT_DEFAULT = 100;

/** Query parameters of every list. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(PAGE_LIMIT_MAX)
    .default(PAGE_LIMIT_DEFAULT)
    .describe('at most so many items'),
  cursor: z.string().max(4096).optional().describe('`nextCursor` of the page before'),
};

/** For lists that take nothing else. */
export const pageQuerySchema = z.object(pageQuery);

/** What every list answers. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    revision: z.int().describe('of the cluster, when it was read'),
    nextCursor: z.string().optional().describe('there is more: ask again with it'),
  });

/** An opaque text for clients to hand back. */
export const encodeCursor = (content: unknown): string =>
  Buffer.from(JSON.stringify(content)).toString('base64url');

/**
 * What {@link encodeCursor} was given.
 *
 * @throws Problem `invalid-request` for a text that never was a cursor of this list
 */
export function decodeCursor<Content>(cursor: string, schema: z.ZodType<Content>): Content {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    const message = 'is no cursor of this list: leave it out to begin again';
    throw new Problem('invalid-request', {
      detail: `query.cursor: ${message}`,
      errors: [{ field: 'query.cursor', message }],
      cause,
    });
  }
}
