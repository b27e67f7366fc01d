/** All members of one world, the network between them, and what is known of them from outside. */
import type { MemberMessage } from '@concord/kv';
import { Member } from '@concord/protocol';
import { createConfiguration } from '@concord/raft';
import { SimulatedNetwork, type Random } from '@concord/testing';
import { ClusterWitness } from './cluster-witness.ts';
import type { Incarnation } from './incarnation.ts';
import type { Parcel } from './member-link.ts';
import { SimulatedMember } from './member.ts';
import { Weather, fairWeather } from './weather.ts';
import type { SimulatedWorld } from './world.ts';

/** Ids that neither a double nor a signed 64-bit integer holds. */
const FIRST_ID = 0xfedc_ba98_7654_0001n;

export class SimulatedCluster {
  readonly members: SimulatedMember[] = [];
  readonly network: SimulatedNetwork<Parcel>;
  readonly founders: readonly Member[];
  readonly weather: Weather;
  readonly witness: ClusterWitness;
  /** Called when a member was elected. */
  onElection: (member: SimulatedMember) => void = () => undefined;
  /** Called when a vote that is granted, or the acknowledgement of an append, is about to leave. */
  onPromise: (message: MemberMessage) => void = () => undefined;
  readonly #world: SimulatedWorld;

  constructor(world: SimulatedWorld) {
    const { memberCount, learnerCount } = world.temper;
    this.#world = world;
    this.network = new SimulatedNetwork(
      world.queue,
      world.random.fork(),
      fairWeather(world.temper),
    );
    this.weather = new Weather(world, this.network);
    const records = Array.from({ length: memberCount + learnerCount }, (_, i) =>
      Member.create({
        ID: FIRST_ID + BigInt(i),
        name: `m${i + 1}`,
        peerURLs: [`http://m${i + 1}:2380`],
        isLearner: i >= memberCount,
      }),
    );
    const idsOf = (isLearner: boolean): bigint[] =>
      records.filter((record) => record.isLearner === isLearner).map(({ ID }) => ID);
    this.witness = new ClusterWitness(createConfiguration(idsOf(false), idsOf(true)));
    this.founders = records;
    for (const { ID } of records) this.add(ID).found(records);
  }

  /** A member without any data: it has to be told of the cluster. */
  add(id: bigint): SimulatedMember {
    const member = new SimulatedMember(this.#world, this, id, `m${this.members.length + 1}`);
    this.members.push(member);
    return member;
  }

  member(id: bigint): SimulatedMember | undefined {
    return this.members.find((member) => member.id === id);
  }

  named(name: string): SimulatedMember | undefined {
    return this.members.find((member) => member.name === name);
  }

  /** Those that belong to the cluster, by the last change that anybody has applied. */
  get belonging(): readonly SimulatedMember[] {
    const { voters, learners } = this.witness.configuration;
    const ids = new Set([...voters, ...learners]);
    return this.members.filter(({ id }) => ids.has(id));
  }

  get lives(): readonly Incarnation[] {
    return this.members.flatMap(({ incarnations }) => incarnations);
  }

  /** Whoever leads with the highest term, once it can answer. */
  get leader(): SimulatedMember | undefined {
    const leading = this.members.filter((member) => member.leads);
    return leading.sort((a, b) => b.incarnation.replica.term - a.incarnation.replica.term)[0];
  }

  /** Whether enough members to go on know that one was removed. */
  knowsRemoval(id: bigint): boolean {
    const { voters } = this.witness.configuration;
    const knowing = voters.filter((voter) => {
      const member = this.member(voter);
      return member?.isUp === true && member.incarnation.replica.machine.members.isRemoved(id);
    });
    return knowing.length * 2 > voters.length;
  }

  /**
   * Ends those that were removed and have not heard of it. Some never would: all whom a member knew may be gone before
   * it has learnt who came after them.
   */
  endRemoved(): void {
    const { belonging } = this;
    for (const member of this.members) {
      if (belonging.includes(member) || member.hasLeft || member.incarnations.length === 0)
        continue;
      if (this.knowsRemoval(member.id)) member.leave();
    }
  }

  /** Why it is not so that everybody who belongs serves and has applied all that the leader has. */
  get unrest(): string | undefined {
    const { leader } = this;
    const { configuration } = this.witness;
    const { voters, learners, votersOutgoing } = configuration;
    if (votersOutgoing.length > 0) return 'the configuration is joint';
    if (this.belonging.length < voters.length + learners.length) return 'a member has no machine';
    if (leader === undefined) return 'nobody leads';
    const { lastIndex } = leader.witness;
    for (const { name, isUp, incarnation } of this.belonging) {
      if (!isUp || !incarnation.isServing) return `${name} does not serve`;
      if (Number.isNaN(incarnation.publishedAtMs)) return `${name} has not published itself`;
      const { appliedIndex } = incarnation;
      if (appliedIndex !== lastIndex) return `${name} has applied ${appliedIndex} of ${lastIndex}`;
    }
    return undefined;
  }

  /** Some member to talk to, be it up or not; seldom a learner, which answers little. */
  pick(random: Random): SimulatedMember {
    const started = this.members.filter(({ incarnations }) => incarnations.length > 0);
    const there = (started.length > 0 ? started : this.members).filter((one) => !one.isRemoved);
    const { voters } = this.witness.configuration;
    const voting = there.filter(({ id }) => voters.includes(id));
    return random.pick(voting.length === 0 || random.chance(0.05) ? there : voting);
  }
}
