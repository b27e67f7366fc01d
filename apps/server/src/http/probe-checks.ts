/** What `/livez` and `/readyz` look at. A check answers what is wrong, or undefined when nothing is. */
import { AlarmType, RangeRequest } from '@concord/protocol';
import type { Replica } from '@concord/kv';

export interface ProbeCheck {
  readonly name: string;
  run(): string | undefined | Promise<string | undefined>;
}

/** Whether the process is worth keeping: its own store can be read. */
export const livenessChecks = (replica: Replica): readonly ProbeCheck[] => [
  { name: 'serializable_read', run: () => serializableRead(replica) },
];

/** Whether requests should be sent here. Out of space is no reason not to: reads and deletions work. */
export const readinessChecks = (replica: Replica): readonly ProbeCheck[] => [
  { name: 'data_corruption', run: () => dataCorruption(replica) },
  { name: 'serializable_read', run: () => serializableRead(replica) },
  { name: 'linearizable_read', run: () => linearizableRead(replica) },
  { name: 'non_learner', run: () => nonLearner(replica) },
];

/** A read that goes the whole way: a leader confirms that this member's state is new enough. */
export function linearizableRead(replica: Replica): Promise<string | undefined> {
  return new Promise((resolve) => {
    replica.read(
      () => resolve(serializableRead(replica)),
      (error) => resolve(error.message),
    );
  });
}

/** The first key there is, whatever it is called. */
const anyKey = RangeRequest.create({
  key: Uint8Array.of(0),
  rangeEnd: Uint8Array.of(0),
  limit: 1,
  keysOnly: true,
});

function serializableRead(replica: Replica): string | undefined {
  const outcome = replica.machine.range(anyKey);
  return 'code' in outcome ? outcome.message : undefined;
}

function dataCorruption(replica: Replica): string | undefined {
  if (replica.machine.alarms.isRaised(AlarmType.CORRUPT)) return 'alarm activated: CORRUPT';
  return replica.isFenced ? "this member's state differs from that of the others" : undefined;
}

const nonLearner = (replica: Replica): string | undefined =>
  replica.role === 'learner' ? 'this member is a learner' : undefined;
