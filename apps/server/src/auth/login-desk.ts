/** Exchanges passwords for tokens, and for hashes: checks, slows down whoever guesses, and tells the log of neither. */
import type { Replica } from '@concord/kv';
import { etcdErrors, type EtcdErrorRow } from '@concord/protocol';
import type { Log } from '../log.ts';
import type { GuessLimit } from './guess-limit.ts';
import { BCRYPT_PASSWORD_BYTES_MAX } from './password-hash.ts';
import { TooManyPasswords, type Passwords } from './passwords.ts';
import type { Issued, TokenScheme } from './token-scheme.ts';

export interface Login {
  readonly user: string;
  readonly password: string;
  /** Where it comes from. */
  readonly peer: string;
}

export interface LoginDeskOptions {
  readonly replica: Replica;
  readonly tokens: TokenScheme | undefined;
  readonly passwords: Passwords;
  readonly guesses: GuessLimit;
  readonly log: Log;
}

/** Users and roles may change while a password is checked; somebody who changes them all the time has to stop. */
const ATTEMPTS_MAX = 10;

export class LoginDesk {
  readonly #options: LoginDeskOptions;

  constructor(options: LoginDeskOptions) {
    this.#options = options;
  }

  /** To be called once this member's state is new enough. */
  logIn(login: Login, done: (outcome: Issued) => void): void {
    void this.#logIn(login).then(done, (error: unknown) => done(this.#failure(error)));
  }

  hash(password: string, done: (outcome: Uint8Array | EtcdErrorRow) => void): void {
    const { passwords } = this.#options;
    const bytes = Buffer.byteLength(password);
    if (passwords.kind === 'bcrypt' && bytes > BCRYPT_PASSWORD_BYTES_MAX) {
      return done(etcdErrors.ErrPasswordTooLong);
    }
    void passwords.hash(password).then(
      (hash) => done(new Uint8Array(Buffer.from(hash))),
      (error: unknown) => done(this.#failure(error)),
    );
  }

  async #logIn(login: Login): Promise<Issued> {
    const { guesses, log, passwords } = this.#options;
    const { user, peer } = login;
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const { auth } = this.#options.replica.machine;
      if (!auth.isEnabled) return etcdErrors.ErrAuthNotEnabled;
      if (guesses.waitMs(user, peer) > 0) return etcdErrors.ErrTooManyRequests;
      const known = auth.book.user(user);
      if (known?.noPassword === true) return etcdErrors.ErrNoPasswordUser;
      const { revision } = auth;
      const hash = Buffer.from(known?.passwordHash ?? []).toString();
      // Counted before it is known: many at once must not all count as the first.
      guesses.wrong(user, peer);
      if (!(await passwords.matches(login.password, hash === '' ? undefined : hash))) {
        log.warn(
          { user: known && user, peer },
          'somebody has tried to log in with a wrong password',
        );
        return etcdErrors.ErrAuthFailed;
      }
      guesses.right(user, peer);
      const issued = await this.#issue(user, revision);
      if (!('code' in issued) || issued !== etcdErrors.ErrAuthOldRevision) return issued;
    }
    return etcdErrors.ErrAuthOldRevision;
  }

  #issue(user: string, revision: number): Promise<Issued> {
    const { tokens } = this.#options;
    if (tokens === undefined) return Promise.resolve(etcdErrors.ErrAuthFailed);
    return new Promise((resolve) => tokens.issue(user, revision, resolve));
  }

  #failure(error: unknown): EtcdErrorRow {
    if (error instanceof TooManyPasswords) return etcdErrors.ErrTooManyRequests;
    this.#options.log.error({ error: String(error) }, 'a password could not be hashed');
    return etcdErrors.ErrStopped;
  }
}
