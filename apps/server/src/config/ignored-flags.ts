/**
 * Flags of etcd that are taken and change nothing, each with the reason: a start script or a file that was written
 * for etcd works, and its owner is told. `value` and `initial` are as in `Flag`.
 *
 * A flag that gets a meaning moves from here to the table in `flags.ts`.
 */
import { featureGates, formerGateFlags } from './feature-gates.ts';

export interface IgnoredFlag {
  /** What stands for the value; empty for one that is true or false. */
  readonly value: string;
  /** etcd's default. */
  readonly initial: string;
  /** Why it has no effect. */
  readonly why: string;
  /** The only value that is taken, where another one asks for what is not there. */
  readonly only?: string;
  /** In a file etcd does not look at it at all, and its sample file says something else. */
  readonly isFreeInFile?: true;
}

const flag = (value: string, initial: string, why: string): IgnoredFlag => ({
  value,
  initial,
  why,
});
const toggle = (initial: boolean, why: string): IgnoredFlag => flag('', String(initial), why);

const gates = Object.fromEntries(
  Object.entries(formerGateFlags).map(([name, gate]) => {
    const { initial = false, instead = '' } = featureGates[gate] ?? {};
    return [name, toggle(initial, instead)];
  }),
);

const NO_BBOLT = 'there is no bbolt file';
const NO_TRACING = 'there is no distributed tracing';
const NO_PROXY = 'there is no v2 proxy';
const LEGACY = 'etcd dropped it long ago';
const SIZED_BY_BYTES = 'batches are sized by bytes';

export const ignoredFlags: Readonly<Record<string, IgnoredFlag>> = {
  ...gates,
  'snapshot-count': flag('N', '10000', 'the log is cut as the store takes its entries in'),
  'max-snapshots': flag('N', '5', 'snapshots are not separate files here'),
  'max-wals': flag('N', '5', 'log segments are removed as soon as recovery needs them no more'),
  'unsafe-no-fsync': toggle(false, 'every write is durable before it is acknowledged'),
  'memory-mlock': toggle(false, 'Node cannot lock its pages'),
  'backend-bbolt-freelist-type': flag('array|map', 'map', NO_BBOLT),
  'experimental-backend-bbolt-freelist-type': flag('array|map', 'map', NO_BBOLT),
  'backend-batch-interval': flag('DURATION', '100ms', SIZED_BY_BYTES),
  'backend-batch-limit': flag('N', '10000', SIZED_BY_BYTES),
  'bootstrap-defrag-threshold-megabytes': flag('N', '0', 'space is reused without defragmentation'),
  'compaction-batch-limit': flag('N', '1000', 'compaction yields to requests after each slice'),
  'compaction-sleep-interval': flag(
    'DURATION',
    '10ms',
    'compaction yields to requests after each slice',
  ),
  'downgrade-check-time': flag('DURATION', '5s', 'a downgrade is carried out at once'),
  'initial-election-tick-advance': toggle(true, 'a member that is alone elects itself at once'),
  'raft-read-timeout': flag('DURATION', '5s', 'peers are sounded, by the election timeout'),
  'raft-write-timeout': flag('DURATION', '5s', 'peers are sounded, by the election timeout'),
  'socket-reuse-port': toggle(false, 'two members cannot share a port'),
  'socket-reuse-address': toggle(false, 'Node always sets it'),
  'v2-deprecation': flag('PHASE', 'write-only', 'the v2 store is no part of the v3 data'),
  logger: { ...flag('zap', 'zap', 'there is one logger'), only: 'zap' },

  'experimental-enable-v2v3': flag('PREFIX', '', '--enable-v2 serves v2 out of the v3 store'),
  'corrupt-check-time': flag('DURATION', '0s', 'members compare their states all the time'),
  'compact-hash-check-time': flag('DURATION', '1m', 'members compare their states all the time'),
  'discovery-proxy': flag('URL', '', 'it belongs to v2 discovery, and --discovery is refused'),
  'discovery-fallback': {
    ...flag('exit', 'exit', 'a member without its cluster always exits'),
    only: 'exit',
    isFreeInFile: true,
  },

  'enable-distributed-tracing': toggle(false, NO_TRACING),
  'distributed-tracing-address': flag('HOST:PORT', 'localhost:4317', NO_TRACING),
  'distributed-tracing-service-name': flag('NAME', 'etcd', NO_TRACING),
  'distributed-tracing-instance-id': flag('ID', '', NO_TRACING),
  'distributed-tracing-sampling-rate': flag('N', '0', NO_TRACING),

  proxy: { ...flag('off', 'off', NO_PROXY), only: 'off' },
  'proxy-failure-wait': flag('MS', '5000', NO_PROXY),
  'proxy-refresh-interval': flag('MS', '30000', NO_PROXY),
  'proxy-dial-timeout': flag('MS', '1000', NO_PROXY),
  'proxy-write-timeout': flag('MS', '5000', NO_PROXY),
  'proxy-read-timeout': flag('MS', '0', NO_PROXY),
  debug: toggle(false, 'use --log-level debug'),
  'log-output': flag('OUTPUT', 'default', 'use --log-outputs'),
  'log-package-levels': flag('TEXT', '', 'use --log-level'),
  'next-cluster-version-compatible': toggle(false, 'there is one cluster version'),

  'cluster-active-size': flag('N', '', LEGACY),
  'cluster-remove-delay': flag('N', '', LEGACY),
  'cluster-sync-interval': flag('N', '', LEGACY),
  config: flag('FILE', '', `${LEGACY}; use --config-file`),
  force: toggle(false, LEGACY),
  'max-result-buffer': toggle(false, LEGACY),
  'max-retry-attempts': flag('N', '', LEGACY),
  'peer-heartbeat-interval': flag('N', '', LEGACY),
  'peer-election-timeout': flag('N', '', LEGACY),
  'retry-interval': flag('N', '', LEGACY),
  snapshot: toggle(false, LEGACY),
  v: toggle(false, LEGACY),
  vv: toggle(false, LEGACY),
};
