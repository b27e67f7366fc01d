/** A health indicator for `@nestjs/terminus`. */
import type { Concord } from '@concord/sdk';

/** As `HealthIndicatorResult` of terminus, which is an optional peer. */
export type ConcordHealthResult = Record<
  string,
  { readonly status: 'up' | 'down' } & Record<string, unknown>
>;

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
   * @param requireLive - down when the cluster does not answer; false by default
   */
  async check(
    key = 'concord',
    { requireLive = false }: { readonly requireLive?: boolean } = {},
  ): Promise<ConcordHealthResult> {
    const report = await this.#concord.health();
    const status = report.isLive || !requireLive ? 'up' : 'down';
    return { [key]: { status, ...report } };
  }
}
