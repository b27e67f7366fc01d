/** What the API says of locks, elections and the sessions that stand in their lines. */
import { z } from 'zod';
import { pageOf, pageQuery } from '../http/page.ts';

export const lockName = z
  .string()
  .min(1)
  .max(1024)
  .describe('such as /jobs/nightly, percent-encoded: %2Fjobs%2Fnightly');
export const leaseId = z
  .string()
  .regex(/^[0-9a-f]{1,16}$/, 'is no lease: 1 to 16 hexadecimal digits')
  .describe('the lease of a session, hexadecimal');

export const placeSchema = z.object({
  lease: z.string().describe('hexadecimal: the session that stands here'),
  token: z
    .int()
    .describe('the fencing token: it grows with every hold, so that a store can refuse lower ones'),
  mode: z
    .enum(['exclusive', 'shared', 'permits'])
    .describe('a mutex or a writer; a reader; somebody with permits of a semaphore'),
  count: z.int().optional().describe('how many permits'),
  permits: z.int().optional().describe('of how many'),
  app: z.string().optional(),
  label: z.string().optional(),
  since: z.string().optional().describe('by the clock of who stands here, ISO 8601'),
  ttlMs: z
    .int()
    .optional()
    .describe('how long the place outlives who holds it; absent: the lease has just ended'),
  remainingMs: z.int().optional().describe('until the lease ends, unless it is renewed'),
});
export type PlaceDocument = z.output<typeof placeSchema>;

export const lockSchema = z.object({
  name: z.string(),
  kind: z
    .enum(['mutex', 'read-write', 'semaphore', 'barrier'])
    .describe('as far as those in line tell; programs of other languages tell nothing'),
  holders: z.array(placeSchema).describe('those who have their turn, the oldest first'),
  waiters: z.array(placeSchema).describe('the first of those who wait, in their order'),
  waiterCount: z.int(),
  revision: z.int().describe('of the cluster, when it was read'),
});
export type LockDocument = z.output<typeof lockSchema>;

export const cycleSchema = z.array(
  z.object({ lease: z.string(), waitsFor: z.string().describe('the name of a lock') }),
);

export const lockListSchema = pageOf(lockSchema).extend({
  cycles: z
    .array(cycleSchema)
    .describe('sessions that wait for each other in a circle: none of them will ever go on'),
  isComplete: z.boolean().describe('false: there is more to look through, see nextCursor'),
});
export const lockListQuery = z.object({
  prefix: z.string().max(1024).default('').describe('of the name'),
  search: z.string().max(512).optional().describe('a part of the name'),
  ...pageQuery,
});

export const lineWatchQuery = z.object({
  prefix: z.string().max(1024).default('').describe('of the names'),
  lastEventId: z.string().max(32).optional(),
});

export const candidateSchema = placeSchema
  .pick({ lease: true, token: true, ttlMs: true, remainingMs: true })
  .extend({ value: z.string().describe('what it proclaims') });

export const electionSchema = z.object({
  name: z.string(),
  leader: candidateSchema.optional().describe('absent: nobody stands'),
  candidates: z.array(candidateSchema).describe('the first of those who wait for their turn'),
  candidateCount: z.int(),
  revision: z.int(),
});
export type ElectionDocument = z.output<typeof electionSchema>;
export const electionListSchema = pageOf(electionSchema).extend({ isComplete: z.boolean() });
