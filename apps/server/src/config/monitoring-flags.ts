/** The flags of what an operator measures: metrics, profiles, and what counts as slow. */
import { addresses, duration, oneOf, toggle } from './flag.ts';

export const monitoringFlags = {
  'listen-metrics-urls': addresses(
    'Monitoring',
    '',
    'Further addresses that serve /metrics, /health, /livez and /readyz alone.',
  ),
  metrics: oneOf(
    'Monitoring',
    ['basic', 'extensive'],
    'extensive adds grpc_server_handling_seconds, a histogram for each RPC.',
  ),
  'enable-pprof': toggle(
    'Monitoring',
    false,
    'Serve /debug/pprof/profile and /debug/pprof/heap, in the formats of Chrome DevTools.',
  ),
  'warning-apply-duration': duration(
    'Monitoring',
    '100ms',
    'Applying an entry, or a read, that takes longer is logged.',
  ),
  'warning-unary-request-duration': duration(
    'Monitoring',
    '300ms',
    'A request that takes longer is logged, with what it waited for.',
  ),
} as const;
