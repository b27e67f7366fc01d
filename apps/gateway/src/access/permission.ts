/** What an endpoint demands of who asks: declared at its handler, checked before it runs. */
import { SetMetadata, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { KeyRange } from '@concord/client';
import type { FastifyRequest } from 'fastify';
import type { Actor, Verb } from './actor.ts';
import type { Session } from './sessions.ts';

/** The parameters of a request's path. */
export type PathParameters = Readonly<Record<string, string>>;

/** One of these stands at every handler: an endpoint without one is refused to everybody. */
export type Demand =
  | { readonly kind: 'public' }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'administrator' }
  | {
      readonly kind: 'keys';
      readonly verb: Verb;
      readonly range: (path: PathParameters) => KeyRange;
    };

export const DEMAND = 'concord.gateway.demand';

const demand = (value: Demand): MethodDecorator & ClassDecorator => SetMetadata(DEMAND, value);

/** Anybody may ask, signed in or not. */
export const Public = () => demand({ kind: 'public' });

/** Whoever is signed in; the handler itself asks `actor.may` about what it shows. */
export const SignedIn = () => demand({ kind: 'signed-in' });

/** Only who has the role `root`. */
export const Administrator = () => demand({ kind: 'administrator' });

/** Whose roles cover the keys that the request is about. */
export const MayRead = (range: (path: PathParameters) => KeyRange) =>
  demand({ kind: 'keys', verb: 'read', range });
export const MayWrite = (range: (path: PathParameters) => KeyRange) =>
  demand({ kind: 'keys', verb: 'write', range });

/** A request once the guard has seen who asks. */
export interface KnownRequest extends FastifyRequest {
  actor: Actor;
  /** Where the actor has a session, by cookie or by header. */
  session?: Session;
}

/** Hands the handler who asks. */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor =>
    context.switchToHttp().getRequest<KnownRequest>().actor,
);
