/** Waiting for a change by an ordinary request, as Consul's blocking queries do. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { durationMs, type Duration } from '@concord/client';
import { z } from 'zod';
import { clientGone } from '../http/client-gone.ts';
import type { Feed } from './feed.ts';

const WAIT_MS_MAX = 300_000;

/** Where a duration is given in a query or a body. */
export const durationSchema = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,12})?(ms|s|m|h)$/, {
    error: 'give a span of time such as "15s", "200ms" or "5m"',
    // What else is asked of it reads it as a span.
    abort: true,
  })
  .meta({ examples: ['15s'] });

/** `?index=&wait=` of a list that can be waited for; spread into a query's schema. */
export const longPollQuery = {
  index: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe('waits until something changed after this value of an earlier `X-Concord-Index`'),
  wait: durationSchema
    .refine((wait) => spanMs(wait) <= WAIT_MS_MAX, 'wait 5m at most')
    .optional()
    .describe('the longest wait, 30s by default'),
};

export const INDEX_HEADER = 'x-concord-index';

export interface LongPollQuery {
  readonly index?: number | undefined;
  readonly wait?: string | undefined;
}

/** A text that {@link durationSchema} has passed, in milliseconds. */
export const spanMs = (span: string): number => durationMs(span as Duration, 'span');

/**
 * Waits if the request asks for it, and names the index that the answer is of. The answer is to be made after this: it
 * may be newer than the index, never older.
 */
export async function waitForChange(
  feed: Feed,
  { index, wait = '30s' }: LongPollQuery,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (index !== undefined) {
    using gone = clientGone(request);
    await feed.movedBeyond(index, spanMs(wait), gone.signal);
  }
  void reply.header(INDEX_HEADER, String(feed.revision));
}
