/**
 * Notices a client that lets answers pile up without reading them: more than a bound pending, and in a
 * whole period not even an eighth of the bound taken.
 */
import type { Limits } from './limits.ts';

/** See the file comment. */
export class SlowReaderCheck {
  readonly #bytesMax: number;
  readonly #ageMs: number;
  #sinceMs: number | undefined;
  #writtenBytes = 0;

  constructor(limits: Limits) {
    this.#bytesMax = limits.slowReaderBytesMax;
    this.#ageMs = limits.slowReaderAgeMs;
  }

  /**
   * @param pendingBytes everything that waits for the client.
   * @param writtenBytes what the socket has taken since the beginning.
   * @returns true when the client is to be cut off.
   */
  tick(nowMs: number, pendingBytes: number, writtenBytes: number): boolean {
    if (pendingBytes <= this.#bytesMax) {
      this.#sinceMs = undefined;
      return false;
    }
    if (this.#sinceMs === undefined) {
      this.#sinceMs = nowMs;
      this.#writtenBytes = writtenBytes;
      return false;
    }
    if (nowMs - this.#sinceMs < this.#ageMs) return false;
    if (writtenBytes - this.#writtenBytes < this.#bytesMax / 8) return true;
    this.#sinceMs = nowMs;
    this.#writtenBytes = writtenBytes;
    return false;
  }
}
