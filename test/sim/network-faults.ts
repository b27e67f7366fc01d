/** What goes wrong between members: cuts of every shape, clogs and storms. Each begins now and ends by itself. */
import type { Random } from '@concord/testing';
import type { SimulatedCluster } from './cluster.ts';
import { LonelyReigns } from './lonely-reigns.ts';
import type { Direction, Weather } from './weather.ts';
import type { SimulatedWorld } from './world.ts';

const DURATION_MS_MAX = 6000;
const STORM_DELAY_MS_MAX = 300;
const STORM_SHARE_MAX = 0.4;

export const networkFaultKinds = [
  'storm',
  'clog',
  'one-way-cut',
  'partition',
  'ring',
  'bridge',
  'isolated-leader',
  'deaf-leader',
  'leadership-detour',
  'lonely-reigns',
] as const;
export type NetworkFaultKind = (typeof networkFaultKinds)[number];

export class NetworkFaults {
  readonly #world: SimulatedWorld;
  readonly #random: Random;
  readonly #cluster: SimulatedCluster;
  readonly lonelyReigns: LonelyReigns;

  constructor(world: SimulatedWorld, cluster: SimulatedCluster) {
    this.#world = world;
    this.#random = world.random.fork();
    this.#cluster = cluster;
    this.lonelyReigns = new LonelyReigns(world, cluster);
  }

  strike(kind: NetworkFaultKind): void {
    const { weather } = this.#cluster;
    const durationMs = this.#random.magnitude(20, DURATION_MS_MAX);
    switch (kind) {
      case 'storm':
        return this.#storm(weather, durationMs);
      case 'clog':
        return weather.clog(this.#fromOneToSome(), durationMs);
      case 'one-way-cut':
        return void weather.cut(this.#fromOneToSome(), durationMs);
      case 'partition': {
        const names = this.#shuffled();
        const size = this.#random.integer(1, Math.max(1, names.length - 1));
        return void weather.cut(between(names.slice(0, size), names.slice(size)), durationMs);
      }
      case 'ring':
        return void weather.cut(this.#ring(), durationMs);
      case 'bridge': {
        const [, ...names] = this.#shuffled();
        const half = Math.ceil(names.length / 2);
        return void weather.cut(between(names.slice(0, half), names.slice(half)), durationMs);
      }
      case 'isolated-leader': {
        const leader = this.#cluster.leader?.name ?? this.#random.pick(this.#names);
        const others = this.#names.filter((name) => name !== leader);
        return void weather.cut(between([leader], others), durationMs);
      }
      case 'deaf-leader':
        return this.#deafenLeader(weather);
      case 'leadership-detour':
        return this.#detour(weather);
      case 'lonely-reigns':
        return this.lonelyReigns.begin();
    }
  }

  get #names(): readonly string[] {
    return this.#cluster.members.filter(({ isRemoved }) => !isRemoved).map(({ name }) => name);
  }

  #shuffled(): string[] {
    return this.#random.shuffled(this.#names);
  }

  #storm(weather: Weather, durationMs: number): void {
    const lowMs = this.#random.magnitude(1, STORM_DELAY_MS_MAX);
    const options = {
      delayMs: [this.#random.between(0, lowMs), lowMs] as const,
      loss: this.#random.between(0, STORM_SHARE_MAX),
      duplication: this.#random.between(0, STORM_SHARE_MAX),
    };
    weather.storm(options, durationMs);
  }

  /**
   * A leader hears nobody for a while, then what some had said before the others elected a new one, and only then of
   * that: what it had asked them in between must not be taken for answered.
   */
  #deafenLeader(weather: Weather): void {
    const leader = this.#cluster.leader?.name;
    if (leader === undefined) return;
    const { electionTimeoutMs, heartbeatMs } = this.#world.temper;
    const others = this.#names.filter((name) => name !== leader);
    for (const other of others) {
      weather.clog([[other, leader]], electionTimeoutMs * this.#random.between(0.5, 3));
    }
    const cut = others.map((other): Direction => [leader, other]);
    const durationMs = electionTimeoutMs * this.#random.between(1, 4);
    const startMs = heartbeatMs * this.#random.between(0, 4);
    this.#world.queue.schedule(startMs, 'the deaf leader is cut off', () => {
      weather.cut(cut, durationMs);
    });
  }

  /** Leadership goes to another and comes back, and what a third had sent before arrives only then. */
  #detour(weather: Weather): void {
    const { leader } = this.#cluster;
    const others = this.#cluster.members.filter((member) => member !== leader && member.isUp);
    const [between, late] = this.#random.shuffled(others);
    if (leader === undefined || between === undefined || late === undefined) return;
    const { electionTimeoutMs } = this.#world.temper;
    const backMs = electionTimeoutMs * this.#random.between(0.5, 2);
    const lateMs = backMs + electionTimeoutMs * this.#random.between(0.2, 2);
    weather.clog([[late.name, leader.name]], lateMs);
    const startMs = electionTimeoutMs * this.#random.between(0, 0.3);
    this.#world.queue.schedule(startMs, 'leadership goes', () => this.#handTo(between.id));
    this.#world.queue.schedule(backMs, 'leadership comes back', () => this.#handTo(leader.id));
  }

  #handTo(id: bigint): void {
    this.#cluster.leader?.incarnation.replica.transferLeadership(id, () => undefined);
  }

  #fromOneToSome(): Direction[] {
    const [one = 'nobody', ...others] = this.#shuffled();
    const some = others.slice(0, this.#random.integer(1, Math.max(1, others.length)));
    const isOutward = this.#random.chance(0.5);
    return some.map((other): Direction => (isOutward ? [one, other] : [other, one]));
  }

  /** Everybody sees a majority, and no two the same. */
  #ring(): Direction[] {
    const names = this.#shuffled();
    const reach = Math.ceil(Math.floor(names.length / 2) / 2);
    const directions: Direction[] = [];
    for (const [i, from] of names.entries()) {
      for (const [j, to] of names.entries()) {
        const distance = Math.min(Math.abs(i - j), names.length - Math.abs(i - j));
        if (distance > reach) directions.push([from, to]);
      }
    }
    // Of three members everybody is the neighbour of all: one link is cut instead.
    const [a, b] = names;
    if (directions.length > 0 || a === undefined || b === undefined) return directions;
    return between([a], [b]);
  }
}

/** Both ways between two groups. */
function between(group: readonly string[], other: readonly string[]): Direction[] {
  return group.flatMap((a) =>
    other.flatMap((b): Direction[] => [
      [a, b],
      [b, a],
    ]),
  );
}
