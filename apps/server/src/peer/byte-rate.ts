/**
 * A bound on bytes a second, shared by all who take from it. Each waits until those before it are paid for, so that
 * what is sent is at most the rate plus one helping.
 */
export class ByteRate {
  readonly #bytesPerMs: number;
  #paidUntilMs = 0;

  /** @param bytesPerSecond `Infinity` for no bound */
  constructor(bytesPerSecond: number) {
    this.#bytesPerMs = bytesPerSecond / 1000;
  }

  /** Takes `bytes`; returns how many milliseconds to wait before using them. */
  take(bytes: number, nowMs: number): number {
    const startMs = Math.max(nowMs, this.#paidUntilMs);
    this.#paidUntilMs = startMs + bytes / this.#bytesPerMs;
    return startMs - nowMs;
  }
}
