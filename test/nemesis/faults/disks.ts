/** Disks that are slow, and disks that are full. */
import { setTimeout as sleep } from 'node:timers/promises';
import { canThrottle, throttle } from '../../cluster/disk-throttle.ts';
import { fillDisk } from '../../cluster/small-disk.ts';
import { anyMember, leaderOnly, reserving, type Fault } from './fault.ts';

const SLOW_MS = { min: 500, max: 6_000 } as const;
/** From "every sync takes a third of a second" on: a disk that is dying, or shared with a backup. */
const WRITES_PER_SECOND = { min: 3, max: 100 } as const;
/** How long load is given to meet the end of the disk. */
const FULL_MS_MAX = 8_000;
/** What is left of a full disk: less than one flush takes. */
const LEFT_BYTES = 16 * 1024;
/** What an operator has to be told. */
const CLEAR_MESSAGE = /no space left|free space/i;

export const slowDisk: Fault = {
  name: 'slow-disk',
  async inject(context) {
    const { cluster, random } = context;
    if (!canThrottle(cluster.directory)) return undefined;
    const isLeader = random.chance(0.5);
    const candidates = isLeader ? await leaderOnly(context) : anyMember(context);
    return reserving(context, candidates, async (member) => {
      if (cluster.isDiskSmall(member)) return undefined;
      const milliseconds = random.magnitude(SLOW_MS.min, SLOW_MS.max);
      const writes = random.magnitude(WRITES_PER_SECOND.min, WRITES_PER_SECOND.max);
      const { pid } = cluster.process(member);
      const restore = throttle(pid, cluster.member(member).dataDirectory, writes);
      await context.wait(milliseconds);
      await restore();
      return `the disk of member ${member}${isLeader ? ', the leader,' : ''} takes ${writes} writes a second, for ${milliseconds} ms`;
    });
  },
};

/** The member must stop and say why, rather than go on with half of its promises; with space again it comes back. */
export const fullDisk: Fault = {
  name: 'full-disk',
  needs: 'small disk',
  async inject(context) {
    const { cluster } = context;
    const candidates = anyMember(context).filter((member) => cluster.isDiskSmall(member));
    return reserving(context, candidates, async (member) => {
      const process = cluster.process(member);
      process.mayEnd();
      const makeRoom = fillDisk(cluster.member(member).dataDirectory, LEFT_BYTES);
      const exit = await Promise.race([process.exited, sleep(FULL_MS_MAX)]);
      makeRoom();
      if (exit === undefined)
        return `the disk of member ${member} was full for ${FULL_MS_MAX} ms, which it survived`;
      if (!CLEAR_MESSAGE.test(process.lastWords)) {
        throw new Error(
          `member ${member} ended on a full disk and does not say so:\n${process.lastWords}`,
        );
      }
      await cluster.start(member);
      return `member ${member} stopped on a full disk (status ${exit.code ?? exit.signal}) and came back`;
    });
  },
};
