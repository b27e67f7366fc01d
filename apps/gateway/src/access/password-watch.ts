/**
 * Notices that a password was changed elsewhere, as by etcdctl. The cluster does not tell of it, but it forgets the tokens of a
 * user whose password changes. So the token that a sign-in has brought is kept here, in memory alone, and shown to the cluster
 * again and again; when it is worth nothing any more, the user's sessions end on every gateway.
 *
 * A member that restarts forgets tokens, too: then a token of the gateway's own, as old and as often used, is forgotten as
 * well. Where that one does not count either, nothing is concluded, and those users are not watched until they sign in again.
 */
import { Client, ConcordError, type ClientOptions } from '@concord/client';
import type { Log } from '../log.ts';

/** How soon a change is noticed. */
const LOOK_MS = 2_000;
/** Each has a connection; who signed in longest ago is watched no more. */
const USERS_MAX = 200;
const ASK_TIMEOUT = '2s';
/** Need not be there, and need not be readable: the refusal says that the token counts. */
const PROBE_KEY = 'health';

/** What the cluster says of a token. */
export type TokenState = 'valid' | 'forgotten' | 'unknown';

export interface HeldToken extends AsyncDisposable {
  state(): Promise<TokenState>;
}

interface Watched {
  readonly token: HeldToken;
  /** When it counted last: sessions that began later are of somebody who knows the new password. */
  validAtMs: number;
  /** As old as the user's own. */
  readonly witness: HeldToken;
}

export interface PasswordWatchParts {
  readonly hold: (token: string) => HeldToken;
  /** A token of the gateway itself; empty where it needs none. */
  readonly ownToken: () => Promise<string>;
  /** Ends the sessions that a user has begun until a moment. */
  readonly endAllOf: (user: string, untilMs: number) => Promise<void>;
  readonly log: Log;
}

export class PasswordWatch implements AsyncDisposable {
  readonly #parts: PasswordWatchParts;
  readonly #users = new Map<string, Watched>();
  readonly #timer: NodeJS.Timeout;
  #witness: HeldToken | undefined;
  #looking: Promise<void> | undefined;

  constructor(parts: PasswordWatchParts, lookMs = LOOK_MS) {
    this.#parts = parts;
    this.#timer = setInterval(() => void this.look(), lookMs).unref();
  }

  /** Watches over `user`, who has signed in and got `token` of the cluster. */
  async add(user: string, token: string, signedInAtMs: number): Promise<void> {
    if (token === '') return;
    this.#witness ??= this.#parts.hold(await this.#parts.ownToken());
    this.#drop(user);
    this.#users.set(user, {
      token: this.#parts.hold(token),
      witness: this.#witness,
      validAtMs: signedInAtMs,
    });
    const [oldest] = this.#users.keys();
    if (this.#users.size > USERS_MAX && oldest !== undefined) this.#drop(oldest);
  }

  /** Asks about every user once. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
    for (const user of [...this.#users.keys()]) this.#drop(user);
    await this.#witness?.[Symbol.asyncDispose]();
  }

  async #look(): Promise<void> {
    for (const [user, watched] of [...this.#users]) {
      const askedAtMs = Date.now();
      const state = await watched.token.state();
      if (state === 'valid') watched.validAtMs = Math.max(watched.validAtMs, askedAtMs);
      if (state !== 'forgotten') continue;
      const witnessState = await watched.witness.state();
      if (witnessState === 'unknown' || this.#users.get(user) !== watched) continue;
      this.#drop(user);
      if (witnessState === 'valid') await this.#end(user, watched.validAtMs);
      else this.#forgetWitness(watched.witness);
    }
    // Tokens live as long as they are used.
    await this.#witness?.state();
  }

  async #end(user: string, untilMs: number): Promise<void> {
    const { endAllOf, log } = this.#parts;
    try {
      await endAllOf(user, untilMs);
      log.info({ user }, 'the password was changed elsewhere: the sessions have ended');
    } catch (error) {
      log.error({ err: error, user }, 'the password was changed elsewhere, and sessions go on');
    }
  }

  #drop(user: string): void {
    const watched = this.#users.get(user);
    this.#users.delete(user);
    void watched?.token[Symbol.asyncDispose]();
  }

  #forgetWitness(witness: HeldToken): void {
    if (this.#witness !== witness) return;
    this.#witness = undefined;
    void witness[Symbol.asyncDispose]();
  }
}

/** A token shown over a connection of its own. */
export class ClusterToken implements HeldToken {
  readonly #client: Client;

  constructor(options: Pick<ClientOptions, 'endpoints' | 'tls'>, token: string) {
    this.#client = Client.open({
      ...options,
      credentials: { token: () => Promise.resolve(token) },
    });
  }

  async state(): Promise<TokenState> {
    try {
      await this.#client.kv.get(PROBE_KEY, { timeout: ASK_TIMEOUT, consistency: 'serializable' });
      return 'valid';
    } catch (error) {
      if (ConcordError.is(error, 'FORBIDDEN')) return 'valid';
      return ConcordError.is(error, 'UNAUTHENTICATED') ? 'forgotten' : 'unknown';
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close();
  }
}
