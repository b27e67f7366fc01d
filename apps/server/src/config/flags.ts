/**
 * Every flag that means something to a member, with etcd's names, defaults and meanings (etcd 3.6's configuration).
 * `concord --help` and docs/configuration.md are printed from this table and from `ignored-flags.ts`, which holds
 * the flags that are taken without an effect.
 */
import { authFlags } from './auth-flags.ts';
import { clusterFlags } from './cluster-flags.ts';
import { COMPACTION_MODES, COMPACTION_RETENTION_DEFAULT } from './compaction.ts';
import { discoveryFlags } from './discovery-flags.ts';
import { gatesFlag } from './feature-gates.ts';
import { addresses, duration, integer, oneOf, text } from './flag.ts';
import { httpFlags } from './http-flags.ts';
import { loggingFlags } from './logging-flags.ts';
import { monitoringFlags } from './monitoring-flags.ts';
import { securityFlags } from './security-flags.ts';

/** etcd's limit on one replicated request; the gRPC layer allows 512 KiB more for framing. */
const REQUEST_BYTES_MAX = 1_572_864;
/** Members send each other frames of up to 64 MiB, and a request with what is around it must fit into one. */
const REQUEST_BYTES_CEILING = 32 * 1024 * 1024;

export const flags = {
  name: text('Member', 'default', 'NAME', 'Human-readable name of this member.'),
  'data-dir': text(
    'Member',
    '',
    'DIR',
    'Data directory; NAME.etcd in the working directory when not given.',
  ),
  'wal-dir': text(
    'Member',
    '',
    'DIR',
    'Directory of the write-ahead log; inside the data directory when not given.',
  ),
  'archive-dir': text(
    'Member',
    '',
    'DIR',
    'Directory, on another disk, that the log is copied to as it grows, for restoring any moment; none when not given.',
  ),
  'listen-client-urls': addresses(
    'Member',
    'http://localhost:2379',
    'Addresses that serve clients (gRPC and HTTP).',
  ),
  'listen-peer-urls': addresses(
    'Member',
    'http://localhost:2380',
    'Addresses that serve the other members.',
  ),
  'heartbeat-interval': integer(
    'Member',
    100,
    'MS',
    'Milliseconds between heartbeats of a leader.',
    { min: 0 },
  ),
  'election-timeout': integer(
    'Member',
    1000,
    'MS',
    'Milliseconds without a leader before an election.',
    { min: 0 },
  ),
  'quota-backend-bytes': integer(
    'Member',
    0,
    'BYTES',
    'Raises the NOSPACE alarm above this size; 0 is 2 GiB, negative is no limit.',
  ),
  'auto-compaction-mode': oneOf(
    'Member',
    COMPACTION_MODES,
    'What is retained by automatic compaction: a time, or a number of revisions.',
  ),
  'auto-compaction-retention': text(
    'Member',
    COMPACTION_RETENTION_DEFAULT,
    'VALUE',
    'How much history is retained: hours or a length of time (1, 30m), or revisions; 0 is all.',
  ),
  'snapshot-catchup-entries': integer(
    'Member',
    5000,
    'N',
    'Entries kept in memory for members that are a little behind.',
    { min: 1 },
  ),
  'watch-progress-notify-interval': duration(
    'Member',
    '10m',
    'Time between progress notices to watches that ask for them.',
  ),

  ...clusterFlags,
  ...discoveryFlags,
  ...securityFlags,
  ...authFlags,

  'max-txn-ops': integer('Limits', 128, 'N', 'Operations in one transaction.', { min: 1 }),
  'max-request-bytes': integer('Limits', REQUEST_BYTES_MAX, 'BYTES', 'Size of one request.', {
    min: 1,
    max: REQUEST_BYTES_CEILING,
  }),
  'max-concurrent-streams': integer(
    'Limits',
    1000,
    'N',
    'Calls under way on one connection; more wait in the client.',
    { min: 1, max: 4_294_967_295 },
  ),
  'grpc-keepalive-min-time': duration('Limits', '5s', 'Shortest time between pings of a client.'),
  'grpc-keepalive-interval': duration(
    'Limits',
    '2h',
    'Time of silence after which a client is pinged; 0 is never.',
  ),
  'grpc-keepalive-timeout': duration(
    'Limits',
    '20s',
    'Time that a pinged client has to answer; 0 is for ever.',
  ),

  ...httpFlags,
  ...monitoringFlags,
  ...loggingFlags,

  'feature-gates': gatesFlag,
  'config-file': text(
    'Other',
    '',
    'FILE',
    "YAML file with the flags' names as keys; all other flags are ignored.",
  ),
} as const;

export type FlagName = keyof typeof flags;
export type FlagValues = { readonly [Name in FlagName]: ReturnType<(typeof flags)[Name]['parse']> };
