/** A line for each answer: what was asked, by whom, and how it went. Queries, bodies and headers stay out of it. */
import type { FastifyInstance } from 'fastify';
import type { KnownRequest } from '../access/permission.ts';
import type { Log } from '../log.ts';

export function logRequests(server: FastifyInstance, log: Log): void {
  server.addHook('onResponse', (request, reply, next) => {
    const level = reply.statusCode >= 500 ? 'warn' : reply.statusCode >= 400 ? 'info' : 'debug';
    if (log.isLevelEnabled(level)) {
      const actor = (request as KnownRequest).actor as KnownRequest['actor'] | undefined;
      log[level](
        {
          requestId: request.id,
          method: request.method,
          // The route where there is one: paths hold keys, which may be personal.
          route: request.routeOptions.url ?? request.url.split('?')[0],
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime * 10) / 10,
          actor: actor?.name,
          address: request.ip,
        },
        'answered',
      );
    }
    next();
  });
}
