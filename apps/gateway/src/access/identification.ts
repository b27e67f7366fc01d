/** Finds out who sent a request: by a session's cookie, by a session or an API token in `Authorization`, or by the mode. */
import type { KeyRange } from '@concord/client';
import type { FastifyReply } from 'fastify';
import { Problem } from '../http/problem.ts';
import type { Modes } from './access-mode.ts';
import { developer, type Actor, type Verb } from './actor.ts';
import type { ApiTokens, TokenRecord, TokenScope } from './api-tokens.ts';
import type { ClusterUsers } from './cluster-users.ts';
import { intervalOf, KeyIntervals } from './key-intervals.ts';
import type { KnownRequest } from './permission.ts';
import type { Rights } from './rights.ts';
import type { SessionCookie } from './session-cookie.ts';
import type { Session, Sessions } from './sessions.ts';

const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
/** Constant, so that it can be documented: what writes by cookie have to show. */
export const CSRF_HEADER = 'x-concord-csrf';

export interface IdentificationParts {
  readonly modes: Modes;
  readonly users: ClusterUsers;
  readonly sessions: Sessions;
  readonly tokens: ApiTokens;
  readonly cookie: SessionCookie;
}

export class Identification {
  readonly #parts: IdentificationParts;

  constructor(parts: IdentificationParts) {
    this.#parts = parts;
  }

  /**
   * Who asks; `undefined` for somebody who shows nothing, or a session that is over.
   *
   * @throws Problem `unauthenticated` for a token that is worth nothing, `forbidden` for a write by cookie alone
   */
  async actorOf(request: KnownRequest, reply?: FastifyReply): Promise<Actor | undefined> {
    const { modes, sessions, cookie } = this.#parts;
    if ((await modes.current()) === 'development') return developer;
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.#ofHeader(authorization, request);
    const text = cookie.read(request);
    if (text === undefined) return undefined;
    const session = await sessions.find(text);
    if (session === undefined) return undefined;
    const actor = await this.ofSession(session);
    if (actor === undefined) return undefined;
    if (!SAFE.includes(request.method) && request.headers[CSRF_HEADER] !== session.csrfToken) {
      throw new Problem('forbidden', {
        detail: `a write by cookie needs the header ${CSRF_HEADER}: GET /v1/session tells it as csrfToken`,
      });
    }
    request.session = session;
    if (reply !== undefined && sessions.isDue(session)) {
      const renewed = await sessions.renew(session);
      if (renewed !== undefined) cookie.write(request, reply, renewed.text, renewed.session);
    }
    return actor;
  }

  /** Who sent a request that was let in before; `undefined` where the session, the token or the user is gone. */
  async actorStill({ session, actor }: KnownRequest): Promise<Actor | undefined> {
    const { modes, sessions, tokens } = this.#parts;
    if ((await modes.current()) === 'development') return developer;
    if (session !== undefined)
      return sessions.isEnded(session) ? undefined : this.ofSession(session);
    const record = actor.token === undefined ? undefined : tokens.get(actor.token);
    return record === undefined || tokens.isExpired(record) ? undefined : this.ofToken(record);
  }

  /** Whose session or API token `text` is; for calls that come without HTTP's headers, too. */
  async ofBearer(text: string): Promise<Actor | undefined> {
    const { modes, sessions, tokens } = this.#parts;
    if ((await modes.current()) === 'development') return developer;
    if (text.startsWith('concord_')) {
      const record = tokens.find(text);
      return record && this.ofToken(record);
    }
    const session = await sessions.find(text);
    return session && this.ofSession(session);
  }

  /** `undefined` where the user is no more. */
  async ofSession(session: Session): Promise<Actor | undefined> {
    const rights = await this.#rightsOf(session.user, session.roles);
    return rights && actor(session.user, session.via, rights);
  }

  async ofToken(record: TokenRecord): Promise<Actor | undefined> {
    const rights = await this.#rightsOf(record.owner, record.ownerRoles);
    return (
      rights && {
        ...actor(record.owner, 'token', narrowed(rights, record.scope)),
        token: record.id,
      }
    );
  }

  async #rightsOf(user: string, roles: readonly string[] | undefined): Promise<Rights | undefined> {
    const { users } = this.#parts;
    return roles === undefined ? users.rightsOf(user) : users.rightsOfRoles(roles);
  }

  async #ofHeader(authorization: string, request: KnownRequest): Promise<Actor> {
    const [, text = ''] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
    if (text.startsWith('concord_')) {
      const found = await this.ofBearer(text);
      if (found !== undefined) return found;
    } else if (text !== '') {
      const session = await this.#parts.sessions.find(text);
      const found = session && (await this.ofSession(session));
      if (session !== undefined && found !== undefined) {
        request.session = session;
        return found;
      }
    }
    throw new Problem('unauthenticated', {
      detail:
        'the Authorization header is no Bearer token that is good here: it may have been revoked, or be over',
      headers: { 'www-authenticate': 'Bearer realm="concord", error="invalid_token"' },
    });
  }
}

type Powers = Pick<Rights, 'isAdministrator' | 'may' | 'mayWithin'>;

const actor = (name: string, via: Actor['via'], powers: Powers): Actor => ({
  name,
  via,
  isAdministrator: powers.isAdministrator,
  may: (verb, range) => powers.may(verb, range),
  mayWithin: (verb, range) => powers.mayWithin(verb, range),
});

/** What of `rights` a token may use: never more than its owner may. */
export function narrowed(rights: Powers, { verbs, prefixes, services }: TokenScope): Powers {
  const isWhole = prefixes === undefined && services === undefined;
  const within = new KeyIntervals(
    [...(prefixes ?? []), ...(services ?? []).flatMap(prefixesOfService)].map((prefix) =>
      intervalOf({ prefix }),
    ),
  );
  const allows = (verb: Verb, range: KeyRange): boolean =>
    verbs.includes(verb) && (isWhole || within.covers(intervalOf(range)));
  const allowed = (range: KeyRange): readonly KeyRange[] =>
    isWhole ? [range] : within.within(intervalOf(range));
  return {
    isAdministrator: rights.isAdministrator && isWhole && verbs.includes('administer'),
    may: (verb, range) => allows(verb, range) && rights.may(verb, range),
    mayWithin: (verb, range) =>
      verbs.includes(verb) && allowed(range).some((piece) => rights.mayWithin(verb, piece)),
  };
}

/** Of the table in `packages/sdk/DESIGN.md`, and of this program's own. */
const prefixesOfService = (service: string): readonly string[] => [
  `/concord/registry/instances/${service}/`,
  `/concord/registry/overrides/${service}/`,
  `/concord/registry/observers/${service}/`,
  `/concord/gateway/health-checks/${service}/`,
];
