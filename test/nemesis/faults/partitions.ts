/** Packets between members are lost: all that two members send each other, or what one sends the other. */
import type { Way } from '../../cluster/network.ts';
import { leaderOnly, type Fault, type FaultContext } from './fault.ts';

const PARTITION_MS = { min: 300, max: 8_000 } as const;
const RING_MEMBERS_MIN = 4;

/** Which ways are cut, and how the report calls it; undefined where this cluster has no such partition. */
type Shape = (context: FaultContext) => Promise<{ ways: Way[]; what: string } | undefined>;

const numbersOf = ({ cluster }: FaultContext): number[] =>
  cluster.members.map(({ number }) => number);

/** Every way between the two groups, in both directions. */
const between = (one: readonly number[], other: readonly number[]): Way[] =>
  one.flatMap((a) =>
    other.flatMap((b) => [
      { from: a, to: b },
      { from: b, to: a },
    ]),
  );

function partition(name: string, shape: Shape): Fault {
  return {
    name,
    needs: 'network',
    async inject(context) {
      const cut = await shape(context);
      if (cut === undefined || cut.ways.length === 0) return undefined;
      const milliseconds = context.random.magnitude(PARTITION_MS.min, PARTITION_MS.max);
      const heal = await context.cluster.network.cut(cut.ways);
      await context.wait(milliseconds);
      await heal();
      return `${cut.what}, for ${milliseconds} ms`;
    },
  };
}

export const isolateLeader = partition('isolate-leader', async (context) => {
  const [leader] = await leaderOnly(context);
  if (leader === undefined) return undefined;
  const others = numbersOf(context).filter((number) => number !== leader);
  return { ways: between([leader], others), what: `member ${leader}, the leader, alone` };
});

export const isolateMinority = partition('isolate-minority', (context) => {
  const members = context.random.shuffled(numbersOf(context));
  const minority = members.splice(0, Math.floor((members.length - 1) / 2));
  const what = `members ${minority.join(', ')} against ${members.join(', ')}`;
  return Promise.resolve({ ways: between(minority, members), what });
});

/** Everyone has a majority in reach, no two the same one. */
export const majorityRing = partition('majority-ring', (context) => {
  const ring = context.random.shuffled(numbersOf(context));
  const count = ring.length;
  if (count < RING_MEMBERS_MIN) return Promise.resolve(undefined);
  const reach = Math.floor(count / 4) + (count % 4 === 0 ? 0 : 1) || 1;
  const ways = ring.flatMap((from, i) =>
    ring.flatMap((to, j) => {
      const apart = Math.min(Math.abs(i - j), count - Math.abs(i - j));
      return apart > reach ? [{ from, to }] : [];
    }),
  );
  return Promise.resolve({ ways, what: `a ring of ${ring.join(', ')}` });
});

/** Two halves that do not hear each other, and one member that both hear. */
export const bridge = partition('bridge', (context) => {
  const [middle, ...others] = context.random.shuffled(numbersOf(context));
  const half = others.splice(0, Math.floor(others.length / 2));
  const what = `members ${half.join(', ')} and ${others.join(', ')} meet at ${middle} only`;
  return Promise.resolve({ ways: between(half, others), what });
});

/** One member is not heard by the others, or does not hear them. */
export const oneWay = partition('one-way', (context) => {
  const [alone = 0, ...others] = context.random.shuffled(numbersOf(context));
  const isDeaf = context.random.chance(0.5);
  const ways = others.map((other) =>
    isDeaf ? { from: other, to: alone } : { from: alone, to: other },
  );
  const what = isDeaf ? `member ${alone} hears nobody` : `nobody hears member ${alone}`;
  return Promise.resolve({ ways, what });
});

export const singleLink = partition('single-link', (context) => {
  const [one = 0, other = 0] = context.random.shuffled(numbersOf(context));
  const what = `members ${one} and ${other} do not hear each other`;
  return Promise.resolve({ ways: between([one], [other]), what });
});
