/** Where checks, their results and their shards are. */
import { createHash } from 'node:crypto';

const CHECKS = '/concord/gateway/health-checks/';
const RESULTS = '/concord/gateway/health-results/';

/** Enough for a few gateways to share the work; each costs every gateway a lease. */
export const SHARDS = 8;

export const checkKeys = {
  all: CHECKS,
  allResults: RESULTS,
  check: (service: string, id: string): string => `${CHECKS}${service}/${id}`,
  result: (service: string, id: string): string => `${RESULTS}${service}/${id}`,
  shard: (shard: number): string => `/concord/gateway/shards/health-checks-${shard}`,
} as const;

/** The same at every gateway. */
export function shardOf(service: string): number {
  return createHash('sha256').update(service).digest().readUInt32BE(0) % SHARDS;
}

/** Undefined for a key that is no check's. */
export function checkedInstance(key: string): { service: string; id: string } | undefined {
  const [service, id, more] = key.slice(CHECKS.length).split('/');
  if (service === undefined || id === undefined || more !== undefined) return undefined;
  return { service, id };
}
