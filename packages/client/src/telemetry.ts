/**
 * What OpenTelemetry hears, through its API alone: nothing happens unless the application has set up an SDK, which it
 * does before it connects. Keys and values are never told.
 */
import {
  metrics,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Counter,
  type Histogram,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { ConcordError } from './errors.ts';

const SCOPE = '@concord/client';

/** What measurements call an error: its code, `unknown` where it has none. */
export function errorType(error: unknown): string {
  return ConcordError.is(error) ? error.code : 'unknown';
}

/** Says of a span that what it is about failed, and how. Not in the error's own words, which may name keys. */
export function spanFailed(span: Span, error: unknown): void {
  const type = errorType(error);
  span.setStatus({ code: SpanStatusCode.ERROR, message: type });
  span.setAttribute('error.type', type);
  if (ConcordError.is(error)) span.setAttribute('concord.outcome', error.outcome);
}

export class Telemetry {
  readonly #tracer: Tracer = trace.getTracer(SCOPE);
  readonly #callDuration: Histogram;
  readonly #retries: Counter;
  readonly #watchLag: Histogram;
  readonly #interruptions: Counter;
  readonly #resyncs: Counter;
  readonly #sessionRemaining: Histogram;
  readonly #renewalDuration: Histogram;
  readonly #sessionsLost: Counter;

  constructor() {
    const meter = metrics.getMeter(SCOPE);
    this.#callDuration = meter.createHistogram('concord.client.call.duration', {
      unit: 's',
      description: 'How long calls take, retries included',
    });
    this.#retries = meter.createCounter('concord.client.call.retries', {
      description: 'Attempts after the first',
    });
    this.#watchLag = meter.createHistogram('concord.client.watch.lag', {
      unit: '{revision}',
      description: 'How many revisions the member was ahead of what it told a watch',
    });
    this.#interruptions = meter.createCounter('concord.client.watch.interruptions', {
      description: 'Breaks of the stream of watches',
    });
    this.#resyncs = meter.createCounter('concord.client.mirror.resyncs', {
      description: 'Mirrors that had to list again',
    });
    this.#sessionRemaining = meter.createHistogram('concord.client.session.remaining', {
      unit: 's',
      description: 'What was left of a lease when it was renewed',
    });
    this.#renewalDuration = meter.createHistogram('concord.client.session.renewal.duration', {
      unit: 's',
      description: 'How long the renewal of a lease takes',
    });
    this.#sessionsLost = meter.createCounter('concord.client.session.lost', {
      description: 'Sessions that were lost',
    });
  }

  /** A call begins. */
  startCall(operation: string): Span {
    return this.#tracer.startSpan(`concord.client.${operation}`, {
      kind: SpanKind.CLIENT,
      attributes: { 'rpc.system': 'grpc', 'concord.operation': operation },
    });
  }

  /** A call has ended. `error`: it failed. */
  endCall(
    span: Span,
    operation: string,
    durationMs: number,
    attempts: number,
    error?: unknown,
  ): void {
    const attributes: Attributes = { 'concord.operation': operation };
    if (error !== undefined) {
      attributes['error.type'] = errorType(error);
      spanFailed(span, error);
    }
    this.#callDuration.record(durationMs / 1000, attributes);
    if (attempts > 1) {
      span.setAttribute('concord.attempts', attempts);
      this.#retries.add(attempts - 1, { 'concord.operation': operation });
    }
    span.end();
  }

  /** A watch was told something by a member that was `revisions` ahead of it. */
  watchLag(revisions: number): void {
    this.#watchLag.record(revisions);
  }

  watchInterrupted(): void {
    this.#interruptions.add(1);
  }

  resynced(reason: string): void {
    this.#resyncs.add(1, { 'concord.reason': reason });
  }

  renewed(remainingMs: number, rttMs: number): void {
    this.#sessionRemaining.record(remainingMs / 1000);
    this.#renewalDuration.record(rttMs / 1000);
  }

  sessionLost(cause: string): void {
    this.#sessionsLost.add(1, { 'concord.cause': cause });
  }
}
