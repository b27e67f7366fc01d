/**
 * Sessions are signed texts that any gateway can check: short, renewed while they are used, and never longer than a
 * working day. What ends one before its time (signing out, another password) is a key in the cluster that every
 * gateway watches.
 */
import { randomBytes } from 'node:crypto';
import { op, type Client, type Mirror } from '@concord/client';
import { decodeProtectedHeader, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { z } from 'zod';
import type { SigningKeys } from './signing-keys.ts';

export const ENDED_SESSIONS_PREFIX = '/concord/gateway/ended-sessions/';
const ISSUER = 'concord-gateway';
const ALGORITHM = 'HS256';
/** A text that was stolen is worth so long at most, unless it is used. */
export const SESSION_MS = 15 * 60_000;
/** Whatever it is used for, somebody signs in again after so long. */
export const SESSION_MS_MAX = 12 * 3_600_000;
/** Clocks of gateways may be apart. */
const CLOCK_SECONDS = 60;
const ID_BYTES = 16;

export interface SessionFacts {
  readonly user: string;
  readonly via: 'session' | 'oidc';
  /** Roles that came with the sign-in, for somebody who is no user of the cluster. */
  readonly roles?: readonly string[] | undefined;
  /** When the password was good. Default: now. */
  readonly signedInAtMs?: number;
}

export interface Session extends SessionFacts {
  readonly id: string;
  /** What writes have to show besides the cookie. */
  readonly csrfToken: string;
  readonly signedInAtMs: number;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

const claimsSchema = z.object({
  sub: z.string(),
  jti: z.string(),
  via: z.enum(['session', 'oidc']),
  roles: z.array(z.string()).optional(),
  csrf: z.string(),
  auth_time: z.number(),
  iat: z.number(),
  exp: z.number(),
});

export class Sessions {
  readonly #client: Client;
  readonly #keys: SigningKeys;
  readonly #ended: Mirror;
  readonly #nowMs: () => number;

  constructor(client: Client, keys: SigningKeys, nowMs: () => number = Date.now) {
    this.#client = client;
    this.#keys = keys;
    this.#nowMs = nowMs;
    this.#ended = client.mirror({ prefix: ENDED_SESSIONS_PREFIX });
  }

  /** A new session of who has just signed in. */
  begin(facts: SessionFacts): Promise<{ text: string; session: Session }> {
    const csrfToken = randomBytes(ID_BYTES).toString('base64url');
    const id = randomBytes(ID_BYTES).toString('base64url');
    return this.#sign({ signedInAtMs: this.#nowMs(), ...facts, id, csrfToken });
  }

  /** The same session for another while; `undefined` once it has lasted as long as one may. */
  async renew(session: Session): Promise<{ text: string; session: Session } | undefined> {
    return this.#nowMs() >= session.signedInAtMs + SESSION_MS_MAX ? undefined : this.#sign(session);
  }

  /** Whether half of its time is over. */
  isDue({ issuedAtMs, expiresAtMs }: Session): boolean {
    return this.#nowMs() > (issuedAtMs + expiresAtMs) / 2;
  }

  /** The session that `text` is; `undefined` for one that has ended, or never began. */
  async find(text: string): Promise<Session | undefined> {
    const claims = await this.#verified(text);
    if (claims === undefined) return undefined;
    const session: Session = {
      user: claims.sub,
      via: claims.via,
      ...(claims.roles !== undefined && { roles: claims.roles }),
      id: claims.jti,
      csrfToken: claims.csrf,
      signedInAtMs: Math.round(claims.auth_time * 1000),
      issuedAtMs: claims.iat * 1000,
      expiresAtMs: claims.exp * 1000,
    };
    return this.isEnded(session) ? undefined : session;
  }

  /** Whether somebody has ended it, or it has lasted as long as one may. */
  isEnded({ id, user, signedInAtMs }: Session): boolean {
    if (this.#nowMs() >= signedInAtMs + SESSION_MS_MAX) return true;
    if (this.#ended.entries.has(ENDED_SESSIONS_PREFIX + id)) return true;
    const since = this.#ended.entries.get(keyOfUser(user));
    return since !== undefined && signedInAtMs <= Number(since.text);
  }

  /** Ends it on every gateway. */
  async end({ id }: Session): Promise<void> {
    await this.#note(ENDED_SESSIONS_PREFIX + id, '', SESSION_MS + CLOCK_SECONDS * 1000);
  }

  /** Ends every session that `user` has begun until now, or until `untilMs`. */
  async endAllOf(user: string, untilMs = this.#nowMs()): Promise<void> {
    const known = this.#ended.entries.get(keyOfUser(user));
    if (known !== undefined && Number(known.text) >= untilMs) return;
    await this.#note(keyOfUser(user), String(untilMs), SESSION_MS_MAX);
  }

  async close(): Promise<void> {
    await this.#ended.close();
  }

  async #note(key: string, value: string, ttlMs: number): Promise<void> {
    const { lease } = await this.#client.leases.grant(ttlMs);
    const { revision } = await this.#client.kv
      .txn()
      .then(op.put(key, value, { lease }))
      .commit({ repeatable: true });
    await this.#ended.reached(revision);
  }

  async #sign(
    facts: Omit<Session, 'issuedAtMs' | 'expiresAtMs'>,
  ): Promise<{ text: string; session: Session }> {
    const { id: kid, secret } = await this.#keys.current();
    const issuedAtMs = Math.floor(this.#nowMs() / 1000) * 1000;
    const endsAtMs = Math.min(issuedAtMs + SESSION_MS, facts.signedInAtMs + SESSION_MS_MAX);
    const expiresAtMs = Math.floor(endsAtMs / 1000) * 1000;
    const session = { ...facts, issuedAtMs, expiresAtMs };
    const claims: JWTPayload = {
      via: facts.via,
      csrf: facts.csrfToken,
      // With its milliseconds: who signs in right after all of a user's sessions have ended has one that goes on.
      auth_time: facts.signedInAtMs / 1000,
      ...(facts.roles !== undefined && { roles: facts.roles }),
    };
    const text = await new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, kid })
      .setIssuer(ISSUER)
      .setSubject(facts.user)
      .setJti(facts.id)
      .setIssuedAt(issuedAtMs / 1000)
      .setExpirationTime(expiresAtMs / 1000)
      .sign(secret);
    return { text, session };
  }

  /** @throws ConcordError where the cluster has to be asked for the key, and is away: that does not mean a bad session */
  async #verified(text: string): Promise<z.output<typeof claimsSchema> | undefined> {
    const kid = keyIdOf(text);
    const key = kid === undefined ? undefined : await this.#keys.find(kid);
    if (key === undefined) return undefined;
    try {
      const { payload } = await jwtVerify(text, key.secret, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        clockTolerance: CLOCK_SECONDS,
        currentDate: new Date(this.#nowMs()),
      });
      return claimsSchema.parse(payload);
    } catch {
      return undefined;
    }
  }
}

function keyIdOf(text: string): string | undefined {
  try {
    return decodeProtectedHeader(text).kid;
  } catch {
    return undefined;
  }
}

const keyOfUser = (user: string): string =>
  `${ENDED_SESSIONS_PREFIX}user/${encodeURIComponent(user)}`;
