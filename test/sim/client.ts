/** A client that makes one call at a time, thinks, and makes the next. */
import type { Random } from '@concord/testing';
import type { Caller } from './caller.ts';
import type { RandomRequests } from './requests.ts';
import type { SimulatedWorld } from './world.ts';

/** How long a client waits before it tries a member again that was not there. */
const RETRY_MS = 50;

export class Client {
  readonly #number: number;
  readonly #world: SimulatedWorld;
  readonly #random: Random;
  readonly #caller: Caller;
  readonly #requests: RandomRequests;
  #isStopped = false;
  isIdle = true;

  constructor(number: number, world: SimulatedWorld, caller: Caller, requests: RandomRequests) {
    this.#number = number;
    this.#world = world;
    this.#random = world.random.fork();
    this.#caller = caller;
    this.#requests = requests;
  }

  start(pauseMs = 0): void {
    const thinkMs = pauseMs + this.#random.between(...this.#world.temper.thinkMs);
    this.#world.queue.schedule(thinkMs, `client ${this.#number}`, () => {
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
    this.#caller.call(this.#number, kind, this.#requests.of(kind), (outcome) => {
      this.isIdle = true;
      this.start(outcome.kind === 'refused' ? RETRY_MS : 0);
    });
  }
}
