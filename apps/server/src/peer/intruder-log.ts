/**
 * Tells of two processes that speak as one member. They dial again and again, so it is told once a minute.
 */
import { formatId } from '../identity.ts';
import type { Log } from '../log.ts';

const REPEAT_MS = 60_000;
/** A member that restarts, or whose network comes back, replaces its connections once; twins do without end. */
const REPLACED_MAX = 6;
const REPLACED_WITHIN_MS = 10_000;

export class IntruderLog {
  readonly #log: Log;
  readonly #now: () => number;
  /** By what was told. */
  readonly #toldMs = new Map<string, number>();
  /** When connections of a member took the place of others that were open, the latest last. */
  readonly #replacedMs = new Map<bigint, number[]>();

  /** @param now monotonic milliseconds */
  constructor(log: Log, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  /** A connection of a member took the place of one that was open. */
  replaced(id: bigint, address: string): void {
    const nowMs = this.#now();
    const times = [...(this.#replacedMs.get(id) ?? []), nowMs].slice(-REPLACED_MAX);
    this.#replacedMs.set(id, times);
    const isOften = times.length === REPLACED_MAX && nowMs - times[0]! < REPLACED_WITHIN_MS;
    if (!isOften || !this.#isNews(`twins ${id}`)) return;
    this.#log.error(
      {
        'remote-peer-id': formatId(id),
        address,
        remedy:
          'stop the one whose data directory is the older copy, and make sure that it does not start again',
      },
      'two processes speak as one member: its data directory was copied, and both copies run',
    );
  }

  #isNews(text: string): boolean {
    const nowMs = this.#now();
    if (nowMs - (this.#toldMs.get(text) ?? -REPEAT_MS) < REPEAT_MS) return false;
    for (const [told, ms] of this.#toldMs) if (nowMs - ms >= REPEAT_MS) this.#toldMs.delete(told);
    this.#toldMs.set(text, nowMs);
    return true;
  }
}
