/**
 * Tokens that say themselves who somebody is, in which state of the users that was found out, and for how long. No
 * member keeps them; any change of users or roles makes them old, as in etcd.
 */
import { Asker, isNameTooLong, type Replica } from '@concord/kv';
import { etcdErrors } from '@concord/protocol';
import { DatedCaller, type Caller } from './caller.ts';
import { signToken, verifyToken, type JwtKeys } from './jwt.ts';
import type { Issued, Resolved, TokenScheme } from './token-scheme.ts';

/** Tokens whose signature was found good lately: checking one costs 30 to 150 µs, and clients show it with each call. */
const CHECKED_MAX = 10_000;

interface Checked {
  readonly caller: Caller;
  readonly expSeconds: number;
}

export interface JwtTokensOptions {
  readonly replica: Replica;
  readonly keys: JwtKeys;
  readonly ttlMs: number;
  /** Wall clock, since 1970. */
  readonly nowMs: () => number;
}

export class JwtTokens implements TokenScheme {
  readonly #options: JwtTokensOptions;
  /** In the order in which they were checked. */
  readonly #checked = new Map<string, Checked>();

  constructor(options: JwtTokensOptions) {
    this.#options = options;
  }

  resolve(token: string): Resolved {
    const nowSeconds = this.#options.nowMs() / 1000;
    const known = this.#checked.get(token);
    if (known !== undefined && known.expSeconds > nowSeconds) return known.caller;
    this.#checked.delete(token);
    const claims = verifyToken(this.#options.keys, token, nowSeconds);
    if (claims === undefined || isNameTooLong(claims.username)) return undefined;
    const asker = new Asker(claims.username, claims.revision);
    const caller = new DatedCaller(() => this.#options.replica.machine.auth, asker);
    this.#remember(token, { caller, expSeconds: claims.exp });
    return caller;
  }

  issue(user: string, authRevision: number, issued: (outcome: Issued) => void): void {
    const { replica, keys, ttlMs, nowMs } = this.#options;
    if (keys.signing === undefined) return issued(etcdErrors.ErrVerifyOnly);
    if (replica.machine.auth.revision !== authRevision)
      return issued(etcdErrors.ErrAuthOldRevision);
    const exp = Math.floor((nowMs() + ttlMs) / 1000);
    issued({
      token: signToken(keys, keys.signing, { username: user, revision: authRevision, exp }),
    });
  }

  #remember(token: string, checked: Checked): void {
    if (this.#checked.size >= CHECKED_MAX) {
      const [oldest] = this.#checked.keys();
      if (oldest !== undefined) this.#checked.delete(oldest);
    }
    this.#checked.set(token, checked);
  }
}
