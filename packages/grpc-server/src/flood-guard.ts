/**
 * Budgets of one connection for frames that are cheap to send and not free to handle (the flood
 * catalogue: rapid reset CVE-2023-44487, the ping, settings, priority, empty-frame and window-update
 * floods CVE-2019-9511 to 9518, "MadeYouReset" CVE-2025-8671). Exceeding one ends the connection with
 * ENHANCE_YOUR_CALM and the name of the limit.
 */
import { floodError } from './errors.ts';
import type { Limits } from './limits.ts';
import { TokenBucket } from './token-bucket.ts';

/** WINDOW_UPDATEs that one DATA frame sent, or one request, justifies: stream's and connection's. */
const WINDOW_UPDATES_EARNED = 2;

/** See the file comment. */
export class FloodGuard {
  readonly #rapidResetAgeMs: number;
  readonly #resets: TokenBucket;
  readonly #pings: TokenBucket;
  readonly #settings: TokenBucket;
  readonly #windowUpdates: TokenBucket;
  readonly #priorities: TokenBucket;
  readonly #emptyData: TokenBucket;

  constructor(limits: Limits, nowMs: number) {
    this.#rapidResetAgeMs = limits.rapidResetAgeMs;
    this.#resets = new TokenBucket(limits.resets, nowMs);
    this.#pings = new TokenBucket(limits.pings, nowMs);
    this.#settings = new TokenBucket(limits.settings, nowMs);
    this.#windowUpdates = new TokenBucket(limits.windowUpdates, nowMs);
    this.#priorities = new TokenBucket(limits.priorities, nowMs);
    this.#emptyData = new TokenBucket(limits.emptyData, nowMs);
  }

  /** A stream of age `ageMs` was reset by the client, or by this server because of the client. */
  reset(nowMs: number, ageMs: number): void {
    if (ageMs >= this.#rapidResetAgeMs) return;
    if (!this.#resets.take(nowMs)) throw floodError('too_many_resets');
  }

  /** A PING; free of charge when calls made progress since the last one. */
  ping(nowMs: number, progress: boolean): void {
    if (!progress && !this.#pings.take(nowMs)) throw floodError('too_many_pings');
  }

  settings(nowMs: number): void {
    if (!this.#settings.take(nowMs)) throw floodError('too_many_settings');
  }

  windowUpdate(nowMs: number): void {
    if (!this.#windowUpdates.take(nowMs)) throw floodError('too_many_window_updates');
  }

  /** DATA frames sent or requests received, which justify WINDOW_UPDATEs. */
  worked(frames: number): void {
    this.#windowUpdates.earn(frames * WINDOW_UPDATES_EARNED);
  }

  priority(nowMs: number): void {
    if (!this.#priorities.take(nowMs)) throw floodError('too_many_priorities');
  }

  emptyData(nowMs: number): void {
    if (!this.#emptyData.take(nowMs)) throw floodError('too_many_empty_data');
  }
}
