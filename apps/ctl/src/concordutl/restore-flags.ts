/** The flags of `snapshot restore`: etcdutl's, and one of ours. */
import type { Flags } from '../flags.ts';

export const restoreFlags = {
  'data-dir': { kind: 'string', default: '', help: 'Path to the output data directory' },
  'wal-dir': {
    kind: 'string',
    default: '',
    help: 'Path to the WAL directory (use --data-dir if none given)',
  },
  name: { kind: 'string', default: 'default', help: 'Human-readable name for this member' },
  'initial-cluster': {
    kind: 'string',
    default: 'default=http://localhost:2380',
    help: 'Initial cluster configuration for restore bootstrap',
  },
  'initial-cluster-token': {
    kind: 'string',
    default: 'etcd-cluster',
    help: 'Initial cluster token for the cluster during restore bootstrap',
  },
  'initial-advertise-peer-urls': {
    kind: 'string',
    default: 'http://localhost:2380',
    help: "List of this member's peer URLs to advertise to the rest of the cluster",
  },
  'skip-hash-check': {
    kind: 'bool',
    default: false,
    help: 'Ignore snapshot integrity hash value (required if copied from data directory)',
  },
  'bump-revision': {
    kind: 'uint',
    default: 0,
    help: 'How much to increase the latest revision after restore',
  },
  'mark-compacted': {
    kind: 'bool',
    default: false,
    help:
      'Mark the latest revision after restore as the point of scheduled compaction ' +
      '(required if --bump-revision > 0, disallowed otherwise)',
  },
  'initial-memory-map-size': {
    kind: 'uint',
    default: 0,
    help: "Taken for etcdutl's sake; the store grows by itself",
  },
  archive: {
    kind: 'string',
    default: '',
    help: "Archive of a member's log (--archive-dir), replayed behind the snapshot",
  },
  'to-revision': {
    kind: 'uint',
    default: 0,
    help: 'Last revision that is replayed (default: all that is archived)',
  },
  'to-time': {
    kind: 'string',
    default: '',
    help: 'Time whose state is restored, as in 2026-11-26T04:20:00Z (default: all that is archived)',
  },
  'without-auth': {
    kind: 'bool',
    default: false,
    help: 'Leave users and roles out: authentication is off then, and the keys are open to everybody',
  },
} satisfies Flags;
