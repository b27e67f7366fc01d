/** The metrics of the proxy itself, with etcd's names and help. */
import type { HealthCounts } from '../../../http/health-counts.ts';
import { counter, gauge, type Family } from '../../../metrics/family.ts';
import { healthTotals } from '../../../metrics/health-totals.ts';
import type { RangeCache } from '../kv/range-cache.ts';
import type { Ownership } from '../leasing/ownership.ts';
import type { WatchCounts } from '../watch/watch-hub.ts';

export const proxyFamilies = (
  cache: RangeCache,
  watches: WatchCounts,
  health: Pick<HealthCounts, 'successes' | 'failures'>,
): readonly Family[] => [
  ...healthTotals(health),
  gauge(
    'etcd_grpc_proxy_watchers_coalescing_total',
    'Total number of current watchers coalescing',
    () => watches.coalesced,
  ),
  counter(
    'etcd_grpc_proxy_events_coalescing_total',
    'Total number of events coalescing',
    () => watches.eventsCoalesced,
  ),
  gauge('etcd_grpc_proxy_cache_keys_total', 'Total number of keys/ranges cached', () => cache.size),
  gauge('etcd_grpc_proxy_cache_hits_total', 'Total number of cache hits', () => cache.hits),
  gauge('etcd_grpc_proxy_cache_misses_total', 'Total number of cache misses', () => cache.misses),
];

/** With `--experimental-leasing-prefix`, of which etcd's proxy tells nothing. */
export const leasingFamilies = (ownership: Ownership): readonly Family[] => [
  gauge(
    'concord_grpc_proxy_leasing_keys',
    'Number of keys whose reads this proxy answers without the cluster',
    () => ownership.size,
  ),
  counter(
    'concord_grpc_proxy_leasing_hits_total',
    'Total number of reads of keys that were answered without the cluster',
    () => ownership.hits,
  ),
  counter(
    'concord_grpc_proxy_leasing_acquired_total',
    'Total number of keys that this proxy has acquired',
    () => ownership.acquisitions,
  ),
  counter(
    'concord_grpc_proxy_leasing_released_total',
    'Total number of keys that this proxy has given up',
    () => ownership.releases,
  ),
];
