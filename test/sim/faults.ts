/** What goes wrong in a world, and when: one fault after the other, of the kinds that its temper has. */
import type { Random } from '@concord/testing';
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
  readonly #member: SimulatedMember;
  #isStopped = false;
  #isRestarting = false;
  count = 0;

  constructor(world: SimulatedWorld, member: SimulatedMember) {
    this.#world = world;
    this.#random = world.random.fork();
    this.#member = member;
  }

  start(): void {
    this.#member.boot();
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
      if (this.#member.isUp) this.#strike(this.#random.pick(faults));
      this.#strikeLater();
    });
  }

  #strike(kind: FaultKind): void {
    this.count++;
    this.#world.trace.tell(this.#world.queue, `fault: ${kind}`);
    switch (kind) {
      case 'power-cut':
      case 'process-kill':
        return this.#member.die(kind);
      case 'clean-restart':
        if (this.#member.incarnation.isServing) this.#member.stop();
        return;
      case 'pause':
        return this.#member.pause(this.#random.magnitude(1, PAUSE_MS_MAX));
      case 'disk-stall':
        return this.#member.stallDisk(this.#random.magnitude(1, STALL_MS_MAX));
      case 'sync-failure':
        return this.#member.failNextSync();
    }
  }

  /** Starts the member again whenever it is down, whatever brought it down. */
  #superviseLater(): void {
    this.#world.queue.schedule(WATCH_OVER_MS, 'supervisor', () => {
      this.#superviseLater();
      if (this.#member.isUp || this.#isRestarting) return;
      this.#isRestarting = true;
      const calm = this.#world.disturb();
      const downMs = this.#isStopped ? 0 : this.#random.magnitude(1, DOWN_MS_MAX);
      this.#world.queue.schedule(downMs, 'restart', () => {
        this.#isRestarting = false;
        this.#member.boot();
        calm();
      });
    });
  }
}
