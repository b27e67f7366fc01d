/**
 * How a member that was removed leaves. It is needed for a while: the others may hold the change that removes it and not
 * know that it is committed. Of two members the one that stays could then never lead, because by what it knows it needs
 * the vote of the other; and the same goes for three of four with one of them down.
 *
 * So it stays, answers whoever stands for election with what it knows to be committed, and leaves once a majority of
 * those that stay have told it that it was removed. They say so when they have stored it: a restart of theirs must not
 * bring back the need for it.
 */
import { assert } from '@concord/raft';
import type { Log } from './log.ts';

/** Nobody is made to wait for the last of those that stay: they may be on their way already. */
export const GRACE_MS = 1000;
/**
 * A cut link or a restart of machines is over by then. A member that was away for so long that it knows none of the
 * present members is rid of earlier than an operator wonders why it does not end.
 */
export const WAIT_MS_MAX = 300_000;

export interface DepartureOptions {
  readonly log: Log;
  /** Voters of the cluster without this member, by what it knows. */
  stayers(): readonly { readonly id: bigint; readonly name: string }[];
  /** The member may end now. */
  leave(): void;
}

export class Departure {
  readonly #options: DepartureOptions;
  /** Those that have told this member that it was removed. */
  readonly #told = new Set<bigint>();
  #state: 'belongs' | 'grace' | 'waiting' | 'left' = 'belongs';

  constructor(options: DepartureOptions) {
    this.#options = options;
  }

  /** Whether this member is known to be removed. */
  get hasBegun(): boolean {
    return this.#state !== 'belongs';
  }

  /** This member was removed. */
  begin(): void {
    assert(!this.hasBegun, 'a member is removed once');
    this.#state = 'grace';
    setTimeout(() => this.#endGrace(), GRACE_MS).unref();
  }

  /** Another member says that this one was removed, and will know that after a restart too. */
  told(by: bigint): void {
    this.#told.add(by);
    if (this.#state === 'waiting' && this.#missing() === 0) this.#leave();
  }

  #endGrace(): void {
    const missing = this.#missing();
    if (missing === 0) return this.#leave();
    this.#state = 'waiting';
    const unaware = this.#options.stayers().filter(({ id }) => !this.#told.has(id));
    this.#options.log.warn(
      {
        'waits-for': unaware.map(({ name, id }) => name || id.toString(16)).join(', '),
        needed: missing,
        'wait-seconds-max': WAIT_MS_MAX / 1000,
        remedy: 'make sure that these members run and reach this one; it ends by itself then',
      },
      'this removed member stays until enough of the others know that its removal is committed: they may need its vote',
    );
    setTimeout(() => this.#giveUp(), WAIT_MS_MAX).unref();
  }

  #giveUp(): void {
    if (this.#state !== 'waiting') return;
    this.#options.log.warn(
      {
        remedy:
          'if the cluster has no leader now, start this member once more, before its data-dir is removed, ' +
          'where the others reach it',
      },
      'this removed member ends, although too few of the others have said that they know of its removal',
    );
    this.#leave();
  }

  /** How many more of those that stay have to know; they go on by a majority of their own. */
  #missing(): number {
    const stayers = this.#options.stayers();
    const needed = stayers.length === 0 ? 0 : Math.floor(stayers.length / 2) + 1;
    return Math.max(0, needed - stayers.filter(({ id }) => this.#told.has(id)).length);
  }

  #leave(): void {
    this.#state = 'left';
    this.#options.leave();
  }
}
