/**
 * `GET /metrics`: etcd's metric names, so that its dashboards and alert rules work unchanged. Everything is read
 * at the scrape from numbers that the member keeps anyway; one file of this folder for each part of the member.
 */
import { Registry, collectDefaultMetrics, type Metric } from 'prom-client';
import type { Endpoint } from '../http/router.ts';
import type { Family } from './family.ts';

export class Metrics {
  readonly #registry = new Registry();

  /** Throws where two have one name. */
  constructor(families: readonly Family[], others: readonly Metric[] = []) {
    collectDefaultMetrics({ register: this.#registry });
    for (const metric of others) this.#registry.registerMetric(metric);
    // The registry calls `get` and reads `name`, and nothing else of a metric.
    for (const family of families) this.#registry.registerMetric(family as unknown as Metric);
  }

  readonly endpoint: Endpoint = async () => ({
    status: 200,
    contentType: this.#registry.contentType,
    body: inOrder(await this.#registry.metrics()),
  });
}

/** By name, and without those of which there is nothing to tell yet, as Go's library does. */
const inOrder = (text: string): string =>
  text
    .split('\n\n')
    .filter((family) => /^[^#]/m.test(family))
    .toSorted()
    .map((family) => `${family.trimEnd()}\n`)
    .join('');
