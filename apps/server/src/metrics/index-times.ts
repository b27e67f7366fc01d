/** When something happened to the last entries of a log, by their indexes, without an object for each. */

/** Batches that are remembered: at 10,000 a second they reach back as far as a slow request is asked about. */
const BATCHES = 4096;

export class IndexTimes {
  /** The last index of each batch, and its time; the oldest is overwritten. */
  readonly #indexes = new Float64Array(BATCHES);
  readonly #times = new Float64Array(BATCHES);
  #count = 0;

  /** It happened at `timeMs` to the entries up to `index` that were not noted before. */
  note(index: number, timeMs: number): void {
    const slot = this.#count % BATCHES;
    this.#indexes[slot] = index;
    this.#times[slot] = timeMs;
    this.#count += 1;
  }

  /** When it happened to an entry; undefined where that is not known any more, or not yet. */
  at(index: number): number | undefined {
    let found: number | undefined;
    const oldest = Math.max(0, this.#count - BATCHES);
    for (let i = this.#count - 1; i >= oldest; i--) {
      const slot = i % BATCHES;
      if (this.#indexes[slot]! < index) return found;
      found = this.#times[slot];
    }
    return oldest === 0 ? found : undefined;
  }
}
