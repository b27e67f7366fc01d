/**
 * Signing in with an OpenID Connect provider: authorization code with PKCE, state and nonce. What lies between the two
 * requests is in the browser's cookie, encrypted with a key of the cluster, so that the second may reach another gateway.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { EncryptJWT, jwtDecrypt } from 'jose';
import * as oidc from 'openid-client';
import { z } from 'zod';
import { Problem } from '../http/problem.ts';
import type { Log } from '../log.ts';
import { isLoopback } from './access-mode.ts';
import type { SessionFacts } from './sessions.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What somebody may take to sign in at the provider. */
export const OIDC_SECONDS_MAX = 600;
const PROVIDER_SECONDS_MAX = 10;

const pendingSchema = z.object({ verifier: z.string(), state: z.string(), nonce: z.string() });

export interface OidcOptions {
  readonly oidcIssuer: string;
  readonly oidcClientId: string;
  readonly oidcClientSecret?: string | undefined;
  readonly oidcClientSecretFile?: string | undefined;
  readonly oidcRedirectUrl: string;
  readonly oidcScopes: readonly string[];
  readonly oidcUserClaim: string;
  readonly oidcRolesClaim?: string | undefined;
  /** `GROUP=ROLE`. */
  readonly oidcRoles: readonly string[];
}

export class OidcLogin {
  readonly #options: OidcOptions;
  readonly #keys: SigningKeys;
  readonly #log: Log;
  #provider: Promise<oidc.Configuration> | undefined;

  constructor(options: OidcOptions, keys: SigningKeys, log: Log) {
    this.#options = options;
    this.#keys = keys;
    this.#log = log;
  }

  /** Where to send the browser, and what to give it to keep until it comes back. */
  async begin(): Promise<{ url: string; pending: string }> {
    const provider = await this.#discovered();
    const verifier = oidc.randomPKCECodeVerifier();
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
    const url = oidc.buildAuthorizationUrl(provider, {
      redirect_uri: this.#options.oidcRedirectUrl,
      scope: this.#options.oidcScopes.join(' '),
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    const { id: kid, secret } = await this.#keys.current();
    const pending = await new EncryptJWT({ verifier, state, nonce })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid })
      .setExpirationTime(`${OIDC_SECONDS_MAX}s`)
      .encrypt(keyOf(secret));
    return { url: url.href, pending };
  }

  /**
   * Who has come back from the provider.
   *
   * @param search - the query of the request, as the provider has made it
   * @throws Problem `unauthenticated` for what was not begun here, or what the provider does not confirm
   */
  async finish(search: string, pending: string | undefined): Promise<SessionFacts> {
    const { verifier, state, nonce } = await this.#pending(pending);
    const provider = await this.#discovered();
    const url = new URL(this.#options.oidcRedirectUrl);
    url.search = search;
    try {
      const tokens = await oidc.authorizationCodeGrant(provider, url, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      return this.#factsOf(tokens.claims() ?? {});
    } catch (cause) {
      if (cause instanceof Problem) throw cause;
      // What the provider says may hold what nobody else should read: it is for the log.
      this.#log.info({ reason: (cause as Error).message }, 'a sign-in by OpenID Connect failed');
      throw refused('the provider does not confirm this sign-in');
    }
  }

  #factsOf(claims: Readonly<Record<string, unknown>>): SessionFacts {
    const { oidcUserClaim, oidcRolesClaim, oidcRoles } = this.#options;
    const user = claims[oidcUserClaim];
    if (typeof user !== 'string' || user === '' || user.length > 128)
      throw refused(`the provider tells no "${oidcUserClaim}", which names the user here`);
    if (oidcRolesClaim === undefined) return { user, via: 'oidc' };
    const groups = claims[oidcRolesClaim];
    const has = new Set<unknown>(Array.isArray(groups) ? groups : [groups]);
    const roles = oidcRoles.flatMap((pair) => {
      const at = pair.lastIndexOf('=');
      return has.has(pair.slice(0, at)) ? [pair.slice(at + 1)] : [];
    });
    if (roles.length === 0)
      throw refused(`${user} is in none of the groups that --oidc-roles gives a role`);
    return { user, via: 'oidc', roles: [...new Set(roles)] };
  }

  async #pending(text: string | undefined): Promise<z.output<typeof pendingSchema>> {
    try {
      const { payload } = await jwtDecrypt(text ?? '', async ({ kid = '' }) => {
        const key = await this.#keys.find(kid);
        if (key === undefined) throw new Error('no such key');
        return keyOf(key.secret);
      });
      return pendingSchema.parse(payload);
    } catch {
      throw refused('this sign-in was not begun in this browser, or too long ago: begin again');
    }
  }

  /** The provider's own description; asked for again after it could not be had. */
  #discovered(): Promise<oidc.Configuration> {
    this.#provider ??= this.#discover().catch((cause: unknown) => {
      this.#provider = undefined;
      this.#log.warn({ err: cause }, 'the OpenID Connect provider does not answer');
      throw new Problem('cluster-away', {
        detail:
          'the OpenID Connect provider does not answer: try again, or sign in with a password',
        headers: { 'retry-after': '5' },
      });
    });
    return this.#provider;
  }

  async #discover(): Promise<oidc.Configuration> {
    const { oidcIssuer, oidcClientId, oidcClientSecret, oidcClientSecretFile } = this.#options;
    const secret =
      oidcClientSecret ??
      (oidcClientSecretFile && readFileSync(oidcClientSecretFile, 'utf8').trim());
    const issuer = new URL(oidcIssuer);
    // Without TLS only on this machine: whoever is between could be anybody.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out, not to go
    const insecure = oidc.allowInsecureRequests;
    const execute = issuer.protocol === 'http:' && isLoopback(issuer.hostname) ? [insecure] : [];
    return oidc.discovery(
      issuer,
      oidcClientId,
      secret,
      secret === undefined ? oidc.None() : undefined,
      {
        execute,
        timeout: PROVIDER_SECONDS_MAX,
      },
    );
  }
}

/** Another key than that of signatures, made of the same secret. */
const keyOf = (secret: Uint8Array): Uint8Array =>
  createHash('sha256').update('concord oidc').update(secret).digest();

const refused = (detail: string): Problem => new Problem('unauthenticated', { detail });
