/** A small OpenID Connect provider that asks nobody for a password: who signs in next is told beforehand. */
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

interface Granted {
  readonly challenge: string;
  readonly nonce: string;
  readonly redirect: string;
}

export class OidcIssuer implements AsyncDisposable {
  /** Claims of whoever signs in next. */
  claims: Readonly<Record<string, unknown>> = {};
  /** What the next token says instead of the nonce that was asked for. */
  wrongNonce: string | undefined;
  readonly #server: Server;
  readonly #key: CryptoKey;
  readonly #jwk: JWK;
  readonly #codes = new Map<string, Granted>();

  private constructor(server: Server, key: CryptoKey, jwk: JWK) {
    this.#server = server;
    this.#key = key;
    this.#jwk = jwk;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<OidcIssuer> {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new OidcIssuer(server, privateKey, {
      ...(await exportJWK(publicKey)),
      kid: 'one',
      alg: 'RS256',
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const json = (body: unknown, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (pathname === '/.well-known/openid-configuration') {
      json({
        issuer: this.url,
        authorization_endpoint: `${this.url}/authorize`,
        token_endpoint: `${this.url}/token`,
        jwks_uri: `${this.url}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        code_challenge_methods_supported: ['S256'],
      });
    } else if (pathname === '/keys') json({ keys: [this.#jwk] });
    else if (pathname === '/authorize') {
      const redirect = searchParams.get('redirect_uri') ?? '';
      const code = randomUUID();
      this.#codes.set(code, {
        challenge: searchParams.get('code_challenge') ?? '',
        nonce: searchParams.get('nonce') ?? '',
        redirect,
      });
      const back = new URL(redirect);
      back.searchParams.set('code', code);
      back.searchParams.set('state', searchParams.get('state') ?? '');
      response.writeHead(302, { location: back.href }).end();
    } else if (pathname === '/token') await this.#token(request, json);
    else json({ error: 'not_found' }, 404);
  }

  async #token(
    request: IncomingMessage,
    json: (body: unknown, status?: number) => void,
  ): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const form = new URLSearchParams(text);
    const granted = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (granted?.challenge !== challenge || granted.redirect !== form.get('redirect_uri')) {
      json({ error: 'invalid_grant' }, 400);
      return;
    }
    const token = await new SignJWT({ ...this.claims, nonce: this.wrongNonce ?? granted.nonce })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(this.url)
      .setAudience('gateway')
      .setSubject('subject')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(this.#key);
    json({ access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: token });
  }
}
