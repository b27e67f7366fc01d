/** The flags of `migrate`: the source's are as the global ones, which are the destination's. */
import type { Flags } from '../../flags.ts';
import { clusterFlags } from '../replication/two-clusters.ts';

export const migrateFlags = {
  from: {
    kind: 'string',
    default: '',
    help: 'endpoints of the source, separated by commas; the destination is --endpoints',
  },
  ...clusterFlags('from', 'source'),
  follow: {
    kind: 'bool',
    default: false,
    help: 'go on with what changes until the cut-over: an interrupt, or what the next two say',
  },
  'cut-over-at': {
    kind: 'string',
    default: '',
    help: 'time of the cut-over, such as 2026-11-30T04:00:00Z',
  },
  'cut-over-idle': {
    kind: 'duration',
    default: 0,
    help: 'cut over when nothing has been written to the source for so long',
  },
  overwrite: {
    kind: 'bool',
    default: false,
    help: 'the destination has keys: make it equal to the source, which deletes what that does not have',
  },
  'no-auth': { kind: 'bool', default: false, help: 'leave users and roles out' },
  'max-txn-ops': {
    kind: 'uint',
    default: 128,
    help: 'most operations of a transaction at the destination, as its own --max-txn-ops allows',
  },
  'max-keys-per-second': {
    kind: 'uint',
    default: 0,
    help: 'write no more than this, to leave both clusters room for others (0 is no limit)',
  },
} satisfies Flags;
