/** What a leader proposes because time has passed: the end of leases, and notes of how long others have left. */
import { encodeCommand, type Command } from './command.ts';
import type { Lessor } from './lease/lessor.ts';

/** Expiries proposed at once; how many a second is the lessor's own limit. */
const EXPIRIES_PER_PROPOSAL_MAX = 100;
/** Checkpoints recorded in one tick, all in one entry. */
const CHECKPOINTS_PER_TICK_MAX = 1000;

export interface LeaseEndingsWorld {
  lessor(): Lessor;
  term(): number;
  now(): number;
  schedule(run: () => void): void;
  propose(command: Command, payload: Uint8Array): void;
}

export class LeaseEndings {
  readonly #world: LeaseEndingsWorld;

  constructor(world: LeaseEndingsWorld) {
    this.#world = world;
  }

  /** To be called every tick while this member leads. */
  propose(): void {
    const lessor = this.#world.lessor();
    if (!lessor.isPrimary) return;
    const now = this.#world.now();
    const term = this.#world.term();
    for (const id of lessor.expired(now, EXPIRIES_PER_PROPOSAL_MAX)) {
      this.#propose({ kind: 'lease-expiry', request: { ID: id, term } });
    }
    // After a promotion many leases have to be put on the clock, a slice a turn rather than a slice a tick.
    if (lessor.isBehind) this.#world.schedule(() => this.propose());
    const due = lessor.dueCheckpoints(now, CHECKPOINTS_PER_TICK_MAX);
    if (due.length === 0) return;
    const checkpoints = due.map(({ id, remainingTtlSeconds }) => ({
      ID: id,
      remainingTTL: remainingTtlSeconds,
    }));
    this.#propose({ kind: 'lease-checkpoint', request: { checkpoints } });
  }

  #propose(command: Command): void {
    this.#world.propose(command, encodeCommand(command));
  }
}
