/** What the API takes and answers about services and their instances. */
import { LABELS_MAX, isName } from '@concord/registry/records';
import { INSTANCE_STATES, POLICY_NAMES, WEIGHT_DEFAULT, WEIGHT_MAX } from '@concord/registry';
import { z } from 'zod';
import { pageOf, pageQuery } from '../http/page.ts';
import { revisionSchema } from '../time-travel/revision-schema.ts';
import { durationSchema, longPollQuery, spanMs } from '../live/long-poll.ts';

/** etcd grants no lease shorter than its elections take, 2 s with its defaults; one that is asked for gets that. */
const TTL_MS_MIN = 1000;
/** An instance that is dead for a day is no instance. */
const TTL_MS_MAX = 24 * 3600_000;
const DRAIN_WAIT_MS_MAX = 60_000;
const PICKS_MAX = 10_000;

export const nameSchema = z
  .string()
  .refine(isName, 'give 1 to 128 letters, digits, ".", "_" or "-", the first a letter or digit');

const stateSchema = z.enum(INSTANCE_STATES as unknown as ['starting', 'serving', 'draining']);
const weightSchema = z.int().min(0).max(WEIGHT_MAX).describe('the share of calls; 0 takes none');
const labelName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$/, 'is no name of a label');
const labelText = z.string().max(256);
const portSchema = z.int().min(1).max(65_535);
/** An address and nothing else: no scheme, no port, no spaces. IPv6 addresses have colons, and no brackets. */
const addressSchema = z
  .string()
  .max(253)
  .regex(
    /^[A-Za-z0-9._:%-]+$/,
    'give a host name or an IP address, without scheme, port or brackets',
  )
  .refine((address) => !/^[^:]+:\d+$/.test(address), 'give the port as "port"');
const zoneSchema = z.string().min(1).max(128);
const ttlSchema = durationSchema.refine(
  (ttl) => spanMs(ttl) >= TTL_MS_MIN && spanMs(ttl) <= TTL_MS_MAX,
  'give a span of time from "1s" to "24h"',
);
const fewLabels = (labels: object): boolean => Object.keys(labels).length <= LABELS_MAX;
const labelsSchema = z
  .record(labelName, labelText)
  .refine(fewLabels, `give at most ${LABELS_MAX} labels`);
/** Anything in JSON; how much is checked together with the rest of the record. */
const metadataSchema = z.json();
const selectorSchema = z
  .string()
  .max(1024)
  .describe('a selector over labels, such as "version=2,tier in (gold,silver),!canary"');

export const registerBody = z.strictObject({
  address: addressSchema.describe('where consumers reach it'),
  port: portSchema.optional().describe('the one port, or the first of several'),
  ports: z
    .record(nameSchema, portSchema)
    .refine((ports) => Object.keys(ports).length > 0, 'give at least one port')
    .optional()
    .describe('several, by name; then "port" is one of them'),
  weight: weightSchema.default(WEIGHT_DEFAULT),
  ttl: ttlSchema.default('15s').describe('how long it may be silent before it is dropped'),
  zone: zoneSchema.optional(),
  labels: labelsSchema.default({}),
  metadata: metadataSchema.optional(),
  state: z.enum(['starting', 'serving']).default('serving'),
  warmup: durationSchema.optional().describe('how long consumers ease it in'),
  incarnation: nameSchema
    .optional()
    .describe('names this life of it: made anew at each start, so that a restart is seen as one'),
  app: z
    .strictObject({ name: z.string().min(1).max(128), version: z.string().max(128).optional() })
    .optional(),
});
export type RegisterBody = z.output<typeof registerBody>;

export const registerQuery = z.strictObject({
  replace: z.stringbool().default(false).describe('takes the id over from another address'),
});

