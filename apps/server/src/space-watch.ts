/**
 * Takes the alarm NOSPACE back by itself. etcd leaves it raised until somebody disarms it, long after there is room.
 *
 * The rule: each member disarms the alarm of its own name, and no other, once its store has fallen below the low-water
 * mark, 80 % of its quota, after this process has raised the alarm, or has seen the store above that with the alarm
 * raised. So an alarm that an operator raises by hand on a store with room stays, and one whose reason went away before
 * a restart stays too.
 * Disarming by hand works as ever. A member that is still full keeps its own alarm, and writes stay refused.
 */

/** Between alarm and end of alarm there has to be more than a few writes, or it would come and go with each. */
const LOW_WATER = 0.8;

export interface SpaceWatchWorld {
  readonly quotaBytes: number;
  usedBytes(): number;
  /** Whether the alarm is raised for this member. */
  isRaised(): boolean;
  /** Proposes to disarm it; `done` is told whether it is. */
  disarm(done: (isDisarmed: boolean) => void): void;
}

export class SpaceWatch {
  readonly #world: SpaceWatchWorld;
  #state: 'roomy' | 'full' | 'disarming' = 'roomy';

  constructor(world: SpaceWatchWorld) {
    this.#world = world;
  }

  /** This process has raised the alarm: the store may be emptied before the next look at it. */
  raised(): void {
    if (this.#state === 'roomy') this.#state = 'full';
  }

  /** To be called about every second. */
  tick(): void {
    if (this.#state === 'disarming') return;
    const { quotaBytes, usedBytes, isRaised, disarm } = this.#world;
    if (!isRaised()) {
      this.#state = 'roomy';
    } else if (usedBytes() >= quotaBytes * LOW_WATER) {
      this.#state = 'full';
    } else if (this.#state === 'full') {
      this.#state = 'disarming';
      // If it failed, the store is still known to have been full.
      disarm((isDisarmed) => (this.#state = isDisarmed ? 'roomy' : 'full'));
    }
  }
}
