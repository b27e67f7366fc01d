/**
 * Whoever runs the cluster: adds members and starts them, promotes learners, removes members, the leader too, gives
 * up machines for good and brings others in their place, and moves leadership. All by calls to the Cluster service,
 * whose answers may get lost; what came of it is then looked up.
 */
import {
  MemberAddRequest,
  MemberListRequest,
  MemberPromoteRequest,
  MemberRemoveRequest,
  MoveLeaderRequest,
} from '@concord/protocol';
import type { Random } from '@concord/testing';
import type { RequestOf } from './calls.ts';
import type { Caller } from './caller.ts';
import type { SimulatedCluster } from './cluster.ts';
import type { SimulatedMember } from './member.ts';
import type { AdminCallKind } from './temper.ts';
import type { SimulatedWorld } from './world.ts';

const CLIENT_NUMBER = 1000;
const MEMBERS_MAX = 7;
/** A member that was added is started after this long, at most. */
const START_MS_MAX = 1000;
const WATCH_OVER_MS = 200;

export class Operator {
  readonly #world: SimulatedWorld;
  readonly #random: Random;
  readonly #cluster: SimulatedCluster;
  readonly #caller: Caller;
  #isStopped = false;
  #addedCount = 0;
  #unansweredCount = 0;

  constructor(world: SimulatedWorld, cluster: SimulatedCluster, caller: Caller) {
    this.#world = world;
    this.#random = world.random.fork();
    this.#cluster = cluster;
    this.#caller = caller;
  }

  start(): void {
    const { churnEveryMs } = this.#world.temper;
    if (churnEveryMs === Infinity) return;
    this.#watchOver();
    this.#actLater();
  }

  get isIdle(): boolean {
    return this.#unansweredCount === 0;
  }

  #actLater(): void {
    const { churnEveryMs, churnAtOnceMax } = this.#world.temper;
    const delayMs = -Math.log(1 - this.#random.next()) * churnEveryMs;
    this.#world.queue.schedule(delayMs, 'operator', () => {
      if (this.#isStopped) return;
      if (this.isIdle) {
        for (let i = this.#random.integer(1, churnAtOnceMax); i > 0; i--) this.#act();
      }
      this.#actLater();
    });
  }

  /** A call whose answer got lost may still have added somebody. */
  #watchOver(): void {
    this.#world.queue.schedule(WATCH_OVER_MS, 'operator looks', () => {
      this.#watchOver();
      this.#startMissing();
    });
  }

  /** Changes no more; whoever belongs to the cluster is started. */
  stop(): void {
    this.#isStopped = true;
    for (const member of this.#cluster.members) {
      if (!member.isGivenUp) continue;
      member.isGivenUp = false;
      // Nobody whom it knows may be left to tell it that it was removed.
      if (!this.#cluster.belonging.includes(member)) member.leave();
    }
  }

  #act(): void {
    const members = this.#cluster.belonging;
    const learners = members.filter(({ id }) => !this.#isVoter(id));
    const choice = this.#random.next();
    if (choice < 0.3 && members.length < MEMBERS_MAX) return this.#add(this.#random.chance(0.7));
    if (choice < 0.55 && learners.length > 0) return this.#promote(this.#random.pick(learners).id);
    if (choice < 0.75 && members.length > 1) return this.#remove(this.#random.pick(members));
    if (choice < 0.85 && members.length > 2) return this.#giveUp(this.#random.pick(members));
    if (choice < 0.92) return this.#moveLeader(this.#random.pick(members).id);
    this.#look();
  }

  #isVoter(id: bigint): boolean {
    return this.#cluster.witness.configuration.voters.includes(id);
  }

  #add(isLearner: boolean): void {
    const peerURLs = [`http://added-${++this.#addedCount}:2380`];
    this.#ask('member-add', MemberAddRequest.create({ peerURLs, isLearner }));
  }

  #promote(ID: bigint): void {
    this.#ask('member-promote', MemberPromoteRequest.create({ ID }));
  }

  #remove({ id: ID }: SimulatedMember): void {
    this.#ask('member-remove', MemberRemoveRequest.create({ ID }));
  }

  /** A machine is lost for good: out with it. Another comes when members are added again. */
  #giveUp(member: SimulatedMember): void {
    member.isGivenUp = true;
    this.#world.trace.tell(this.#world.queue, `${member.name} is given up`);
    if (member.isUp) member.die('power-cut');
    this.#remove(member);
  }

  /** Only the leader takes this call. */
  #moveLeader(targetID: bigint): void {
    const leader = this.#cluster.leader;
    if (leader !== undefined) {
      this.#ask('move-leader', MoveLeaderRequest.create({ targetID }), leader);
    }
  }

  #look(): void {
    const linearizable = this.#random.chance(0.7);
    this.#ask('member-list', MemberListRequest.create({ linearizable }));
  }

  #ask<Kind extends AdminCallKind>(
    kind: Kind,
    request: RequestOf<Kind>,
    member = this.#cluster.pick(this.#random),
  ): void {
    this.#unansweredCount++;
    this.#caller.call(CLIENT_NUMBER, member, kind, request, (outcome) => {
      this.#unansweredCount--;
      this.#world.count(`${kind} ${outcome.kind}`);
    });
  }

  /** Whoever was added gets a machine. */
  #startMissing(): void {
    const { voters, learners } = this.#cluster.witness.configuration;
    for (const id of [...voters, ...learners]) {
      if (this.#cluster.member(id) !== undefined) continue;
      const member = this.#cluster.add(id);
      const delayMs = this.#isStopped ? 0 : this.#random.magnitude(1, START_MS_MAX);
      this.#world.queue.schedule(delayMs, `${member.name} starts`, () => member.boot());
    }
  }
}
