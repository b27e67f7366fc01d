/** What a member's `/metrics` says: Prometheus' text format, read once and asked by name. */

/** `name{labels} value`; a timestamp behind it is left alone. */
const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g;

interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

type Labels = Readonly<Record<string, string>>;

/** Counts of a histogram by the upper bound of their bucket in seconds, cumulative as Prometheus has it; without `+Inf`. */
export type Buckets = readonly (readonly [boundSeconds: number, count: number])[];

export class MetricsReading {
  readonly #series = new Map<string, Series[]>();

  constructor(text: string) {
    for (const line of text.split('\n')) {
      const match = LINE.exec(line);
      if (match === null) continue;
      const [, name = '', labels = '', value] = match;
      const series = this.#series.get(name) ?? [];
      this.#series.set(name, series);
      series.push({ labels: readLabels(labels), value: Number(value) });
    }
  }

  /** The first of these names that is there, all its series added up; etcd has renamed some over the years. */
  value(...names: readonly string[]): number | undefined {
    const series = names.map((name) => this.#series.get(name)).find((one) => one !== undefined);
    return series?.reduce((sum, { value }) => sum + value, 0);
  }

  /** Of one name, the sums by the value of a label; of the series with the wanted labels. */
  by(name: string, label: string, wanted: Labels = {}): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    for (const { labels, value } of this.#series.get(name) ?? []) {
      const key = labels[label];
      if (key !== undefined && has(labels, wanted)) sums.set(key, (sums.get(key) ?? 0) + value);
    }
    return sums;
  }

  /** A histogram's buckets; empty where there is none. */
  buckets(name: string, wanted: Labels = {}): Buckets {
    const counts = new Map<number, number>();
    for (const { labels, value } of this.#series.get(`${name}_bucket`) ?? []) {
      const bound = Number(labels['le']);
      if (has(labels, wanted) && Number.isFinite(bound))
        counts.set(bound, (counts.get(bound) ?? 0) + value);
    }
    return [...counts].sort(([one], [other]) => one - other);
  }
}

const has = (labels: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(([label, text]) => labels[label] === text);

function readLabels(text: string): Labels {
  const labels: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(LABEL)) labels[name] = value;
  return labels;
}

/**
 * The duration in seconds that a share of what was measured stayed under, between bounds by proportion; undefined where
 * nothing was measured. What lies over the last bound counts as that.
 *
 * @param before - an earlier reading, for what happened since then; since the member's start by default
 */
export function quantile(after: Buckets, share: number, before: Buckets = []): number | undefined {
  const earlier = new Map(before);
  const counts = after.map(([bound, count]) => [bound, count - (earlier.get(bound) ?? 0)] as const);
  const total = counts.at(-1)?.[1] ?? 0;
  if (total <= 0) return undefined;
  let [lowBound, lowCount] = [0, 0];
  for (const [bound, count] of counts) {
    if (count >= share * total) {
      const within = count === lowCount ? 1 : (share * total - lowCount) / (count - lowCount);
      return lowBound + within * (bound - lowBound);
    }
    [lowBound, lowCount] = [bound, count];
  }
  return lowBound;
}
