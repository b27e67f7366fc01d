/** The metrics of the proxy itself, with etcd's names and help. */
import { counter, gauge, type Family } from '../../../metrics/family.ts';
import type { RangeCache } from '../kv/range-cache.ts';
import type { WatchCounts } from '../watch/watch-hub.ts';

export const proxyFamilies = (cache: RangeCache, watches: WatchCounts): readonly Family[] => [
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
