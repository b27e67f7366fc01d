/** Who asks, and what of the cluster that person or program may read and write. */
import { describeRange, type KeyRange } from '@concord/client';
import { Problem } from '../http/problem.ts';

export type Verb = 'read' | 'write';

/** How the gateway knows who asks: `development` is anybody, on this machine only. */
export type ActorOrigin = 'development' | 'session' | 'token' | 'oidc';

export interface Actor {
  /** The user's name in the cluster, for the audit. */
  readonly name: string;
  readonly via: ActorOrigin;
  /** The id of the API token, where one was shown: it may do less than its owner. */
  readonly token?: string;
  /** Has etcd's role `root`: may manage members, users and tokens. */
  readonly isAdministrator: boolean;
  /** Whether the roles of the user cover the whole of `range`. */
  may(verb: Verb, range: KeyRange): boolean;
  /** Whether the roles of the user cover any key of `range`. */
  mayWithin(verb: Verb, range: KeyRange): boolean;
}

/** The actor of development mode: anybody at this machine. */
export const developer: Actor = {
  name: 'developer',
  via: 'development',
  isAdministrator: true,
  may: () => true,
  mayWithin: () => true,
};

/** @throws Problem `forbidden` */
export function assertMay(actor: Actor, verb: Verb, range: KeyRange): void {
  if (actor.may(verb, range)) return;
  throw new Problem('forbidden', {
    detail: `the roles of ${actor.name} do not let them ${verb} ${describeRange(range)}`,
  });
}
