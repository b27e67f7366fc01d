/** Signs in at the cluster, for the gateway itself and for people whose password has to be checked. */
import { Client, ConcordError, type ClientOptions } from '@concord/client';
import type { OwnCredential } from './own-credential.ts';

/** How long it is taken for true that authentication is on. That it is off may change with the next request. */
const KNOWN_MS = 1_000;
const ASK_TIMEOUT = '2s';
/** A user that there is not. */
const NOBODY = '\u0001';
/** gRPC's code of a call that the server does not have: etcd 3.4 does not tell its state. */
const UNIMPLEMENTED = 12;

export class ClusterLogin {
  /** Carries no token: it asks who is nobody yet. */
  readonly #client: Client;
  readonly #own: OwnCredential;
  /** Members that check certificates take its common name for the user. */
  readonly #hasCertificate: boolean;
  #isSecured: boolean | undefined;
  #knownAtMs = -Infinity;
  #asking: Promise<boolean> | undefined;

  constructor(options: Pick<ClientOptions, 'endpoints' | 'tls'>, own: OwnCredential) {
    this.#client = Client.open(options);
    this.#own = own;
    this.#hasCertificate = options.tls?.cert !== undefined;
  }

  /**
   * Whether authentication is on. While the cluster does not answer, as it was when it last did.
   *
   * @throws ConcordError where it has never answered
   */
  async isSecured(): Promise<boolean> {
    if (this.#isSecured === true && performance.now() - this.#knownAtMs < KNOWN_MS) return true;
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** It has just been turned on by this gateway. */
  noteSecured(): void {
    this.#isSecured = true;
    this.#knownAtMs = performance.now();
  }

  /**
   * The cluster's token for `user`, where it knows them by `password`.
   *
   * @throws ConcordError where the cluster does not say
   */
  async tokenOf(user: string, password: string): Promise<string | undefined> {
    try {
      return await this.#client.auth.authenticate(user, password);
    } catch (error) {
      if (ConcordError.is(error, 'UNAUTHENTICATED')) return undefined;
      throw error;
    }
  }

  /**
   * The token of the gateway's own calls; an empty one where the cluster wants none.
   *
   * @throws ConcordError `UNAUTHENTICATED` where the gateway has no user, or the cluster does not know it
   */
  async ownToken(): Promise<string> {
    const credential = this.#own.current();
    if (credential === undefined) {
      if (this.#hasCertificate || !(await this.isSecured())) return '';
      throw new ConcordError('UNAUTHENTICATED', {
        operation: 'gateway',
        problem: `the cluster wants a user, and ${this.#own.origin} gives none`,
        remedy:
          'give --user and --password-file, a certificate (--cert, --key) whose common name is a user, or the --credentials-file of the gateway that has set the cluster up',
      });
    }
    try {
      return await this.#client.auth.authenticate(credential.username, credential.password);
    } catch (error) {
      if (ConcordError.is(error, 'CONFLICT')) return '';
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #ask(): Promise<boolean> {
    try {
      this.#isSecured = await this.#isEnabled();
      this.#knownAtMs = performance.now();
    } catch (error) {
      if (this.#isSecured === undefined) throw error;
    }
    return this.#isSecured;
  }

  async #isEnabled(): Promise<boolean> {
    try {
      return (await this.#client.auth.status({ timeout: ASK_TIMEOUT })).enabled;
    } catch (error) {
      if (isRefusal(error)) return true;
      if (!ConcordError.is(error) || error.grpcCode !== UNIMPLEMENTED) throw error;
    }
    try {
      // Whoever tries to sign in is told first that nobody has to, whatever certificate there is.
      await this.#client.auth.authenticate(NOBODY, NOBODY, { timeout: ASK_TIMEOUT });
      return true;
    } catch (error) {
      if (isRefusal(error)) return true;
      if (ConcordError.is(error, 'CONFLICT')) return false;
      throw error;
    }
  }
}

const isRefusal = (error: unknown): boolean =>
  ConcordError.is(error, 'UNAUTHENTICATED') || ConcordError.is(error, 'FORBIDDEN');
