/**
 * One life of a member, from start to death. Nothing of a dead one ever runs again: whatever it had scheduled passes
 * into nothing, as with a process.
 */
import type { Replica } from '@concord/kv';
import type { Method } from '@concord/grpc-server';
import type { SimulatedClock } from '@concord/testing';
import type { Wal } from '@concord/storage';
import type { MemberLink } from './member-link.ts';
import type { SimulatedWorld } from './world.ts';

export class Incarnation {
  /** Of the member; the number counts its lives. */
  readonly name: string;
  readonly number: number;
  readonly bootedAtMs: number;
  readonly clock: SimulatedClock;
  replica!: Replica;
  wal!: Wal;
  link!: MemberLink;
  methods!: ReadonlyMap<string, Method>;
  /** Clients are let in. */
  isServing = false;
  /** Its own name is published: by then it has followed or led. NaN before. */
  publishedAtMs = NaN;
  isStopping = false;
  isDead = false;
  pausedUntilMs = 0;
  /** For those who hold calls open. */
  readonly onDeath = new Set<() => void>();
  readonly #world: SimulatedWorld;

  constructor(world: SimulatedWorld, name: string, number: number, clock: SimulatedClock) {
    this.#world = world;
    this.name = name;
    this.number = number;
    this.bootedAtMs = world.nowMs;
    this.clock = clock;
  }

  get label(): string {
    return `${this.name}.${this.number}`;
  }

  /** Index of the last entry that its state holds. */
  get appliedIndex(): number {
    return this.replica.machine.applied.index;
  }

  /** Runs something later, unless this life is over by then; not while it is paused. */
  later(delayMs: number, label: string, run: () => void): void {
    this.#world.queue.schedule(delayMs, `${this.name} ${label}`, () => {
      if (this.isDead) return;
      const pausedMs = this.pausedUntilMs - this.#world.nowMs;
      if (pausedMs > 0) this.later(pausedMs, label, run);
      else run();
    });
  }

  /** Runs something as soon as `condition` holds; looks every `everyMs`. */
  when(condition: () => boolean, everyMs: number, run: () => void): void {
    this.later(everyMs, 'waits', () => {
      if (condition()) run();
      else this.when(condition, everyMs, run);
    });
  }
}
