/** What the gateway counts about itself, in Prometheus' terms. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { FastifyInstance } from 'fastify';

/** From what a cache answers to what a slow cluster takes. */
const LATENCY_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export class GatewayMetrics {
  readonly registry = new Registry();
  readonly #durations = new Histogram({
    name: 'concord_gateway_request_duration_seconds',
    help: 'Time from the request to the end of the answer; streams are not in it.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: LATENCY_SECONDS,
    registers: [this.registry],
  });
  readonly #problems = new Counter({
    name: 'concord_gateway_problems_total',
    help: 'Answers that were problem documents, by their status.',
    labelNames: ['status'] as const,
    registers: [this.registry],
  });
  readonly #inFlight = new Gauge({
    name: 'concord_gateway_requests_in_flight',
    help: 'Requests that are being answered, streams among them.',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Counts every request of `server`, those that no handler is there for too. */
  watch(server: FastifyInstance): void {
    server.addHook('onRequest', (_request, _reply, next) => {
      this.#inFlight.inc();
      next();
    });
    server.addHook('onResponse', (request, reply, next) => {
      this.#inFlight.dec();
      const status = String(reply.statusCode);
      if (reply.statusCode >= 400) this.#problems.inc({ status });
      const isStream = String(reply.getHeader('content-type')).startsWith('text/event-stream');
      if (!isStream) {
        // The route and not the path: one series a handler, however many things there are.
        const route = request.routeOptions.url ?? 'none';
        this.#durations.observe(
          { method: request.method, route, status },
          reply.elapsedTime / 1000,
        );
      }
      next();
    });
  }
}
