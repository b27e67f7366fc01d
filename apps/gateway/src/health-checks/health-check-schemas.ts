/** What the API takes and answers about active checks; the same schema reads what is stored. */
import { z } from 'zod';
import { durationSchema, spanMs } from '../live/long-poll.ts';

const INTERVAL_MS_MIN = 1000;
const INTERVAL_MS_MAX = 3600_000;
const TIMEOUT_MS_MIN = 10;
const THRESHOLD_MAX = 100;

const threshold = z.int().min(1).max(THRESHOLD_MAX);
const port = z.int().min(1).max(65_535).optional().describe("the instance's own by default");

const timing = {
  interval: durationSchema
    .refine((span) => spanMs(span) >= INTERVAL_MS_MIN && spanMs(span) <= INTERVAL_MS_MAX, {
      error: 'give a span of time from "1s" to "1h"',
    })
    .default('10s')
    .describe('from one check to the next, a tenth more or less'),
  timeout: durationSchema
    .refine((span) => spanMs(span) >= TIMEOUT_MS_MIN, 'give a span of time from "10ms" on')
    .default('2s'),
  up: threshold.default(2).describe('successes in a row that make it serve'),
  down: threshold.default(3).describe('failures in a row that take it out'),
};

const httpCheck = z.strictObject({
  kind: z.literal('http'),
  scheme: z.enum(['http', 'https']).default('http'),
  path: z
    .string()
    .max(1024)
    .regex(/^\/[\x21-\x7e]*$/, 'give a path that begins with "/", percent-encoded')
    .default('/'),
  port,
  host: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9.:_-]+$/)
    .optional()
    .describe('the Host that is asked for; the address by default'),
  statuses: z
    .array(z.int().min(100).max(599))
    .min(1)
    .max(20)
    .optional()
    .describe('answers that are well; 200 to 299 by default. Redirects are not followed'),
  ...timing,
});

const tcpCheck = z.strictObject({ kind: z.literal('tcp'), port, ...timing });

const grpcCheck = z.strictObject({
  kind: z.literal('grpc'),
  port,
  service: z.string().max(256).default('').describe('as grpc.health.v1 is asked; all by default'),
  ...timing,
});

const ttlCheck = z.strictObject({
  kind: z.literal('ttl'),
  ttl: durationSchema.describe(
    'it serves while its last heartbeat is no longer ago; to be shorter than its own ttl',
  ),
  ...timing,
});

export const healthCheckBody = z
  .discriminatedUnion('kind', [httpCheck, tcpCheck, grpcCheck, ttlCheck])
  .refine(({ timeout, interval }) => spanMs(timeout) <= spanMs(interval), {
    error: 'is longer than the interval',
    path: ['timeout'],
  });
export type HealthCheckBody = z.output<typeof healthCheckBody>;

/** As it lies in the cluster, with the record to register again should it be lost while nobody could check. */
export const storedCheckSchema = z.object({
  check: healthCheckBody,
  by: z.string(),
  at: z.number(),
  /** The value of the instance's key when the check was set. */
  instance: z.string(),
});
export type StoredCheck = z.output<typeof storedCheckSchema>;

/** What the last change of health was; written then alone. */
export const resultSchema = z.object({
  health: z.enum(['healthy', 'unhealthy']),
  since: z.iso.datetime(),
  detail: z.string().describe('what the check that decided said'),
  gateway: z.string().describe('which checked it'),
});
export type CheckResult = z.output<typeof resultSchema>;

export const healthCheckSchema = z.object({
  check: healthCheckBody,
  by: z.string(),
  at: z.iso.datetime(),
  result: resultSchema.optional().describe('not there until it was checked often enough'),
  checkedBy: z.string().optional().describe('the gateway that leads its shard'),
  revision: z.int(),
});
