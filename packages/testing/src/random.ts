/**
 * Chance under a seed: the same seed gives the same numbers on every machine (sfc32, a small generator that passes
 * the usual statistical batteries). Parts of a world that draw from forks of one generator do not disturb each
 * other: a draw more in one changes nothing in the rest.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number) {
    // Three words that differ even for neighbouring seeds; the first outputs, which still resemble each other, go.
    this.#a = Math.imul(seed ^ 0x2545f491, 0x9e3779b1) | 0;
    this.#b = Math.imul(seed + 0x6a09e667, 0x85ebca77) | 0;
    this.#c = Math.floor(seed / 2 ** 32) | 0;
    for (let i = 0; i < 12; i++) this.next();
  }

  /** Uniform in [0, 1), with 32 random bits. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return (sum >>> 0) / 2 ** 32;
  }

  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** A real number in [low, high). */
  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /**
   * An integer from `low` to `high` whose order of magnitude is uniform: for sizes and durations, where small ones
   * matter as much as large ones. Both bounds are positive.
   */
  magnitude(low: number, high: number): number {
    return Math.round(Math.exp(this.between(Math.log(low), Math.log(high))));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of `choices`, of which there is at least one. */
  pick<T>(choices: readonly T[]): T {
    return choices[this.integer(0, choices.length - 1)] as T;
  }

  /** All of `items`, in random order. */
  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [result[i], result[j]] = [result[j] as T, result[i] as T];
    }
    return result;
  }

  /** A generator of its own, with a seed drawn from this one. */
  fork(): Random {
    return new Random(Math.floor(this.next() * 2 ** 32));
  }
}
