/**
 * The simple tokens that a member knows. They are issued through the log, so that every member knows each from the
 * same entry on; how long one lives is counted by each member, from its last use there, as in etcd. None outlives a
 * restart.
 *
 * A token is `<secret>.<index>`, where the index is that of the entry which issued it. Only the hash of the secret is
 * kept, here and in the log.
 */
import type { ByteString } from '@concord/protocol';

const TTL_MS_DEFAULT = 300_000;
/** Beyond that the one used longest ago is forgotten: about 30 MB, and more logins than an hour of hashing allows. */
const TOKENS_MAX = 100_000;
/** A use within this time of the last one is not noted: each would move the token to the end of the line. */
const USE_GRAIN_MS = 1000;

/** What a token stands for, until it is revoked. Time alone ends the token, but not what was opened with it. */
export interface Session {
  readonly user: string;
  readonly index: number;
  isRevoked: boolean;
}

interface Token extends Session {
  readonly secretHash: ByteString;
  usedMs: number;
}

export class Tokens {
  readonly #ttlMs: number;
  /** By the hash of the secret; in the order of their last uses. */
  readonly #tokens = new Map<ByteString, Token>();

  constructor(ttlMs = TTL_MS_DEFAULT) {
    this.#ttlMs = ttlMs;
  }

  get count(): number {
    return this.#tokens.size;
  }

  issue(user: string, secretHash: ByteString, index: number, nowMs: number): void {
    const token = { user, index, isRevoked: false, secretHash, usedMs: nowMs };
    this.#tokens.set(secretHash, token);
    if (this.#tokens.size <= TOKENS_MAX) return;
    const [oldest] = this.#tokens.keys();
    if (oldest !== undefined) this.#tokens.delete(oldest);
  }

  /** Undefined for a token that is not known here, or no more. Using it lets it live on. */
  use(secretHash: ByteString, index: number, nowMs: number): Session | undefined {
    const token = this.#tokens.get(secretHash);
    if (token?.index !== index || this.#isExpired(token, nowMs)) return undefined;
    if (nowMs - token.usedMs >= USE_GRAIN_MS) {
      token.usedMs = nowMs;
      this.#tokens.delete(secretHash);
      this.#tokens.set(secretHash, token);
    }
    return token;
  }

  /** Of a user who was deleted, or has another password. */
  revokeOf(user: string): void {
    for (const token of this.#tokens.values()) if (token.user === user) this.#revoke(token);
  }

  /** Authentication was turned off, or nobody knows what happened meanwhile. */
  revokeAll(): void {
    for (const token of this.#tokens.values()) this.#revoke(token);
  }

  /** Forgets what has expired. */
  tick(nowMs: number): void {
    for (const token of this.#tokens.values()) {
      if (!this.#isExpired(token, nowMs)) return;
      this.#tokens.delete(token.secretHash);
    }
  }

  #isExpired({ usedMs }: Token, nowMs: number): boolean {
    return nowMs - usedMs >= this.#ttlMs;
  }

  #revoke(token: Token): void {
    token.isRevoked = true;
    this.#tokens.delete(token.secretHash);
  }
}