export const patchBody = z
  .strictObject({
    weight: weightSchema.optional(),
    state: stateSchema.optional(),
    zone: zoneSchema.nullable().optional(),
    labels: z
      .record(labelName, labelText.nullable())
      .refine(fewLabels, `give at most ${LABELS_MAX} labels`)
      .optional()
      .describe('merged into those that it has; null removes one'),
    metadata: metadataSchema.optional().describe('replaces what it has'),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'name at least one field to change');
export type PatchBody = z.output<typeof patchBody>;

export const overrideSchema = z.object({
  weight: z.number().optional(),
  state: stateSchema.optional(),
  reason: z.string(),
  by: z.string().describe('who decided'),
  until: z.iso.datetime().optional().describe('when it ends by itself'),
  incarnation: z.string().optional().describe('the life of the instance that it is about'),
  revision: z.int().describe('its ETag; consumers report up to which they have taken overrides in'),
});

export const overrideBody = z
  .strictObject({
    weight: weightSchema.optional(),
    state: stateSchema.optional(),
    reason: z.string().trim().min(1, 'say why, for whoever meets it later').max(1024),
    until: z.iso
      .datetime({ offset: true })
      .refine((until) => Date.parse(until) > Date.now(), 'give a moment that is to come')
      .optional(),
    incarnation: nameSchema
      .nullable()
      .optional()
      .describe('by default the one that the instance has now; null: whoever has the id'),
  })
  .refine(
    ({ weight, state }) => weight !== undefined || state !== undefined,
    'decide on "weight", on "state", or on both',
  );
export type OverrideBody = z.output<typeof overrideBody>;

export const instanceSchema = z.object({
  service: z.string(),
  id: z.string(),
  address: z.string(),
  port: z.int(),
  ports: z.record(z.string(), z.int()),
  endpoint: z.string().describe('address and port as URLs write them'),
  weight: z.number().describe('the effective one'),
  state: stateSchema.describe('the effective one'),
  declared: z
    .object({ weight: z.number(), state: stateSchema })
    .describe('what it says of itself, where an override says otherwise'),
  override: overrideSchema.optional().describe('what an operator decided, where it is in force'),
  zone: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  metadata: z.unknown(),
  incarnation: z.string(),
  ttlMs: z.number(),
  warmupMs: z.number().optional(),
  registeredAt: z.iso.datetime().optional(),
  servingSince: z.iso.datetime().optional(),
  app: z.object({ name: z.string(), version: z.string().optional() }).optional(),
  lease: z.string().optional().describe('hexadecimal; without one it stays until it is deleted'),
  createRevision: z.int(),
  revision: z.int().describe('of its latest write: its ETag'),
});
export type InstanceDocument = z.output<typeof instanceSchema>;

const stale = z.literal(true).optional().describe('the cluster is away: this was last known');

export const instanceListQuery = z.strictObject({
  ...pageQuery,
  ...longPollQuery,
  state: stateSchema.optional(),
  zone: zoneSchema.optional(),
  label: selectorSchema.optional(),
  search: z.string().max(256).optional().describe('a part of the id or the endpoint'),
  revision: revisionSchema
    .optional()
    .describe('as it was then; not before the compaction, and not with `index`'),
});
export const instanceListSchema = pageOf(instanceSchema).extend({ count: z.int(), stale });

export const serviceSchema = z.object({
  name: z.string(),
  instances: z.object({ starting: z.int(), serving: z.int(), draining: z.int() }),
  zones: z.array(z.string()),
  weight: z.number().describe('of all that serve'),
  overrides: z.int().describe('instances that an override is in force for'),
});
export type ServiceDocument = z.output<typeof serviceSchema>;

export const serviceListQuery = z.strictObject({
  ...pageQuery,
  ...longPollQuery,
  search: z.string().max(256).optional().describe('a part of the name'),
  label: selectorSchema.optional().describe('only instances with such labels are counted'),
  zone: zoneSchema.optional(),
  state: stateSchema.optional().describe('services that have an instance in it'),
});
export const serviceListSchema = pageOf(serviceSchema).extend({ count: z.int(), stale });

export const serviceDetailSchema = serviceSchema.extend({
  consumers: z.int(),
  labels: z.record(z.string(), z.array(z.string())).describe('names with the values there are'),
  revision: z.int(),
  stale,
});

export const heartbeatSchema = z.object({
  ttlMs: z.number().describe('how long it may be silent from now on'),
  lease: z.string(),
});

export const drainQuery = z.strictObject({
  wait: durationSchema
    .refine((wait) => spanMs(wait) <= DRAIN_WAIT_MS_MAX, 'wait 60s at most')
    .default('10s')
    .describe('for consumers to see it, at most; 0s does not wait'),
});

export const deregisterQuery = drainQuery.extend({
  drain: z
    .enum(['wait', 'skip'])
    .default('skip')
    .describe('wait: it is deleted once no consumer picks it any more'),
});

export const drainSchema = z.object({
  revision: z.int().describe('at which it was marked as draining'),
  outcome: z.enum(['acknowledged', 'timeout', 'skipped']),
  acknowledged: z.int().describe('consumers that do not pick it any more'),
  pending: z.array(z.string()).describe('consumers that may still pick it'),
  waitedMs: z.number(),
});
export type DrainDocument = z.output<typeof drainSchema>;

export const consumerSchema = z.object({
  client: z.string(),
  revision: z.int().describe('up to which it has taken in the instances'),
  overrides: z.int().describe('up to which it has taken in the overrides'),
  at: z.iso.datetime().optional(),
  lease: z.string().optional(),
});
export const consumerListSchema = z.object({
  items: z.array(consumerSchema),
  revision: z.int(),
  stale,
});

const pickDemand = {
  policy: z.enum(POLICY_NAMES).default('weighted-round-robin'),
  zone: zoneSchema.optional().describe('the zone to prefer'),
  key: z.string().max(1024).optional().describe('what hashing policies go by'),
  label: selectorSchema.optional(),
};
export const pickQuery = z.strictObject({
  ...pickDemand,
  count: z.coerce
    .number()
    .int()
    .min(1)
    .max(PICKS_MAX)
    .default(1)
    .describe('how many picks: more than one shows how they spread'),
});
export type PickQuery = z.output<typeof pickQuery>;
export const pickSchema = z.object({
  instance: instanceSchema.describe('the first pick'),
  policy: z.enum(POLICY_NAMES),
  revision: z.int(),
  picks: z
    .array(z.object({ id: z.string(), count: z.int() }))
    .optional()
    .describe('with "count": how often each was picked'),
  stale,
});

export const explainQuery = z.strictObject(pickDemand);
export const explainSchema = z.object({
  policy: z.enum(POLICY_NAMES),
  localShare: z.number().optional().describe('of the picks that stay in the zone'),
  revision: z.int(),
  instances: z.array(
    z.object({
      id: z.string(),
      isPickable: z.boolean(),
      reason: z.string(),
      detail: z.string(),
      effectiveWeight: z.number(),
      share: z.number().describe('of the picks, 0 to 1'),
    }),
  ),
});

export const timelineQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  instance: nameSchema.optional(),
});
export const timelineEventSchema = z.object({
  at: z.iso.datetime(),
  isApproximate: z
    .literal(true)
    .optional()
    .describe('it happened while no gateway ran: this is when one found it'),
  revision: z.int(),
  kind: z.enum([
    'registered',
    'replaced',
    'deregistered',
    'expired',
    'state',
    'weight',
    'changed',
    'override',
    'override-ended',
    'hold-released',
    'hold-extended',
  ]),
  instance: z.string().describe('empty for what is about all of them'),
  detail: z.string().describe('in words'),
  by: z.string().optional(),
  until: z.iso.datetime().optional().describe('of an extended hold'),
});
export type TimelineEvent = z.output<typeof timelineEventSchema>;
export const holdBody = z.strictObject({
  action: z.enum(['release', 'extend']),
  for: durationSchema.default('5m').describe('how much longer to hold on, with `extend`'),
  reason: z.string().min(1).max(1024),
});
export const holdSchema = z.object({ revision: z.int() });
export const timelineSchema = z.object({
  items: z.array(timelineEventSchema).describe('the newest first'),
  stale,
  since: z.iso
    .datetime()
    .describe(
      'from when on everything is known, as far as it is kept: 500 events of a service, for 7 days',
    ),
});
