/** What the API says of clients: what is meant for them, and what they made of it. */
import { z } from 'zod';
import { pageOf, pageQuery } from '../http/page.ts';
import { flag, format } from './item-schemas.ts';
import { verdictSchema } from './draft-schemas.ts';

const clientState = z
  .enum(['applied', 'rejected', 'pending', 'offline', 'unknown'])
  .describe(
    'pending: it runs another release; offline: it is expected and says nothing; unknown: what it says cannot be read',
  );

export const acknowledgementSchema = z.object({
  client: z.string(),
  state: clientState,
  track: z.string().describe('that it belongs to'),
  target: z.int().describe('the release meant for it'),
  release: z.int().optional().describe('the one it spoke of last'),
  error: z.string().optional().describe('why it was rejected'),
  app: z.string().optional(),
  version: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  layer: z
    .string()
    .optional()
    .describe('on top there: environment and override hide what is released'),
  restartRequired: z.array(z.string()).optional(),
  at: z.string().optional(),
});

export const acknowledgementListSchema = pageOf(acknowledgementSchema).extend({
  release: z.int().describe('that is live for everybody on no gray track'),
  isConverged: z.boolean(),
  counts: z.object({
    applied: z.int(),
    rejected: z.int(),
    pending: z.int(),
    offline: z.int(),
    unknown: z.int(),
  }),
});
export type AcknowledgementList = z.output<typeof acknowledgementListSchema>;

export const acknowledgementQuery = z.object({
  state: clientState.optional(),
  track: z.string().max(128).optional(),
  expected: z
    .string()
    .max(64 * 1024)
    .optional()
    .describe('clients that should have spoken, parted by commas: those that have not are offline'),
  ...pageQuery,
});

const labels = z
  .preprocess(
    (given) => (typeof given === 'string' ? [given] : given),
    z.array(z.string().regex(/^[^=]+=/, 'write label=value')).max(64),
  )
  .optional();

export const effectiveQuery = z.object({
  app: z.string().max(256).optional(),
  version: z.string().max(256).optional(),
  id: z.string().max(512).optional().describe('of the client: what percentages hash'),
  label: labels.describe('of the client, such as region=eu; may be given several times'),
  reveal: flag,
});

const layerSchema = z.object({
  layer: z.enum(['plain', 'release', 'gray']),
  origin: z.string().describe('a key, or a release'),
  isOnTop: z.boolean(),
});

export const effectiveSchema = z.object({
  track: z.string().describe('base, a gray track, plain, or none'),
  release: z.int(),
  layer: z.enum(['plain', 'release', 'gray', 'none']).describe('that gives the value'),
  why: z.string(),
  content: z.string().optional(),
  isMasked: z.boolean(),
  format: format.optional(),
  layers: z
    .array(layerSchema)
    .describe(
      'the lowest first; environment and override file of the client are known to it alone',
    ),
  tracks: z.array(z.object({ name: z.string(), isOn: z.boolean(), why: z.string() })),
  verdict: verdictSchema
    .optional()
    .describe('of the version’s declared schema, if app and version are given'),
  acknowledged: acknowledgementSchema
    .optional()
    .describe('what the client of that id said, if it runs'),
});
export type EffectiveDocument = z.output<typeof effectiveSchema>;
