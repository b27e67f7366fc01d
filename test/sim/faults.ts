/** What goes wrong in a world, and when: some at once, some while others last, of the kinds that its temper has. */
import type { Random } from '@concord/testing';
import type { SimulatedCluster } from './cluster.ts';
import type { SimulatedMember } from './member.ts';
import { NetworkFaults, networkFaultKinds, type NetworkFaultKind } from './network-faults.ts';
import type { FaultKind } from './temper.ts';
import type { SimulatedWorld } from './world.ts';

const PAUSE_MS_MAX = 3000;
const STALL_MS_MAX = 5000;
/** How long a member stays down: from a supervisor's restart at once to somebody who has to come. */
const DOWN_MS_MAX = 3000;
/** How soon a member that could not start, or died by itself, is looked after. */
const WATCH_OVER_MS = 50;

export class Faults {
  readonly #world: SimulatedWorld;
  readonly #random: Random;
  readonly #cluster: SimulatedCluster;
  readonly #restarting = new Set<SimulatedMember>();
  readonly #network: NetworkFaults;
  #isStopped = false;
  count = 0;

  constructor(world: SimulatedWorld, cluster: SimulatedCluster) {
    this.#world = world;
    this.#random = world.random.fork();
    this.#cluster = cluster;
    this.#network = new NetworkFaults(world, cluster);
  }

  start(): void {
    for (const member of this.#cluster.members) member.boot();
    this.#superviseLater();
    if (this.#world.temper.faults.length > 0) this.#strikeLater();
    const { lonelyReigns } = this.#network;
    this.#cluster.onElection = (member) => {
      this.#cutReignShort(member);
      lonelyReigns.elected(member);
    };
    this.#cluster.onPromise = (message) => lonelyReigns.promises(message);
  }

  /** No further fault; a member that is down is started again. */
  stop(): void {
    this.#isStopped = true;
    this.#network.lonelyReigns.stop();
    this.#cluster.weather.clear();
  }

  #strikeLater(): void {
    const { faultEveryMs, faultsAtOnceMax, faults } = this.#world.temper;
    // Exponential: a fault may well follow another at once.
    const delayMs = -Math.log(1 - this.#random.next()) * faultEveryMs;
    this.#world.queue.schedule(delayMs, 'fault', () => {
      if (this.#isStopped) return;
      for (let i = this.#random.integer(1, faultsAtOnceMax); i > 0; i--) {
        this.#strike(this.#random.pick(faults));
      }
      this.#strikeLater();
    });
  }

  /** What a leader has only begun to do when it dies is what the next ones have to make sense of. */
  #cutReignShort({ incarnation }: SimulatedMember): void {
    const { temper, queue } = this.#world;
    if (this.#isStopped || !this.#random.chance(temper.shortReignProbability)) return;
    const roundMs = temper.networkMs[1] + temper.diskMs[1] + temper.turnMs[1];
    queue.schedule(this.#random.between(0, 4 * roundMs), 'a reign ends', () => {
      if (this.#isStopped || incarnation.isDead) return;
      this.#world.count('reign cut short');
      this.#cluster.named(incarnation.name)?.die(this.#random.pick(['power-cut', 'process-kill']));
    });
  }

  #strike(kind: FaultKind): void {
    const { members } = this.#cluster;
    const isOfNetwork = isNetworkFault(kind);
    if (isOfNetwork && members.length === 1) return;
    const member = this.#random.pick(members);
    if (!isOfNetwork && !member.isUp) return;
    this.count++;
    this.#world.count(`fault ${kind}`);
    const where = isOfNetwork ? '' : ` of ${member.name}`;
    this.#world.trace.tell(this.#world.queue, `fault: ${kind}${where}`);
    if (isOfNetwork) this.#network.strike(kind);
    else this.#strikeMember(kind, member);
  }

  #strikeMember(kind: Exclude<FaultKind, NetworkFaultKind>, member: SimulatedMember): void {
    switch (kind) {
      case 'power-cut':
      case 'process-kill':
        return member.die(kind);
      case 'power-cut-everywhere':
        for (const each of this.#cluster.members) if (each.isUp) each.die('power-cut');
        return;
      case 'clean-restart':
        if (member.incarnation.isServing) member.stop();
        return;
      case 'pause':
        return member.pause(this.#random.magnitude(1, PAUSE_MS_MAX));
      case 'disk-stall':
        return member.stallDisk(this.#random.magnitude(1, STALL_MS_MAX));
      case 'sync-failure':
        return member.failNextSync();
      case 'leadership-transfer':
        return this.#transferTo(member);
    }
  }

  #transferTo(member: SimulatedMember): void {
    const { leader } = this.#cluster;
    leader?.incarnation.replica.transferLeadership(member.id, (error) => {
      this.#world.count(error === undefined ? 'leadership transferred' : 'transfer failed');
    });
  }

  /** Starts members again whenever they are down, whatever brought them down. */
  #superviseLater(): void {
    this.#world.queue.schedule(WATCH_OVER_MS, 'supervisor', () => {
      this.#superviseLater();
      for (const member of this.#cluster.members) this.#supervise(member);
    });
  }

  #supervise(member: SimulatedMember): void {
    const isOver = member.hasLeft || member.isGivenUp || member.incarnations.length === 0;
    if (member.isUp || isOver || this.#restarting.has(member)) return;
    this.#restarting.add(member);
    const calm = this.#world.disturb();
    const downMs = this.#isStopped ? 0 : this.#random.magnitude(1, DOWN_MS_MAX);
    this.#world.queue.schedule(downMs, `${member.name} restarts`, () => {
      this.#restarting.delete(member);
      if (!member.isGivenUp && !member.hasLeft) member.boot();
      calm();
    });
  }
}

const isNetworkFault = (kind: FaultKind): kind is NetworkFaultKind =>
  (networkFaultKinds as readonly string[]).includes(kind);
