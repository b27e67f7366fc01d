/**
 * Finds out who makes a call: by the token in its metadata, else by the client's certificate. While authentication is
 * off, nobody asks.
 */
import type { PeerCertificate } from 'node:tls';
import { Metadata } from '@concord/grpc-server';
import type { Replica } from '@concord/kv';
import { isNameTooLong } from '@concord/kv';
import { commonNameOf } from '../tls/certificate-names.ts';
import { CurrentCaller, INVALID_TOKEN, NOBODY, THE_MEMBER, type Caller } from './caller.ts';
import type { TokenScheme } from './token-scheme.ts';

/** What a call brings along. */
export interface Credentials {
  readonly metadata: Metadata;
  readonly tlsPeerCertificate: PeerCertificate | undefined;
}

export interface AuthenticatorOptions {
  readonly replica: Replica;
  readonly tokens: TokenScheme | undefined;
  /** `--client-cert-auth`: without it nobody has checked the certificate. */
  readonly trustsCertificates: boolean;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** A caller that was found out, and when. */
interface Found {
  readonly caller: Caller;
  readonly atMs: number;
}

/**
 * What the member's own calls bring along. It is recognised as this very object, which nothing that comes from outside
 * can be.
 */
export const OWN_METADATA = new Metadata([]);

/** For so long a caller is taken from the last call with the same headers: longer, and his token would not live on. */
const FOUND_MS = 1000;

export class Authenticator {
  readonly #options: AuthenticatorOptions;
  /** Calls whose client sends the same headers share them. */
  readonly #found = new WeakMap<Metadata, Found>();

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
  }

  get isOn(): boolean {
    return this.#options.replica.machine.auth.isEnabled;
  }

  /** `unapplied` for a token that this member is still to hear of: ask again behind a linearizable read. */
  identify(credentials: Credentials): Caller | 'unapplied' {
    const { metadata } = credentials;
    if (metadata === OWN_METADATA) return THE_MEMBER;
    const found = this.#found.get(metadata);
    const nowMs = this.#options.now();
    if (found !== undefined && nowMs - found.atMs < FOUND_MS && this.#isStill(found.caller)) {
      return found.caller;
    }
    const caller = this.#identify(credentials);
    if (
      caller !== 'unapplied' &&
      caller.askedBy !== undefined &&
      metadata.get('token') !== undefined
    )
      this.#found.set(metadata, { caller, atMs: nowMs });
    return caller;
  }

  #isStill({ refusal }: Caller): boolean {
    return this.isOn && refusal === undefined;
  }

  #identify({ metadata, tlsPeerCertificate }: Credentials): Caller | 'unapplied' {
    const token = metadata.get('token') ?? metadata.get('authorization');
    const { tokens, trustsCertificates } = this.#options;
    if (token !== undefined) {
      const resolved = tokens?.resolve(withoutBearer(token));
      // A member that is behind may not know yet that authentication is on.
      if (resolved === 'unapplied') return resolved;
      return this.isOn ? (resolved ?? INVALID_TOKEN) : NOBODY;
    }
    if (!this.isOn || !trustsCertificates || tlsPeerCertificate === undefined) return NOBODY;
    // The gateway's own certificate is not its client's.
    if (metadata.get('grpcgateway-accept') !== undefined) return NOBODY;
    return this.#certified(tlsPeerCertificate);
  }

  #certified(certificate: PeerCertificate): Caller {
    const name = commonNameOf(certificate);
    if (isNameTooLong(name)) return NOBODY;
    return new CurrentCaller(() => this.#options.replica.machine.auth, name);
  }
}

const BEARER = 'Bearer ';
const withoutBearer = (token: string): string =>
  token.startsWith(BEARER) ? token.slice(BEARER.length) : token;
