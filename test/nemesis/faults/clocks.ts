/** Wall clocks that are set while members run: nothing but the times in their logs may change. */
import { join } from 'node:path';
import { setWallClock } from '../../cluster/wall-clock.ts';
import { anyMember, leaderOnly, reserving, type Fault } from './fault.ts';

const HOUR_MS = 3_600_000;
/** From a clock that is put right by an hour to one that was years behind when its machine started. */
const SHIFT_HOURS = { min: 1, max: 30_000 } as const;
const JUMPS_MAX = 4;
const BETWEEN_MS = { min: 100, max: 2_000 } as const;

/** Where a member looks for what its clock is set to. */
export const clockFile = (directory: string, name: string): string =>
  join(directory, `${name}.clock`);

export const wallClock: Fault = {
  name: 'wall-clock',
  needs: 'wall clock',
  async inject(context) {
    const { cluster, random } = context;
    const isLeader = random.chance(0.5);
    const candidates = isLeader ? await leaderOnly(context) : anyMember(context);
    return reserving(context, candidates, async (member) => {
      const file = clockFile(cluster.directory, cluster.member(member).name);
      const said: string[] = [];
      for (let jump = random.integer(1, JUMPS_MAX); jump > 0; jump--) {
        const hours = random.magnitude(SHIFT_HOURS.min, SHIFT_HOURS.max);
        const shiftMs = (random.chance(0.5) ? hours : -hours) * HOUR_MS;
        said.push(await setWallClock(file, shiftMs));
        await context.wait(random.magnitude(BETWEEN_MS.min, BETWEEN_MS.max));
      }
      const who = `member ${member}${isLeader ? ', the leader,' : ''}`;
      return `the clock of ${who} was set to ${said.join(', ')}`;
    });
  },
};
