/** The tokens that one side of a differential run has given to the users of a program. */
import type { RawCallOptions } from '../harness/wire-client.ts';

const WRONG = 'abcdefghijklmnop.1';

export class Wallet {
  /** The newest of each user, and the one before it. */
  readonly #tokens = new Map<string, { readonly now: string; readonly before: string }>();

  keep(user: string, token: string): void {
    this.#tokens.set(user, { now: token, before: this.#tokens.get(user)?.now ?? token });
  }

  /** `by` is a user, `stale:` and a user, `wrong`, or nothing. */
  optionsOf(by: string): RawCallOptions {
    const token = this.#tokenOf(by);
    return token === undefined ? {} : { metadata: { token } };
  }

  #tokenOf(by: string): string | undefined {
    if (by === '') return undefined;
    if (by === 'wrong') return WRONG;
    const [stale, user] = by.split(':');
    if (stale === 'stale') return this.#tokens.get(user ?? '')?.before;
    return this.#tokens.get(by)?.now;
  }
}
