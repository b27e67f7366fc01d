/** Stands before every endpoint: finds out who asks, and whether that is enough for what the endpoint demands. */
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { auditedRequest } from '../audit/audit-interceptor.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { Problem } from '../http/problem.ts';
import { rateHeaders, type RateLimit } from '../http/rate-limit.ts';
import type { OpenRequests } from './open-requests.ts';
import { assertMay, type Actor } from './actor.ts';
import { DEMAND, type Demand, type KnownRequest, type PathParameters } from './permission.ts';

/** Finds who sent a request; `undefined` for somebody who is not signed in. */
interface Finder {
  actorOf(request: KnownRequest, reply: FastifyReply): Promise<Actor | undefined>;
  /** Who sent a request that has been let in before: its session may have run out meanwhile, and only ended ones count. */
  actorStill(request: KnownRequest): Promise<Actor | undefined>;
}

export class AccessGuard implements CanActivate {
  readonly #reflector: Reflector;
  readonly #identification: Finder;
  readonly #rateLimit: RateLimit;
  readonly #openRequests: OpenRequests;
  readonly #trail: Pick<AuditTrail, 'add'>;

  constructor(
    reflector: Reflector,
    identification: Finder,
    rateLimit: RateLimit,
    openRequests: OpenRequests,
    trail: Pick<AuditTrail, 'add'>,
  ) {
    this.#reflector = reflector;
    this.#identification = identification;
    this.#rateLimit = rateLimit;
    this.#openRequests = openRequests;
    this.#trail = trail;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const demand = this.#reflector.getAllAndOverride<Demand | undefined>(DEMAND, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (demand === undefined) {
      throw new Problem('forbidden', { detail: 'this endpoint says nothing of who may call it' });
    }
    const request = context.switchToHttp().getRequest<KnownRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    if (demand.kind === 'public') {
      // Nobody is turned away from here: not by an old cookie, and not because the cluster cannot say who it is.
      const actor = await this.#identification.actorOf(request, reply).catch(() => undefined);
      if (actor !== undefined) request.actor = actor;
      this.#assertPace(actor, request, reply);
      return true;
    }
    const actor = await this.#identification.actorOf(request, reply);
    this.#assertPace(actor, request, reply);
    if (actor !== undefined) request.actor = actor;
    if (actor === undefined) {
      throw new Problem('unauthenticated', {
        detail: 'this needs a session or a token: sign in with POST /v1/session',
        headers: { 'www-authenticate': 'Bearer realm="concord"' },
      });
    }
    try {
      assertEnough(demand, actor, request.params as PathParameters);
    } catch (error) {
      // A handler that does not run is not recorded by what stands around it.
      if (request.method !== 'GET')
        this.#trail.add(auditedRequest(request, context.getHandler().name, 403));
      throw error;
    }
    if (request.method === 'GET' && actor.via !== 'development') {
      this.#openRequests.add({
        request,
        reply,
        isAllowed: async () => {
          const now = await this.#identification.actorStill(request);
          if (now === undefined) return false;
          assertEnough(demand, now, request.params as PathParameters);
          return true;
        },
      });
    }
    return true;
  }

  /** @throws Problem `too-many-requests` */
  #assertPace(actor: Actor | undefined, request: KnownRequest, reply: FastifyReply): void {
    const limit = this.#rateLimit;
    if (!limit.isOn) return;
    const caller =
      actor === undefined
        ? `address ${request.ip}`
        : `actor ${actor.name} ${actor.token ?? actor.via}`;
    const verdict = limit.take(caller);
    void reply.headers(rateHeaders(limit.limits, verdict));
    if (verdict.isAllowed) return;
    throw new Problem('too-many-requests', {
      detail: `more than ${limit.limits.perSecond} requests a second: ask again in ${verdict.waitSeconds} s`,
      headers: { 'retry-after': String(verdict.waitSeconds) },
    });
  }
}

function assertEnough(demand: Demand, actor: Actor, path: PathParameters): void {
  switch (demand.kind) {
    case 'public':
    case 'signed-in':
      return;
    case 'administrator':
      if (actor.isAdministrator) return;
      throw new Problem('forbidden', { detail: `${actor.name} does not have the role "root"` });
    case 'keys':
      assertMay(actor, demand.verb, demand.range(path));
  }
}
