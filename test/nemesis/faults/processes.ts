/** What happens to processes: killed, stalled, stopped and started by an operator. */
import {
  anyMember,
  followersOnly,
  leaderOnly,
  reserving,
  type Fault,
  type FaultContext,
} from './fault.ts';

const DOWN_MS = { min: 50, max: 4_000 } as const;
const PAUSE_MS = { min: 100, max: 10_000 } as const;

export const killLeader: Fault = {
  name: 'kill-leader',
  inject: async (context) =>
    reserving(context, await leaderOnly(context), (member) => {
      context.leaderKilled();
      return killAndRestart(context, member, 'the leader');
    }),
};

export const killFollower: Fault = {
  name: 'kill-follower',
  inject: async (context) =>
    reserving(context, await followersOnly(context), (member) =>
      killAndRestart(context, member, 'a follower'),
    ),
};

/** Power for the whole room: nobody is left who remembers anything that is not on a disk. */
export const killAll: Fault = {
  name: 'kill-all',
  async inject(context) {
    const { busy, cluster, random } = context;
    const members = cluster.members.map(({ number }) => number);
    const names = members.map((member) => `member ${member}`);
    if (names.some((name) => busy.has(name))) return undefined;
    for (const name of names) busy.add(name);
    try {
      await Promise.all(members.map((member) => cluster.process(member).kill()));
      const downMs = random.magnitude(DOWN_MS.min, DOWN_MS.max);
      await context.wait(downMs);
      await Promise.all(members.map((member) => cluster.start(member)));
      return `all members killed, down for ${downMs} ms`;
    } finally {
      for (const name of names) busy.delete(name);
    }
  },
};

/** Resumed, a member finds timers that are long past and sockets full of old news. */
export const pause: Fault = {
  name: 'pause',
  inject: async (context) => {
    const isLeader = context.random.chance(0.5);
    const candidates = isLeader ? await leaderOnly(context) : anyMember(context);
    return reserving(context, candidates, async (member) => {
      const { cluster, random } = context;
      const milliseconds = random.magnitude(PAUSE_MS.min, PAUSE_MS.max);
      const process = cluster.process(member);
      process.pause();
      await context.wait(milliseconds);
      process.resume();
      return `member ${member}${isLeader ? ', the leader,' : ''} paused for ${milliseconds} ms`;
    });
  },
};

/** One member after the other, as for an upgrade. */
export const rollingRestart: Fault = {
  name: 'rolling-restart',
  async inject(context) {
    const restarted: number[] = [];
    for (const { number } of context.cluster.members) {
      await reserving(context, [number], async (member) => {
        await context.cluster.stop(member);
        await context.cluster.start(member);
        restarted.push(member);
        return undefined;
      });
    }
    return restarted.length === 0
      ? undefined
      : `members ${restarted.join(', ')} restarted by SIGTERM`;
  },
};

async function killAndRestart(context: FaultContext, member: number, who: string): Promise<string> {
  const { cluster, random } = context;
  await cluster.process(member).kill();
  const downMs = random.magnitude(DOWN_MS.min, DOWN_MS.max);
  await context.wait(downMs);
  await cluster.start(member);
  return `member ${member}, ${who}, killed, down for ${downMs} ms`;
}
