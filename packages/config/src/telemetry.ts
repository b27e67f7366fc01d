/** What OpenTelemetry is told: releases by what became of them, and a span for each application. */
import { metrics, trace, type Counter } from '@opentelemetry/api';
import { spanFailed } from '@concord/client';

const SCOPE = '@concord/config';

export type ReleaseState = 'applied' | 'rejected';

export class Telemetry {
  /** Releases that came to this process. */
  readonly #releases: Counter = metrics.getMeter(SCOPE).createCounter('concord.config.release', {
    description: 'Releases of configuration that were applied or rejected here',
  });

  release(item: string, track: string, state: ReleaseState): void {
    this.#releases.add(1, {
      'concord.config.item': item,
      'concord.config.track': track,
      'concord.config.state': state,
    });
  }

  /** Runs `work` in the span of an application. */
  async apply<T>(item: string, release: number, track: string, work: () => Promise<T>): Promise<T> {
    const attributes = {
      'concord.config.item': item,
      'concord.config.release': release,
      'concord.config.track': track,
    };
    return trace
      .getTracer(SCOPE)
      .startActiveSpan('concord.config.apply', { attributes }, async (span) => {
        try {
          return await work();
        } catch (error) {
          spanFailed(span, error);
          throw error;
        } finally {
          span.end();
        }
      });
  }
}
