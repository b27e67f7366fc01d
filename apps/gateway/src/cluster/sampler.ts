/** Looks at the cluster every two seconds and remembers ten minutes of it, for charts. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { EventSource, type Client, type Events, type TlsOptions } from '@concord/client';
import { quantile } from '@concord/client/metrics';
import type { Log } from '../log.ts';
import { readMetrics, type MemberMetrics } from './member-metrics.ts';
import type { ClusterStatus, Sample } from './member-schemas.ts';
import type { StatusBoard } from './status-board.ts';

export const SAMPLE_INTERVAL_MS = 2_000;
const SAMPLES_MAX = (10 * 60_000) / SAMPLE_INTERVAL_MS;
const METRICS_BYTES_MAX = 4 * 1024 * 1024;
/** Any key: whether it is there does not matter. */
const PROBED_KEY = '/concord/gateway/probe';

interface Reading {
  readonly atMs: number;
  readonly metrics: readonly MemberMetrics[];
}

export interface SamplerEvents {
  sampled: { readonly sample: Sample; readonly status: ClusterStatus };
}

export class Sampler {
  readonly #client: Client;
  readonly #board: StatusBoard;
  readonly #tls: TlsOptions | undefined;
  readonly #log: Log;
  readonly #events: EventSource<SamplerEvents>;
  readonly #samples: Sample[] = [];
  readonly #moments: { readonly atMs: number; readonly revision: number }[] = [];
  #newest: ClusterStatus | undefined;
  #before: Reading | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(parts: {
    readonly client: Client;
    readonly board: StatusBoard;
    readonly tls: TlsOptions | undefined;
    readonly log: Log;
  }) {
    this.#client = parts.client;
    this.#board = parts.board;
    this.#tls = parts.tls;
    this.#log = parts.log;
    this.#events = new EventSource((error) => parts.log.error({ err: error }, 'a listener failed'));
  }

  get events(): Events<SamplerEvents> {
    return this.#events;
  }

  /** Oldest first. */
  get samples(): readonly Sample[] {
    return this.#samples;
  }

  /** Where the store was at each sample, oldest first. */
  get moments(): readonly { readonly atMs: number; readonly revision: number }[] {
    return this.#moments;
  }

  /** What was seen last; `undefined` before the first look. */
  get status(): ClusterStatus | undefined {
    return this.#newest;
  }

  start(): void {
    void this.#round();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#events.close();
  }

  /** The next look begins an interval after this one ended: a slow cluster is not asked twice at once. */
  async #round(): Promise<void> {
    try {
      await this.#look();
    } catch (error) {
      this.#log.debug({ err: error }, 'the cluster could not be looked at');
    }
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => void this.#round(), SAMPLE_INTERVAL_MS);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const status = await this.#board.look();
    const urls = status.members.flatMap(({ state, clientUrls }) =>
      state === 'unreachable' ? [] : clientUrls.slice(0, 1),
    );
    const [readLatencyMs, ...texts] = await Promise.all([
      this.#probe(),
      ...urls.map((url) => this.#metricsOf(url)),
    ]);
    const metrics = texts.filter((text) => text !== undefined).map(readMetrics);
    const reading = { atMs: performance.now(), metrics };
    const sample = sampleOf(status, reading, this.#before, readLatencyMs);
    this.#before = reading;
    this.#newest = status;
    this.#samples.push(sample);
    if (this.#samples.length > SAMPLES_MAX) this.#samples.shift();
    if (status.revision !== undefined) {
      this.#moments.push({ atMs: Date.parse(status.at), revision: status.revision });
      if (this.#moments.length > SAMPLES_MAX) this.#moments.shift();
    }
    this.#events.emit('sampled', { sample, status });
  }

  async #probe(): Promise<number | undefined> {
    const startMs = performance.now();
    try {
      await this.#client.kv.get(PROBED_KEY, { timeout: SAMPLE_INTERVAL_MS });
      return performance.now() - startMs;
    } catch {
      return undefined;
    }
  }

  /** A member that listens for metrics elsewhere, or not at all, is charted without. */
  #metricsOf(clientUrl: string): Promise<string | undefined> {
    return new Promise((resolve) => {
      const url = new URL('/metrics', clientUrl);
      const options = { timeout: SAMPLE_INTERVAL_MS, ...this.#tls };
      const ask = url.protocol === 'https:' ? requestHttps : requestHttp;
      const asked = ask(url, options as object, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
          if (text.length > METRICS_BYTES_MAX) asked.destroy();
        });
        response.on('end', () => resolve(response.statusCode === 200 ? text : undefined));
        response.on('error', () => resolve(undefined));
      });
      asked.on('timeout', () => asked.destroy());
      asked.on('error', () => resolve(undefined));
      asked.on('close', () => resolve(undefined));
      asked.end();
    });
  }
}

function sampleOf(
  status: ClusterStatus,
  { atMs, metrics }: Reading,
  before: Reading | undefined,
  readLatencyMs: number | undefined,
): Sample {
  const most = (of: (member: MemberMetrics) => number): number => Math.max(0, ...metrics.map(of));
  const lags = status.members.map(({ lag }) => lag ?? 0);
  const sizes = status.members.map(({ databaseBytes }) => databaseBytes ?? 0);
  return {
    at: status.at,
    ...(before !== undefined && ratesOf(metrics, before.metrics, (atMs - before.atMs) / 1000)),
    ...(readLatencyMs !== undefined && { readLatencyMs }),
    ...(metrics.length > 0 && {
      watchers: metrics.reduce((sum, { watchers }) => sum + watchers, 0),
      keys: most(({ keys }) => keys),
      residentBytes: most(({ residentBytes }) => residentBytes),
    }),
    databaseBytes: Math.max(0, ...sizes),
    lagMax: Math.max(0, ...lags),
  };
}

/** Every member applies every write, and each answers reads of its own. */
function ratesOf(
  now: readonly MemberMetrics[],
  before: readonly MemberMetrics[],
  seconds: number,
): Partial<Sample> {
  // A member that came, went or was restarted: its counts say nothing of the time between.
  if (now.length !== before.length || now.length === 0) return {};
  const grown = (of: (member: MemberMetrics) => number): number[] =>
    now.map((member, at) => Math.max(0, of(member) - of(before[at]!)) / seconds);
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const slowest = (share: number): number | undefined => {
    const each = now.map(({ syncs }, at) => quantile(syncs, share, before[at]!.syncs));
    const known = each.filter((value) => value !== undefined);
    return known.length === 0 ? undefined : Math.max(...known) * 1000;
  };
  const [p50, p99] = [slowest(0.5), slowest(0.99)];
  return {
    readsPerSecond: sum(grown(({ reads }) => reads)),
    writesPerSecond: Math.max(...grown(({ writes }) => writes)),
    eventsPerSecond: sum(grown(({ events }) => events)),
    ...(p50 !== undefined && { syncLatencyP50Ms: p50 }),
    ...(p99 !== undefined && { syncLatencyP99Ms: p99 }),
  };
}
