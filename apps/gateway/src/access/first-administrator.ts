/**
 * Turns a cluster without users into a secured one: the gateway's own user, the first administrator, and authentication.
 * Each step may have been done before: whoever was interrupted begins again.
 */
import { ConcordError, type Auth } from '@concord/client';
import type { ClusterLogin } from './cluster-login.ts';
import type { OwnCredential } from './own-credential.ts';
import { ROOT } from './rights.ts';

type Calls = Pick<Auth, 'addUser' | 'changePassword' | 'grantRole' | 'enable'>;

export class FirstAdministrator {
  readonly #auth: Calls;
  readonly #own: OwnCredential;
  readonly #login: Pick<ClusterLogin, 'noteSecured'>;

  constructor(auth: Calls, own: OwnCredential, login: Pick<ClusterLogin, 'noteSecured'>) {
    this.#auth = auth;
    this.#own = own;
    this.#login = login;
  }

  /** @throws Error where the gateway cannot keep a credential of its own; then nothing has been changed */
  async create(user: string, password: string): Promise<void> {
    const own = this.#own.createUnlessKnown();
    await this.#ensure(own.username, own.password);
    await this.#ensure(user, password);
    // Authentication wants a user of this name. Without a password nobody can sign in as it.
    if (user !== ROOT && own.username !== ROOT) await this.#ensure(ROOT, undefined);
    await this.#auth.enable();
    this.#login.noteSecured();
  }

  async #ensure(user: string, password: string | undefined): Promise<void> {
    try {
      await this.#auth.addUser(user, password);
    } catch (error) {
      if (!ConcordError.is(error, 'CONFLICT')) throw error;
      if (password !== undefined) await this.#auth.changePassword(user, password);
    }
    await this.#auth.grantRole(user, ROOT);
  }
}
