/**
 * `--feature-gates`: etcd's switches for what is not settled there. All but one switch nothing here; each of them says what
 * the member does in any case, and a gate that asks for something else is told so.
 */
import type { Flag } from './flag.ts';
import { FlagError } from './flag-error.ts';

interface Gate {
  /** etcd's default. */
  readonly initial: boolean;
  readonly stage: 'ALPHA' | 'BETA';
  /** What a member does instead of looking at the gate; undefined where it looks. */
  readonly instead: string | undefined;
}

const alpha = (instead?: string): Gate => ({ initial: false, stage: 'ALPHA', instead });
const beta = (instead: string): Gate => ({ initial: true, stage: 'BETA', instead });

export const featureGates: Readonly<Record<string, Gate>> = {
  AllAlpha: alpha('no feature is gated'),
  AllBeta: { ...beta('no feature is gated'), initial: false },
  CompactHashCheck: alpha('members compare their states all the time'),
  InitialCorruptCheck: alpha('members compare their states all the time'),
  LeaseCheckpoint: alpha('leases are always checkpointed'),
  LeaseCheckpointPersist: alpha('checkpoints of leases are always kept'),
  SetMemberLocalAddr: alpha(),
  StopGRPCServiceOnDefrag: alpha('defragmentation stops nobody'),
  TxnModeWriteWithSharedBuffer: beta('transactions share one buffer'),
};

/** What gates were called when each was a flag of its own, which etcd 3.6 still takes. */
export const formerGateFlags: Readonly<Record<string, keyof typeof featureGates>> = {
  'experimental-compact-hash-check-enabled': 'CompactHashCheck',
  'experimental-enable-lease-checkpoint': 'LeaseCheckpoint',
  'experimental-enable-lease-checkpoint-persist': 'LeaseCheckpointPersist',
  'experimental-initial-corrupt-check': 'InitialCorruptCheck',
  'experimental-stop-grpc-service-on-defrag': 'StopGRPCServiceOnDefrag',
  'experimental-txn-mode-write-with-shared-buffer': 'TxnModeWriteWithSharedBuffer',
};

export const gatesFlag: Flag<ReadonlyMap<string, boolean>> = {
  group: 'Other',
  help:
    "etcd's switches for unsettled features. With SetMemberLocalAddr=true a member dials the others, where that is done " +
    'with TLS, from the first IP of --initial-advertise-peer-urls that is none of loopback, so that it is the one of its ' +
    'certificate; the rest have no effect, and each that is given is explained.',
  initial: '',
  value: 'NAME=true|false[,…]',
  parse: (given) => {
    const gates = new Map<string, boolean>();
    for (const pair of given.split(',').map((part) => part.trim())) {
      if (pair === '') continue;
      const [name = '', value = ''] = pair.split('=', 2);
      if (!Object.hasOwn(featureGates, name)) {
        throw new FlagError(
          `unrecognized feature gate: ${name}; there are ${Object.keys(featureGates).join(', ')}`,
        );
      }
      if (!/^(true|false)$/i.test(value)) {
        throw new FlagError(`invalid value of ${name}: ${value}; expected true or false`);
      }
      gates.set(name, value.toLowerCase() === 'true');
    }
    return gates;
  },
};

/** What to tell the owner of the gates that were given, each a sentence. */
export function gateWarnings(gates: ReadonlyMap<string, boolean>): readonly string[] {
  return [...gates].flatMap(([name, isOn]) => {
    const instead = featureGates[name]?.instead;
    if (instead === undefined) return [];
    return [`--feature-gates ${name}=${isOn} has no effect: ${instead}`];
  });
}
