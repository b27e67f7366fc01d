/** A histogram as an array of counters: what the request path observes into, and a scrape reads. */

export class Histogram {
  /** Upper bounds, ascending; what is above the last one counts too. */
  readonly bounds: readonly number[];
  /** By bucket, each without those before it; the last is for what is above all bounds. */
  readonly counts: Float64Array;
  sum = 0;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    const { bounds } = this;
    let bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]!) bucket += 1;
    this.counts[bucket]! += 1;
    this.sum += value;
  }
}

/** `count` bounds from `start` on, each `factor` times the one before. */
export const exponentialBounds = (start: number, factor: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => start * factor ** i);

/** Of the Prometheus libraries, in seconds. */
export const DEFAULT_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** etcd's for disks, in seconds. */
export const DISK_BOUNDS = exponentialBounds(0.001, 2, 14);
