/** What the API says of sessions, and of standing in lines with them. */
import { z } from 'zod';
import { durationSchema, spanMs } from '../live/long-poll.ts';
import { leaseId } from './lock-schemas.ts';

const TTL_MS_MIN = 1_000;
const TTL_MS_MAX = 3_600_000;
const WAIT_MS_MAX = 300_000;
const LABEL_CHARACTERS_MAX = 256;
const VALUE_CHARACTERS_MAX = 64 * 1024;
const PERMITS_MAX = 1_000_000;

export const sessionSchema = z.object({
  id: z.string().describe('the lease, hexadecimal'),
  by: z.string(),
  label: z.string().optional(),
  at: z.string().describe('when it was opened, ISO 8601'),
  ttlMs: z
    .int()
    .describe('how long it lives without a sign of life; servers may give more than was asked for'),
  remainingMs: z.int(),
  keys: z.array(z.string()).optional().describe('its places in lines'),
});
export type SessionDocument = z.output<typeof sessionSchema>;

export const openSessionBody = z.strictObject({
  ttl: durationSchema
    .refine((ttl) => spanMs(ttl) >= TTL_MS_MIN && spanMs(ttl) <= TTL_MS_MAX, 'give 1s to 1h')
    .default('15s')
    .describe('how long it lives without a sign of life'),
  label: z.string().max(LABEL_CHARACTERS_MAX).optional().describe('shown to who inspects a lock'),
});

const wait = durationSchema
  .refine((span) => spanMs(span) <= WAIT_MS_MAX, 'wait 5m at most, and ask again')
  .default('0s')
  .describe('how long to wait for the turn; meanwhile the open request keeps the session alive');

export const acquireBody = z.strictObject({
  session: leaseId,
  wait,
  mode: z
    .enum(['exclusive', 'shared', 'permits'])
    .default('exclusive')
    .describe('alone (a mutex, a writer); with other readers; with a part of the permits'),
  permits: z
    .int()
    .min(1)
    .max(PERMITS_MAX)
    .optional()
    .describe('for mode permits: how many there are, the same number for everybody'),
  count: z.int().min(1).max(PERMITS_MAX).optional().describe('how many to take, 1 by default'),
  label: z.string().max(LABEL_CHARACTERS_MAX).optional().describe('by default that of the session'),
});

export const heldSchema = z.object({
  name: z.string(),
  lease: z.string(),
  token: z
    .int()
    .describe(
      'the fencing token: hand it to whatever you write to, and let that refuse lower ones',
    ),
  key: z
    .string()
    .describe(
      'that stands for the hold; compare its create revision with the token in a transaction',
    ),
  ttlMs: z.int().optional(),
  remainingMs: z.int().optional().describe('until the session ends, unless it is kept alive'),
});
export type HeldDocument = z.output<typeof heldSchema>;

export const sessionBody = z.strictObject({ session: leaseId });
export const leftSchema = z.object({
  outcome: z
    .enum(['released', 'not-held'])
    .describe('not-held: the session had no place in the line'),
});

export const forceQuery = z.object({
  reason: z.string().max(2_000).optional().describe('kept in the audit'),
  revoke: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .default(false)
    .describe('ends the whole session, with everything else that it holds'),
});
export const forcedSchema = z.object({
  name: z.string(),
  lease: z.string(),
  token: z
    .int()
    .describe('no longer valid: stores that check tokens refuse it once a newer one has come'),
});

export const campaignBody = z.strictObject({
  session: leaseId,
  value: z
    .string()
    .max(VALUE_CHARACTERS_MAX)
    .default('')
    .describe('what observers see of the leader'),
  wait,
});
export const proclaimBody = z.strictObject({
  session: leaseId,
  value: z.string().max(VALUE_CHARACTERS_MAX),
});
