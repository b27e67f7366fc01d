/**
 * A latency histogram with a bounded relative error, in the manner of HdrHistogram: every power of two is
 * split into 128 equal buckets, so that a quantile is off by less than 1 % whatever its size. Recording
 * is two shifts and an increment; the load generator does it 150,000 times a second.
 */

/** Resolution of a recorded value: a tenth of a microsecond. */
const UNITS_PER_MILLISECOND = 10_000;
const SUB_BUCKET_BITS = 7;
const SUB_BUCKETS = 1 << SUB_BUCKET_BITS;
/** Values are clamped to 31 bits of units: 214 seconds. */
const UNITS_MAX = 2 ** 31 - 1;
const BUCKETS = (31 - SUB_BUCKET_BITS + 1) * SUB_BUCKETS;

/** What a report keeps of a histogram; milliseconds. */
export interface LatencySummary {
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
  readonly p999Milliseconds: number;
  readonly maxMilliseconds: number;
}

/** Latencies of one measured window. */
export class Histogram {
  readonly #counts = new Float64Array(BUCKETS);
  #total = 0;
  #maxUnits = 0;

  /** Values recorded. */
  get total(): number {
    return this.#total;
  }

  /** Counts a latency, `times` times when one measurement stands for several calls. */
  record(milliseconds: number, times = 1): void {
    const units = Math.min(
      Math.max(Math.round(milliseconds * UNITS_PER_MILLISECOND), 0),
      UNITS_MAX,
    );
    this.#counts[bucketOf(units)]! += times;
    this.#total += times;
    if (units > this.#maxUnits) this.#maxUnits = units;
  }

  /** The value, in milliseconds, that a share `quantile` (0 to 1) of the records does not exceed; 0 when empty. */
  quantile(quantile: number): number {
    const rank = Math.max(1, Math.ceil(quantile * this.#total));
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.#counts[bucket]!;
      if (seen >= rank) return Math.min(upperEdge(bucket), this.#maxUnits) / UNITS_PER_MILLISECOND;
    }
    return 0;
  }

  /** The quantiles that a report prints. */
  summary(): LatencySummary {
    return {
      p50Milliseconds: this.quantile(0.5),
      p99Milliseconds: this.quantile(0.99),
      p999Milliseconds: this.quantile(0.999),
      maxMilliseconds: this.#maxUnits / UNITS_PER_MILLISECOND,
    };
  }
}

/** Below 256 units a bucket is one unit; above, the exponent picks a group of 128 and the next bits a bucket in it. */
function bucketOf(units: number): number {
  const exponent = Math.max(0, 31 - Math.clz32(units) - SUB_BUCKET_BITS);
  return exponent * SUB_BUCKETS + (units >>> exponent);
}

/** The largest number of units that falls into a bucket. */
function upperEdge(bucket: number): number {
  const group = Math.floor(bucket / SUB_BUCKETS);
  if (group === 0) return bucket;
  const exponent = group - 1;
  return (SUB_BUCKETS + (bucket % SUB_BUCKETS) + 1) * 2 ** exponent - 1;
}
