/** A span of OpenTelemetry for each request, of the trace that the caller is in; nothing where no SDK is installed. */
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { SpanKind, SpanStatusCode, context, propagation, trace } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Observable, tap } from 'rxjs';

export class Tracing implements NestInterceptor {
  readonly #tracer = trace.getTracer('@concord/gateway');

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (execution.getType() !== 'http') return next.handle();
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const reply = execution.switchToHttp().getResponse<FastifyReply>();
    const route = request.routeOptions.url ?? request.url;
    const span = this.#tracer.startSpan(
      `${request.method} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: { 'http.request.method': request.method, 'http.route': route },
      },
      propagation.extract(context.active(), request.headers),
    );
    const within = trace.setSpan(context.active(), span);
    // The handler begins with the subscription: what it calls has to find the span then.
    return new Observable((subscriber) =>
      context.with(within, () => next.handle().subscribe(subscriber)),
    ).pipe(
      tap({
        error: (error: unknown) => {
          span.recordException(error as Error);
          span.setStatus({ code: SpanStatusCode.ERROR });
        },
        finalize: () => {
          span.setAttribute('http.response.status_code', reply.statusCode);
          span.end();
        },
      }),
    );
  }
}
