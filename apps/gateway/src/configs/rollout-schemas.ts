/** What the API says of gray rollouts in steps. */
import { z } from 'zod';
import { durationSchema } from '../live/long-poll.ts';
import { audience, comment, content, format } from './item-schemas.ts';

const STEPS_MAX = 20;

const trackName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'give letters, digits, dots and dashes')
  .default('rollout');

const step = audience.refine(({ match, percent }) => match !== undefined || percent !== undefined, {
  error: 'say who gets it, by "match" or "percent"',
});

export const startRolloutBody = z.strictObject({
  content: content.optional().describe('the draft by default'),
  format: format.optional(),
  secret: z.boolean().optional(),
  name: trackName.describe('of the gray track'),
  steps: z.array(step).min(1).max(STEPS_MAX).describe('after the last, everybody gets it'),
  advance: z
    .enum(['automatic', 'manual'])
    .default('automatic')
    .describe('automatic: on to the next step once all clients of this one have applied it'),
  hold: durationSchema.default('0s').describe('how long each step is watched after that'),
  rejectedOver: z.int().min(0).default(0).describe('rejections that a step may have'),
  unackedAfter: durationSchema.default('5m').describe('how long a step may wait for its clients'),
  onHalt: z
    .enum(['pause', 'revert'])
    .default('pause')
    .describe('pause: the track stays, to be looked at; revert: its clients go back'),
  comment: comment.optional(),
});
export type StartRollout = z.output<typeof startRolloutBody>;

export const changeRolloutBody = z.strictObject({
  action: z
    .enum(['pause', 'resume', 'next', 'promote'])
    .describe('next: the next step now, whatever this one waits for; promote: to everybody now'),
  comment: comment.optional(),
});

export const abortQuery = z.object({
  track: z.string().optional().describe('a gray track that no rollout is about'),
  comment: comment.optional(),
});

export const rolloutSchema = z.object({
  namespace: z.string(),
  path: z.string(),
  state: z
    .enum(['running', 'waiting', 'paused', 'halted', 'completed', 'aborted'])
    .describe('waiting: the step is done, and the next has to be asked for'),
  name: z.string(),
  release: z.int().describe('of the content on the track'),
  steps: z.array(audience),
  step: z.int().describe('the one under way, from 0'),
  advance: z.enum(['automatic', 'manual']),
  holdMs: z.int(),
  rejectedOver: z.int(),
  unackedAfterMs: z.int(),
  onHalt: z.enum(['pause', 'revert']),
  reason: z.enum(['rejected', 'unacknowledged', 'superseded', 'failed']).optional(),
  problem: z.string().optional(),
  isReverted: z.boolean().optional(),
  completedAs: z.int().optional().describe('the release to everybody'),
  by: z.string(),
  comment: z.string().optional(),
  at: z.string(),
  changedAt: z.string(),
  clients: z
    .object({ applied: z.int(), rejected: z.int(), pending: z.int(), unknown: z.int() })
    .describe('those on the track, by what they made of it'),
  revision: z.int(),
});
export type RolloutDocument = z.output<typeof rolloutSchema>;
