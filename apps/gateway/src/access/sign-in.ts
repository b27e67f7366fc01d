/** How sessions begin and end: what `/v1/session` and `/v1/set-up` do. */
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Problem } from '../http/problem.ts';
import type { Log } from '../log.ts';
import type { Modes } from './access-mode.ts';
import type { Actor } from './actor.ts';
import type { ClusterIdentification } from './cluster-identity.ts';
import type { FirstAdministrator } from './first-administrator.ts';
import type { Identification } from './identification.ts';
import type { PasswordLogin } from './password-login.ts';
import type { PasswordWatch } from './password-watch.ts';
import type { KnownRequest } from './permission.ts';
import type { SessionCookie } from './session-cookie.ts';
import type { loginBody, SessionDocument, setUpBody } from './session-schemas.ts';
import type { SetUpOffer } from './set-up-offer.ts';
import type { Session, SessionFacts, Sessions } from './sessions.ts';

/** Guesses of the set-up token are counted as if it were the password of a user who cannot be. */
const SET_UP_USER = '\0set-up';

export interface SignInParts {
  readonly modes: Modes;
  readonly identity: ClusterIdentification;
  readonly identification: Identification;
  readonly passwords: PasswordLogin;
  readonly passwordWatch: PasswordWatch;
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
  readonly offer: SetUpOffer;
  readonly first: FirstAdministrator;
  readonly oidc: SessionDocument['oidc'];
  readonly log: Log;
}

export class SignIn {
  readonly #parts: SignInParts;

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  async document(request: KnownRequest): Promise<SessionDocument> {
    const actor = request.actor as Actor | undefined;
    return this.#document(actor, request.session);
  }

  /** @throws Problem */
  async byPassword(
    { user, password, as }: z.output<typeof loginBody>,
    request: KnownRequest,
    reply: FastifyReply,
  ): Promise<SessionDocument> {
    const { modes, passwords, passwordWatch } = this.#parts;
    const mode = await modes.current();
    if (mode !== 'secured') {
      throw new Problem('conflict', {
        detail:
          mode === 'development'
            ? 'nobody signs in in development mode: whoever is at this machine is the administrator'
            : 'the cluster has no users yet: POST /v1/set-up with the one-time token of the log',
      });
    }
    const token = await passwords.check(user, password, request.ip);
    const signedInAtMs = Date.now();
    await passwordWatch.add(user, token, signedInAtMs);
    return this.begin({ user, via: 'session', signedInAtMs }, as, request, reply);
  }

  /** Begins the session of somebody whose identity is established. */
  async begin(
    facts: SessionFacts,
    as: 'cookie' | 'token',
    request: KnownRequest,
    reply: FastifyReply,
  ): Promise<SessionDocument> {
    const { sessions, cookie, identification } = this.#parts;
    const { text, session } = await sessions.begin(facts);
    const actor = await identification.ofSession(session);
    if (as === 'token') return { ...(await this.#document(actor, session)), token: text };
    cookie.write(request, reply, text, session);
    return this.#document(actor, session);
  }

  async end(request: KnownRequest, reply: FastifyReply): Promise<void> {
    const { sessions, cookie } = this.#parts;
    const { session } = request;
    if (session !== undefined) await sessions.end(session);
    cookie.clear(request, reply);
  }

  /** @throws Problem */
  async setUp(
    { token, user, password }: z.output<typeof setUpBody>,
    request: KnownRequest,
    reply: FastifyReply,
  ): Promise<SessionDocument> {
    const { modes, passwords, offer, first, log } = this.#parts;
    if ((await modes.current()) !== 'set-up') {
      throw new Problem('conflict', { detail: 'there is nothing to set up: sign in instead' });
    }
    await passwords.checkGuess(SET_UP_USER, request.ip, () => offer.redeem(token), {
      detail: 'this is not the one-time token that is valid now: the log of a gateway shows it',
    });
    await first.create(user, password);
    log.info({ user }, 'the cluster has been set up');
    return this.begin({ user, via: 'session' }, 'cookie', request, reply);
  }

  async #document(actor: Actor | undefined, session?: Session): Promise<SessionDocument> {
    const { modes, identity, oidc } = this.#parts;
    return {
      mode: await modes.current(),
      ...(actor !== undefined && {
        actor: { name: actor.name, via: actor.via, isAdministrator: actor.isAdministrator },
      }),
      ...(session !== undefined && {
        csrfToken: session.csrfToken,
        expiresAt: new Date(session.expiresAtMs).toISOString(),
      }),
      ...(oidc !== undefined && { oidc }),
      cluster: await identity.current(),
    };
  }
}
