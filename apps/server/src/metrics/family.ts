/**
 * A metric of one name as Prometheus takes it. Everything is read at the scrape, from numbers that the member keeps
 * anyway: nothing here is called on the path of a request.
 */
import type { Histogram } from './histogram.ts';

/** Written by their names, as Go's library writes them: whoever looks for a line as a whole finds it. `le` is the last. */
export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
  /** Where it differs from the family's name: the parts of a histogram. */
  readonly metricName?: string;
}

/** What `prom-client`'s registry asks of a metric. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  get(): Promise<Snapshot>;
}

interface Snapshot extends Omit<Family, 'get'> {
  readonly values: readonly Sample[];
}

function family(
  type: Family['type'],
  name: string,
  help: string,
  read: () => readonly Sample[],
): Family {
  const get = (): Promise<Snapshot> => Promise.resolve({ name, help, type, values: read() });
  return { name, help, type, get };
}

export const gauge = (name: string, help: string, read: () => number): Family =>
  family('gauge', name, help, () => [{ labels: {}, value: read() }]);

export const counter = (name: string, help: string, read: () => number): Family =>
  family('counter', name, help, () => [{ labels: {}, value: read() }]);

export const gauges = (name: string, help: string, read: () => readonly Sample[]): Family =>
  family('gauge', name, help, read);

export const counters = (name: string, help: string, read: () => readonly Sample[]): Family =>
  family('counter', name, help, read);

/** A fact that is told by its labels. */
export const fact = (name: string, help: string, labels: Labels): Family =>
  gauges(name, help, () => [{ labels, value: 1 }]);

export const histogram = (name: string, help: string, content: Histogram): Family =>
  histograms(name, help, () => [[{}, content]]);

export const histograms = (
  name: string,
  help: string,
  read: () => Iterable<readonly [Labels, Histogram]>,
): Family =>
  family('histogram', name, help, () =>
    [...read()].flatMap(([labels, content]) => samplesOf(name, labels, content)),
  );

function samplesOf(name: string, labels: Labels, { bounds, counts, sum }: Histogram): Sample[] {
  let total = 0;
  const buckets = [...bounds, Infinity].map((bound, i): Sample => {
    total += counts[i] ?? 0;
    return {
      metricName: `${name}_bucket`,
      labels: { ...labels, le: boundText(bound) },
      value: total,
    };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: total },
  ];
}

/** As Go writes it, which is what queries for a single bucket compare with: `1.048576e+06`. */
export function boundText(bound: number): string {
  if (bound === Infinity) return '+Inf';
  if (bound < 1e6 && bound >= 1e-4) return String(bound);
  return bound.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}
