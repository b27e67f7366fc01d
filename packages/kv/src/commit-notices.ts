/**
 * Holds back what tells followers that something is committed until the callers who wait for it are answered: the
 * answer is what somebody waits for, and a follower that wakes takes a processor from it. An append that goes to the
 * same follower meanwhile says the same, and the notice need not be sent at all.
 *
 * The notices may be lost or late without harm (see `CommitNotice`), so nothing here survives anything.
 */
import type { CommitNotice, Message } from '@concord/raft';
import type { World } from './world.ts';

export class CommitNotices {
  readonly #world: Pick<World, 'schedule' | 'transport'>;
  /** By follower, the newest of each. */
  readonly #held = new Map<bigint, CommitNotice>();
  #isScheduled = false;

  constructor(world: Pick<World, 'schedule' | 'transport'>) {
    this.#world = world;
  }

  /** Keeps the notices among `messages`, and answers the rest, which is to be sent at once. */
  holdBack(messages: readonly Message[]): readonly Message[] {
    const urgent = messages.filter((message) => {
      if (message.kind === 'commit') this.#held.set(message.to, message);
      else if (message.kind === 'append') this.#held.delete(message.to);
      return message.kind !== 'commit';
    });
    return urgent.length === messages.length ? messages : urgent;
  }

  /** To be called when answers are on their way: sends what is still held behind them. */
  release(): void {
    if (this.#held.size === 0 || this.#isScheduled) return;
    this.#isScheduled = true;
    this.#world.schedule(() => {
      this.#isScheduled = false;
      const notices = [...this.#held.values()];
      this.#held.clear();
      if (notices.length > 0) this.#world.transport.send(notices);
    });
  }
}
