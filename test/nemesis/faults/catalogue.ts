/** All faults, by the names that `--faults` takes. */
import { compact, defragment, moveLeader } from './administration.ts';
import { fullDisk, slowDisk } from './disks.ts';
import type { Fault } from './fault.ts';
import { wallClock } from './clocks.ts';
import { badLine } from './links.ts';
import { passingMember, replaceMember } from './membership.ts';
import {
  bridge,
  isolateLeader,
  isolateMinority,
  majorityRing,
  oneWay,
  singleLink,
} from './partitions.ts';
import { killAll, killFollower, killLeader, pause, rollingRestart } from './processes.ts';

export const catalogue: readonly Fault[] = [
  killLeader,
  killFollower,
  killAll,
  pause,
  rollingRestart,
  isolateLeader,
  isolateMinority,
  majorityRing,
  bridge,
  oneWay,
  singleLink,
  badLine,
  moveLeader,
  compact,
  defragment,
  replaceMember,
  passingMember,
  slowDisk,
  fullDisk,
  wallClock,
];

/** Throws where a name is unknown. */
export function faultsNamed(names: readonly string[]): readonly Fault[] {
  return names.map((name) => {
    const fault = catalogue.find((candidate) => candidate.name === name);
    if (fault !== undefined) return fault;
    throw new Error(
      `there is no fault ${name}; there are ${catalogue.map((one) => one.name).join(', ')}`,
    );
  });
}
