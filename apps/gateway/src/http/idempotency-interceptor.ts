/** Stands around writes that come with an `Idempotency-Key`. */
import {
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { KnownRequest } from '../access/permission.ts';
import type { Idempotency, KeptAnswer } from './idempotency.ts';
import { problemOf } from './problem-of.ts';
import { Problem } from './problem.ts';

const NOT_KEPT = 'concord.gateway.answer-not-kept';
const METHODS: readonly string[] = ['POST', 'PUT', 'PATCH'];
const KEY = /^[\x21-\x7e]{1,255}$/;
/** Of an answer's headers, those that say something of what was done. */
const KEPT_HEADERS = ['etag', 'location', 'x-concord-index'];

/** A write whose answer holds a secret, which must not lie in the cluster; its key counts for nothing. */
export const AnswerNotKept = (): MethodDecorator => SetMetadata(NOT_KEPT, true);

export class IdempotencyInterceptor implements NestInterceptor {
  readonly #reflector: Reflector;
  readonly #idempotency: Idempotency;

  constructor(reflector: Reflector, idempotency: Idempotency) {
    this.#reflector = reflector;
    this.#idempotency = idempotency;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<KnownRequest>();
    const given = request.headers['idempotency-key'];
    const isKept =
      this.#reflector.get<boolean | undefined>(NOT_KEPT, context.getHandler()) !== true;
    if (given === undefined || !isKept || !METHODS.includes(request.method)) return next.handle();
    if (typeof given !== 'string' || !KEY.test(given)) throw unreadable();
    return from(this.#once(given, request, context.switchToHttp().getResponse(), next));
  }

  async #once(
    given: string,
    request: KnownRequest,
    reply: FastifyReply,
    next: CallHandler,
  ): Promise<unknown> {
    const actor = request.actor as KnownRequest['actor'] | undefined;
    const asked = `${request.method} ${request.url}\n${JSON.stringify(request.body) as string | undefined}`;
    const claim = await this.#idempotency.claim(actor?.name ?? request.ip, given, asked);
    if (claim.kind === 'answered') return replay(claim.answer, reply);
    let body: unknown;
    try {
      body = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      // What may have been done must not be done again; nobody knows better than the record, which ends by itself.
      if (problemOf(error).details.outcome !== 'unknown')
        await this.#idempotency.release(claim.place).catch(() => undefined);
      throw error;
    }
    const headers = KEPT_HEADERS.flatMap((name) => {
      const value = reply.getHeader(name);
      return value === undefined ? [] : [[name, String(value)]];
    });
    const answer = {
      status: reply.statusCode,
      headers: Object.fromEntries(headers) as Record<string, string>,
      body,
    };
    // The work is done and has to be answered, whether or not the answer can be kept.
    await this.#idempotency.keep(claim.place, answer).catch(() => undefined);
    return body;
  }
}

function replay({ status, headers, body }: KeptAnswer, reply: FastifyReply): unknown {
  void reply.status(status).headers({ ...headers, 'idempotency-replayed': 'true' });
  return body;
}

function unreadable(): Problem {
  const [field, message] = ['header.idempotency-key', 'must be 1 to 255 printable characters'];
  return new Problem('invalid-request', {
    detail: `${field}: ${message}`,
    errors: [{ field, message }],
  });
}
