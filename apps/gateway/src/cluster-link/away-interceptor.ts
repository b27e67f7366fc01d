/** Around every handler: the circuit, and what was last known in place of an answer that the cluster owes. */
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { KnownRequest } from '../access/permission.ts';
import { Problem } from '../http/problem.ts';
import { FROM_MEMORY } from './answers-from-memory.ts';
import { isAway, type ClusterCircuit } from './cluster-circuit.ts';
import type { LastKnown } from './last-known.ts';

/** Says how many seconds old an answer is that could not be made anew. */
const STALE_HEADER = 'concord-stale';

export class AwayInterceptor implements NestInterceptor {
  readonly #reflector: Reflector;
  readonly #circuit: ClusterCircuit;
  readonly #lastKnown: LastKnown;

  constructor(reflector: Reflector, circuit: ClusterCircuit, lastKnown: LastKnown) {
    this.#reflector = reflector;
    this.#circuit = circuit;
    this.#lastKnown = lastKnown;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const marks = [context.getHandler(), context.getClass()];
    const fromMemory = this.#reflector.getAllAndOverride<boolean | undefined>(FROM_MEMORY, marks);
    const { method } = context.switchToHttp().getRequest<KnownRequest>();
    // What a controller holds in memory answers its reads; its writes go to the cluster like all others.
    if (fromMemory === true && method === 'GET') return next.handle();
    return from(this.#answer(context, next));
  }

  async #answer(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const request = context.switchToHttp().getRequest<KnownRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const handle = (): Promise<unknown> =>
      lastValueFrom(next.handle(), { defaultValue: undefined });
    const isRead = request.method === 'GET';
    const key = isRead ? `${nameOf(request)} ${request.url}` : '';
    try {
      const body = await this.#circuit.ask(handle);
      if (isRead && body !== undefined && reply.statusCode === 200 && mayBeKept(reply)) {
        const etag = reply.getHeader('etag');
        this.#lastKnown.keep(key, { body, etag: etag as string | undefined, atMs: Date.now() });
      }
      return body;
    } catch (error) {
      const known = isRead && tellsOfAbsence(error) ? this.#lastKnown.get(key) : undefined;
      if (known === undefined) throw error;
      void reply.header(STALE_HEADER, Math.round((Date.now() - known.atMs) / 1000));
      if (known.etag !== undefined) void reply.header('etag', known.etag);
      return marked(known.body);
    }
  }
}

/** Whoever was asked for a public page has no name. A token may see less than its owner. */
function nameOf(request: KnownRequest): string {
  const actor = request.actor as KnownRequest['actor'] | undefined;
  return actor === undefined ? '' : `${actor.name} ${actor.token ?? ''}`;
}

/** A secret that was shown in clear is shown again only when the cluster says that it may be. */
const mayBeKept = (reply: FastifyReply): boolean =>
  !String(reply.getHeader('cache-control')).includes('no-store');

const tellsOfAbsence = (error: unknown): boolean =>
  isAway(error) || (error instanceof Problem && error.kind === 'cluster-away');

const marked = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && !Array.isArray(body)
    ? { ...body, stale: true }
    : body;
