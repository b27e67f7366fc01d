/** What OpenTelemetry is told, by its API alone: nothing happens in a process that has none set up. */
import { metrics, trace, type Counter, type Histogram, type Tracer } from '@opentelemetry/api';
import { errorType, spanFailed } from '@concord/client';

/** What kind of lock: the attribute `concord.lock.kind` of every measurement. Names are on spans alone, they can be many. */
export type LockKind = 'mutex' | 'read' | 'write' | 'semaphore' | 'all' | 'election';

const SCOPE = '@concord/lock';

export class Telemetry {
  readonly #wait: Histogram;
  readonly #held: Histogram;
  readonly #lost: Counter;
  readonly #tracer: Tracer;

  constructor() {
    const meter = metrics.getMeter(SCOPE);
    this.#wait = meter.createHistogram('concord.lock.wait', {
      unit: 'ms',
      description: 'From asking for a lock to having it, or giving up',
    });
    this.#held = meter.createHistogram('concord.lock.held', {
      unit: 'ms',
      description: 'From having a lock to releasing or losing it',
    });
    this.#lost = meter.createCounter('concord.lock.lost', {
      description: 'Locks lost while they were held',
    });
    this.#tracer = trace.getTracer(SCOPE);
  }

  /** Measures an acquisition, in a span of its own. */
  acquire<R>(kind: LockKind, name: string, body: () => Promise<R>): Promise<R> {
    const attributes = { 'concord.lock.kind': kind, 'concord.lock.name': name };
    return this.#tracer.startActiveSpan('concord.lock acquire', { attributes }, async (span) => {
      const startMs = performance.now();
      let outcome = 'acquired';
      try {
        return await body();
      } catch (error) {
        outcome = errorType(error);
        // Not to wait any longer is a decision, not a failure.
        const isDecision = outcome === 'NOT_ACQUIRED' || outcome === 'ABORTED';
        if (!isDecision) spanFailed(span, error);
        throw error;
      } finally {
        span.setAttribute('concord.lock.outcome', outcome);
        span.end();
        this.#wait.record(performance.now() - startMs, {
          'concord.lock.kind': kind,
          'concord.lock.outcome': outcome,
        });
      }
    });
  }

  /** A hold ended. */
  held(kind: LockKind, heldMs: number, end: 'released' | 'lost'): void {
    this.#held.record(heldMs, { 'concord.lock.kind': kind, 'concord.lock.end': end });
    if (end === 'lost') this.#lost.add(1, { 'concord.lock.kind': kind });
  }
}
