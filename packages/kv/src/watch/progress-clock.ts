/**
 * Tells quiet watchers now and then how far they are, so that a client that reconnects need not read history in
 * which nothing was for it. Each stream has a jitter of its own: streams opened together would otherwise all be
 * written to in the same moment for ever.
 */
import { PROGRESS_INTERVAL_MS_MIN } from './watch-limits.ts';
import type { WatchStream } from './watch-stream.ts';

/** Share of the interval by which a stream's own may be longer. */
const JITTER_SHARE = 0.1;
/** Share of the interval after which streams are looked at again: how late a notification may come. */
const SWEEP_SHARE = 0.1;

export interface ProgressClockOptions {
  readonly intervalMs: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

export class ProgressClock {
  readonly #intervalMs: number;
  readonly #random: () => number;
  /** Streams that have a watcher that wants to hear, with their interval. */
  readonly #intervals = new Map<WatchStream, number>();
  #nowMs = 0;
  #nextSweepMs = 0;

  constructor({ intervalMs, random }: ProgressClockOptions) {
    this.#intervalMs = Math.max(intervalMs, PROGRESS_INTERVAL_MS_MIN);
    this.#random = random;
  }

  /** A watcher that wants to hear of progress was added to the stream. */
  add(stream: WatchStream): void {
    if (this.#intervals.has(stream)) return;
    const intervalMs = this.#intervalMs * (1 + JITTER_SHARE * this.#random());
    this.#intervals.set(stream, intervalMs);
    stream.progressDueMs = this.#nowMs + intervalMs;
  }

  remove(stream: WatchStream): void {
    this.#intervals.delete(stream);
  }

  /** Notifies the watchers of streams whose time has come. `revision` is the last one applied. */
  tick(nowMs: number, revision: number): void {
    this.#nowMs = nowMs;
    if (nowMs < this.#nextSweepMs) return;
    this.#nextSweepMs = nowMs + Math.min(PROGRESS_INTERVAL_MS_MIN, SWEEP_SHARE * this.#intervalMs);
    for (const [stream, intervalMs] of this.#intervals) {
      if (nowMs < stream.progressDueMs) continue;
      stream.progressDueMs = nowMs + intervalMs;
      if (!stream.isBlocked) notify(stream, revision);
    }
  }
}

function notify(stream: WatchStream, revision: number): void {
  for (const watcher of stream.watchers.values()) {
    if (!watcher.notifiesProgress) continue;
    const isCurrent = watcher.place === 'synced' && watcher.startRevision <= revision;
    if (isCurrent && !watcher.isActive) stream.notifyProgress(watcher);
    watcher.isActive = false;
  }
}
