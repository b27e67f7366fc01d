/**
 * A client that makes one call at a time, thinks, and makes the next: always with the same member, or with whichever
 * comes.
 */
import type { Random } from '@concord/testing';
import type { Caller } from './caller.ts';
import type { SimulatedCluster } from './cluster.ts';
import type { SimulatedMember } from './member.ts';
import type { RandomRequests } from './requests.ts';
import type { SimulatedWorld } from './world.ts';

/** How long a client waits before it tries a member again that was not there. */
const RETRY_MS = 50;

export class Client {
  readonly number: number;
  readonly #world: SimulatedWorld;
  readonly #random: Random;
  readonly #caller: Caller;
  readonly #requests: RandomRequests;
  readonly #cluster: SimulatedCluster;
  readonly #isFaithful: boolean;
  #member: SimulatedMember;
  #isStopped = false;
  isIdle = true;

  constructor(
    number: number,
    world: SimulatedWorld,
    cluster: SimulatedCluster,
    caller: Caller,
    requests: RandomRequests,
  ) {
    this.number = number;
    this.#world = world;
    this.#random = world.random.fork();
    this.#caller = caller;
    this.#requests = requests;
    this.#cluster = cluster;
    this.#member = cluster.pick(this.#random);
    this.#isFaithful = this.#random.chance(0.7);
  }

  start(pauseMs = 0): void {
    const thinkMs = pauseMs + this.#random.between(...this.#world.temper.thinkMs);
    this.#world.queue.schedule(thinkMs, `client ${this.number}`, () => {
      const isEnough = this.#caller.count >= this.#world.temper.callsMax;
      if (!this.#isStopped && !isEnough) this.#act();
    });
  }

  /** No further call is made; the one under way ends by itself. */
  stop(): void {
    this.#isStopped = true;
  }

  #act(): void {
    this.isIdle = false;
    this.#requests.revision = this.#caller.seenRevision;
    const { kind } = this.#requests;
    if (!this.#isFaithful || this.#member.isRemoved)
      this.#member = this.#cluster.pick(this.#random);
    const request = this.#requests.of(kind);
    this.#caller.call(this.number, this.#member, kind, request, (outcome) => {
      this.isIdle = true;
      this.start(outcome.kind === 'refused' ? RETRY_MS : 0);
    });
  }
}
