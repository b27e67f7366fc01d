/** Who we are to the cluster: TLS material, and the token that calls carry. */
import { Buffer } from 'node:buffer';
import { createSecureContext } from 'node:tls';
import * as grpc from '@grpc/grpc-js';
import { invalid, show, checkNames } from '../options.ts';
import { addressOf, AddressCredentials } from './address-credentials.ts';

/** Certificates and keys in PEM. */
export interface TlsOptions {
  /** The authority that signed the members' certificates; the system's by default. */
  readonly ca?: string | Uint8Array | undefined;
  /** Our own certificate, with `key`, where members ask for one. */
  readonly cert?: string | Uint8Array | undefined;
  readonly key?: string | Uint8Array | undefined;
  /** The name that members' certificates are for, where it is not the endpoint's host. */
  readonly serverName?: string | undefined;
  /**
   * Insecure: whoever answers is taken for a member, whatever certificate it shows or for whom, and is told keys, values and
   * passwords. For tests alone, where there is no `ca`. Default false.
   */
  readonly insecureSkipVerify?: boolean | undefined;
}

const tlsNames = ['ca', 'cert', 'key', 'serverName', 'insecureSkipVerify'];

/** A user and password, or a token that somebody else has issued. */
export type Credentials =
  | { readonly username: string; readonly password: string }
  | { readonly token: string | (() => Promise<string>) };

/**
 * The channel credentials of endpoints with TLS.
 *
 * @param host - the endpoint's, which its certificate has to be for unless there is a `serverName`
 * @throws ConcordError `INVALID_ARGUMENT` for material that is none
 */
export function tlsCredentials(
  tls: TlsOptions,
  host: string,
  operation: string,
): grpc.ChannelCredentials {
  const where = `${operation}: option "tls"`;
  checkNames(tls, tlsNames, where);
  if ((tls.cert === undefined) !== (tls.key === undefined)) {
    const [has, lacks] = tls.cert === undefined ? ['key', 'cert'] : ['cert', 'key'];
    throw invalid(where, `it has "${has}" without "${lacks}"`, 'give both');
  }
  const { insecureSkipVerify: isUnverified = false } = tls;
  if (typeof isUnverified !== 'boolean') {
    throw invalid(where, `"insecureSkipVerify" is ${show(isUnverified)}`, 'give true or false');
  }
  const address = tls.serverName === undefined ? addressOf(host) : undefined;
  const [ca, cert, key] = [pem(tls.ca), pem(tls.cert), pem(tls.key)];
  try {
    if (address === undefined) {
      const verification = isUnverified ? { rejectUnauthorized: false } : {};
      return grpc.credentials.createSsl(ca, key, cert, verification);
    }
    const material = Object.entries({ ca, cert, key }).filter(([, value]) => value !== null);
    const context = createSecureContext(Object.fromEntries(material));
    return new AddressCredentials(context, address, isUnverified);
  } catch (error) {
    throw invalid(where, String(error), 'give certificates and keys in PEM');
  }
}

function pem(material: string | Uint8Array | undefined): Buffer | null {
  return material === undefined ? null : Buffer.from(material as Uint8Array);
}

/** @throws ConcordError `INVALID_ARGUMENT` */
export function checkCredentials(credentials: unknown, operation: string): void {
  const where = `${operation}: option "credentials"`;
  checkNames(credentials, ['username', 'password', 'token'], where);
  const { username, password, token } = credentials as Record<string, unknown>;
  const isUser = typeof username === 'string' && username !== '' && typeof password === 'string';
  const isToken = (typeof token === 'string' && token !== '') || typeof token === 'function';
  if (isUser === isToken) {
    const given = Object.keys(credentials as object).join(' and ');
    throw invalid(
      where,
      `it has ${given === '' ? show(credentials) : given}`,
      'give { username, password } or { token }',
    );
  }
}

/**
 * The token that calls carry. It is asked for when the first call needs one and again when the cluster has forgotten
 * it: once at a time, whoever needs it meanwhile waits for the same answer.
 */
export class TokenSource {
  readonly #fetch: (() => Promise<string>) | undefined;
  #token = '';
  #generation = 0;
  #fetching: Promise<void> | undefined;

  /** @param fetch - asks for a token; an empty one where the cluster wants none */
  constructor(fetch: (() => Promise<string>) | undefined) {
    this.#fetch = fetch;
  }

  get token(): string {
    return this.#token;
  }

  /** Which token it is: whoever was refused says with which one. */
  get generation(): number {
    return this.#generation;
  }

  get canRefresh(): boolean {
    return this.#fetch !== undefined;
  }

  /** Resolves when there is a token that is not of `generation`. Rejects where none is given out. */
  async refresh(generation: number): Promise<void> {
    if (this.#fetch === undefined || generation !== this.#generation) return;
    this.#fetching ??= this.#renew(this.#fetch).finally(() => (this.#fetching = undefined));
    await this.#fetching;
  }

  async #renew(fetch: () => Promise<string>): Promise<void> {
    this.#token = await fetch();
    this.#generation += 1;
  }
}
