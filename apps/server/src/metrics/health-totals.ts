/** How often `/health` was answered, and how: of a member and of a proxy, under the same names. */
import type { HealthCounts } from '../http/health-counts.ts';
import { counter, type Family } from './family.ts';

export const healthTotals = (
  health: Pick<HealthCounts, 'successes' | 'failures'>,
): readonly Family[] => [
  counter(
    'etcd_server_health_success',
    'The total number of successful health checks',
    () => health.successes,
  ),
  counter(
    'etcd_server_health_failures',
    'The total number of failed health checks',
    () => health.failures,
  ),
];
