/** What goes wrong in a world, and when: one fault after the other, of the kinds that its temper has. */
import type { Random } from '@concord/testing';
import type { SimulatedCluster } from './cluster.ts';
import type { SimulatedMember } from './member.ts';
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
  #isStopped = false;
  count = 0;

  constructor(world: SimulatedWorld, cluster: SimulatedCluster) {
    this.#world = world;
    this.#random = world.random.fork();
    this.#cluster = cluster;
  }

  start(): void {
    for (const member of this.#cluster.members) member.boot();
    this.#superviseLater();
    if (this.#world.temper.faults.length > 0) this.#strikeLater();
  }

  /** No further fault; a member that is down is started again. */
  stop(): void {
    this.#isStopped = true;
  }

  #strikeLater(): void {
    const { faultEveryMs, faults } = this.#world.temper;
    // Exponential: a fault may well follow another at once.
    const delayMs = -Math.log(1 - this.#random.next()) * faultEveryMs;
    this.#world.queue.schedule(delayMs, 'fault', () => {
      if (this.#isStopped) return;
      const member = this.#random.pick(this.#cluster.members);
      if (member.isUp) this.#strike(this.#random.pick(faults), member);
      this.#strikeLater();
    });
  }

  #strike(kind: FaultKind, member: SimulatedMember): void {
    this.count++;
    this.#world.trace.tell(this.#world.queue, `fault: ${kind} of ${member.name}`);
    switch (kind) {
      case 'power-cut':
      case 'process-kill':
        return member.die(kind);
      case 'clean-restart':
        if (member.incarnation.isServing) member.stop();
        return;
      case 'pause':
        return member.pause(this.#random.magnitude(1, PAUSE_MS_MAX));
      case 'disk-stall':
        return member.stallDisk(this.#random.magnitude(1, STALL_MS_MAX));
      case 'sync-failure':
        return member.failNextSync();
    }
  }

  /** Starts members again whenever they are down, whatever brought them down. */
  #superviseLater(): void {
    this.#world.queue.schedule(WATCH_OVER_MS, 'supervisor', () => {
      this.#superviseLater();
      for (const member of this.#cluster.members) this.#supervise(member);
    });
  }

  #supervise(member: SimulatedMember): void {
    if (member.isUp || member.isRemoved || this.#restarting.has(member)) return;
    this.#restarting.add(member);
    const calm = this.#world.disturb();
    const downMs = this.#isStopped ? 0 : this.#random.magnitude(1, DOWN_MS_MAX);
    this.#world.queue.schedule(downMs, `${member.name} restarts`, () => {
      this.#restarting.delete(member);
      member.boot();
      calm();
    });
  }
}
