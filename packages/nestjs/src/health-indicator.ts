/** A health indicator for `@nestjs/terminus`. */
import type { Concord, Duration } from '@concord/sdk';

/** As `HealthIndicatorResult` of terminus, which is an optional peer. */
export type ConcordHealthResult = Record<
  string,
  { readonly status: 'up' | 'down' } & Record<string, unknown>
>;

export interface HealthOptions {
  readonly requireLive?: boolean;
  readonly timeout?: Duration;
}

/**
 * Up while the cluster answers. By default a cluster that is away does not make the application unhealthy, because it goes on
 * with the last known state; a liveness probe that failed then would restart every service at once.
 */
export class ConcordHealthIndicator {
  readonly #concord: Concord;

  constructor(concord: Concord) {
    this.#concord = concord;
  }

  /**
   * @param key - name in the report, `concord` by default
   * @param options.requireLive - down when the cluster does not answer; false by default
   * @param options.timeout - how long the cluster has for that; 2 s by default
   */
  async check(key = 'concord', options: HealthOptions = {}): Promise<ConcordHealthResult> {
    const { requireLive = false, timeout } = options;
    const report = await this.#concord.health(timeout === undefined ? {} : { timeout });
    const status = report.isLive || !requireLive ? 'up' : 'down';
    return { [key]: { status, ...report } };
  }
}
