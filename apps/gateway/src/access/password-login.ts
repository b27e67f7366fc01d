/** Checks passwords against the cluster: slowly for who guesses, and with the same answer for whatever is wrong. */
import { Problem } from '../http/problem.ts';
import type { ClusterLogin } from './cluster-login.ts';
import type { GuessLimit } from './guess-limit.ts';

/**
 * A refusal takes at least so long. Etcd hashes nothing for a user that it does not know, so its answer comes sooner;
 * this is longer than a hash of its default cost takes.
 */
const REFUSAL_MS_MIN = 300;

export class PasswordLogin {
  readonly #login: Pick<ClusterLogin, 'tokenOf'>;
  readonly #limit: GuessLimit;

  constructor(login: Pick<ClusterLogin, 'tokenOf'>, limit: GuessLimit) {
    this.#login = login;
    this.#limit = limit;
  }

  /**
   * The cluster's token for who knows the password.
   *
   * @throws Problem `unauthenticated`, or `too-many-requests` for who guesses
   */
  async check(user: string, password: string, source: string): Promise<string> {
    let token: string | undefined;
    const isRight = async (): Promise<boolean> => {
      token = await this.#login.tokenOf(user, password);
      return token !== undefined;
    };
    await this.checkGuess(user, source, isRight, { detail: 'wrong user or password' });
    return token ?? '';
  }

  /** The same for any other secret that can be guessed. */
  async checkGuess(
    user: string,
    source: string,
    isRight: () => Promise<boolean>,
    refusal: { readonly detail: string },
  ): Promise<void> {
    this.#assertPatient(user, source);
    const startedAtMs = performance.now();
    this.#limit.noteAttempt(user, source);
    if (await isRight()) {
      this.#limit.noteRight(user, source);
      return;
    }
    const leftMs = REFUSAL_MS_MIN - (performance.now() - startedAtMs);
    if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs));
    throw new Problem('unauthenticated', refusal);
  }

  #assertPatient(user: string, source: string): void {
    const waitMs = this.#limit.waitMs(user, source);
    if (waitMs <= 0) return;
    const seconds = Math.ceil(waitMs / 1000);
    throw new Problem('too-many-requests', {
      detail: `too many wrong passwords: try again in ${seconds} s`,
      headers: { 'retry-after': String(seconds) },
    });
  }
}
