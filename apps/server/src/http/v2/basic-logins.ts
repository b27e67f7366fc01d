/**
 * HTTP Basic, as v2 clients log in: name and password of a v3 user are exchanged for a token, which the requests after
 * share. A token that counts no more (unused for long, another password) is exchanged once more before anybody is refused.
 *
 * Invariant: no password is kept. A login is found again by a hash with a key of this process.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { Metadata } from '@concord/grpc-server';
import { Auth, AuthenticateRequest, AuthenticateResponse, encode } from '@concord/protocol';
import type { LocalCaller, LocalCalls } from '../../rpc/local-call.ts';
import { callLocally, type V2Caller } from './local-store.ts';

/** Of users, not of connections; the one that was found longest ago makes room. */
const LOGINS_MAX = 1_000;
const BASIC = /^Basic +([A-Za-z0-9+/]+=*)$/i;

type Token = Promise<string>;

export class BasicLogins {
  readonly #calls: LocalCalls;
  readonly #key = randomBytes(32);
  /** By the hash of name and password. */
  readonly #tokens = new Map<string, Token>();

  constructor(calls: LocalCalls) {
    this.#calls = calls;
  }

  /**
   * Who that is; undefined where the header is no login. Throws `LocalCallError` where the password is wrong, or was guessed
   * too often.
   */
  async callerOf(authorization: string, anonymous: LocalCaller): Promise<V2Caller | undefined> {
    const [, encoded] = BASIC.exec(authorization) ?? [];
    if (encoded === undefined) return undefined;
    const [name, password] = split(Buffer.from(encoded, 'base64').toString());
    const id = createHmac('sha256', this.#key)
      .update(JSON.stringify([name, password]))
      .digest('base64');
    const logIn = (): Token => this.#logIn(id, { name, password }, anonymous);
    const withToken = (token: string): LocalCaller => ({
      ...anonymous,
      metadata: new Metadata(['token', token]),
    });
    const token = await (this.#find(id) ?? logIn());
    return {
      ...withToken(token),
      renewed: async () => {
        const known = await this.#find(id)?.catch(() => undefined);
        // Another request may have been here before.
        return withToken(known === undefined || known === token ? await logIn() : known);
      },
    };
  }

  #find(id: string): Token | undefined {
    const token = this.#tokens.get(id);
    if (token === undefined) return undefined;
    this.#tokens.delete(id);
    this.#tokens.set(id, token);
    return token;
  }

  /** Requests that come meanwhile wait for the same answer: a password costs as much time as it is meant to. */
  #logIn(id: string, login: { name: string; password: string }, caller: LocalCaller): Token {
    const token = this.#authenticate(login, caller);
    this.#tokens.set(id, token);
    token.catch(() => {
      if (this.#tokens.get(id) === token) this.#tokens.delete(id);
    });
    for (const oldest of this.#tokens.keys()) {
      if (this.#tokens.size <= LOGINS_MAX) break;
      this.#tokens.delete(oldest);
    }
    return token;
  }

  async #authenticate(
    { name, password }: { readonly name: string; readonly password: string },
    caller: LocalCaller,
  ): Promise<string> {
    const request = encode(AuthenticateRequest, AuthenticateRequest.create({ name, password }));
    const { path } = Auth.methods.authenticate;
    return AuthenticateResponse.decode(await callLocally(this.#calls, path, request, caller)).token;
  }
}

/** A password may contain colons, a name may not. */
function split(text: string): readonly [name: string, password: string] {
  const colon = text.indexOf(':');
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
}
