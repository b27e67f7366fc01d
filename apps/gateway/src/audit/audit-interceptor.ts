/** Stands around every handler, and records what it did where that is of interest later. */
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { catchError, finalize, Observable, tap, throwError } from 'rxjs';
import type { KnownRequest } from '../access/permission.ts';
import { problemOf } from '../http/problem-of.ts';
import { bounded, presentable, type AuditRecord } from './audit-record.ts';
import { inAuditScope, type AuditFacts } from './audit-scope.ts';
import type { AuditTrail } from './audit-trail.ts';
import { AUDITED } from './audited.ts';

const READS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

export class AuditInterceptor implements NestInterceptor {
  readonly #reflector: Reflector;
  readonly #trail: AuditTrail;

  constructor(reflector: Reflector, trail: AuditTrail) {
    this.#reflector = reflector;
    this.#trail = trail;
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<KnownRequest>();
    const wanted = this.#reflector.get<boolean | undefined>(AUDITED, context.getHandler());
    if (wanted === false) return next.handle();
    const isRead = READS.includes(request.method);
    const isOfInterest = wanted ?? !isRead;
    const action = context.getHandler().name;
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    // The handler runs when somebody subscribes: then, and not now, has the scope to be there.
    return new Observable((subscriber) =>
      inAuditScope((told) => {
        let status: number | undefined;
        return next
          .handle()
          .pipe(
            tap({
              next: () => {
                const isSensitive = isRead && (isOfInterest || told().isSensitive === true);
                if (isSensitive && !reply.sent) void reply.header('cache-control', 'no-store');
              },
              complete: () => (status = reply.statusCode),
            }),
            catchError((error: unknown) => {
              ({ status } = problemOf(error));
              return throwError(() => error);
            }),
            finalize(() => {
              const facts = told();
              if (!isOfInterest && facts.isSensitive !== true) return;
              this.#trail.add(auditedRequest(request, action, status ?? 499, facts));
            }),
          )
          .subscribe(subscriber);
      }),
    );
  }
}

/** What is recorded of a request, however far it has come. */
export function auditedRequest(
  request: KnownRequest,
  action: string,
  status: number,
  facts: AuditFacts = {},
): Omit<AuditRecord, 'id' | 'at'> {
  const actor = request.actor as KnownRequest['actor'] | undefined;
  const userAgent = request.headers['user-agent'];
  const [before, after] = [presentable(facts.before), presentable(facts.after)];
  return {
    actor: bounded(facts.actor ?? actor?.name ?? '-'),
    via: actor?.via ?? '-',
    source: {
      address: request.ip,
      ...(userAgent !== undefined && { userAgent: bounded(userAgent) }),
    },
    action,
    subject: bounded(facts.subject ?? subjectOf(request)),
    outcome: status < 400 ? 'done' : status < 500 ? 'refused' : 'failed',
    status,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    requestId: request.id,
  };
}

/** Where the handler has named no subject: the parameters of the path, in their order. */
const subjectOf = (request: KnownRequest): string =>
  Object.values((request.params ?? {}) as Record<string, string>).join(' ');
