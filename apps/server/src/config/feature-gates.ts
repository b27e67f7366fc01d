/**
 * `--feature-gates`: etcd's switches for what is not settled there. None of them switches anything here; each says what
 * the member does in any case, and a gate that asks for something else is told so.
 */
import type { Flag } from './flag.ts';
import { FlagError } from './flag-error.ts';

interface Gate {
  /** etcd's default. */
  readonly initial: boolean;
  readonly stage: 'ALPHA' | 'BETA';
  /** What a member does instead of looking at the gate. */
  readonly instead: string;
}

const alpha = (instead: string): Gate => ({ initial: false, stage: 'ALPHA', instead });
const beta = (instead: string): Gate => ({ initial: true, stage: 'BETA', instead });

export const featureGates: Readonly<Record<string, Gate>> = {
  AllAlpha: alpha('no feature is gated'),
  AllBeta: { ...beta('no feature is gated'), initial: false },
  CompactHashCheck: alpha('members compare their states all the time'),
  InitialCorruptCheck: alpha('members compare their states all the time'),
  LeaseCheckpoint: alpha('leases are always checkpointed'),
  LeaseCheckpointPersist: alpha('checkpoints of leases are always kept'),
  SetMemberLocalAddr: alpha('the system chooses the address that a member dials from'),
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
  help: "etcd's switches for unsettled features; none has an effect, and each that is given is explained.",
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
  return [...gates].map(
    ([name, isOn]) =>
      `--feature-gates ${name}=${isOn} has no effect: ${featureGates[name]?.instead ?? ''}`,
  );
}
