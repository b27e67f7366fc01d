/** Who makes a call, as far as the call itself tells. Who that is allowed to be is found out when it matters. */
import { Asker, BY_MEMBER, type AskedBy, type Auth, type Session } from '@concord/kv';
import { etcdErrors, type EtcdErrorRow } from '@concord/protocol';

export interface Standing {
  /** Why it is not known who asks: credentials that do not count, or do not count any more. */
  readonly refusal: EtcdErrorRow | undefined;
  /** Undefined for nobody in particular. */
  readonly askedBy: AskedBy;
}

export interface Caller extends Standing {
  /**
   * Whether what was opened with these credentials may stay open: newer changes of users and roles do not end it, as
   * long as they are not about this user's credentials.
   */
  readonly standing: Standing;
}

const refused = (refusal: EtcdErrorRow): Standing => ({ refusal, askedBy: undefined });

const callerOf = (standing: Standing): Caller => ({ ...standing, standing });

/** No credentials at all. */
export const NOBODY: Caller = callerOf({ refusal: undefined, askedBy: undefined });

/** The member itself: what it does of its own accord nobody has to be allowed. */
export const THE_MEMBER: Caller = callerOf({ refusal: undefined, askedBy: BY_MEMBER });

/** A token that is wrong, or was right once. */
export const INVALID_TOKEN: Caller = callerOf(refused(etcdErrors.ErrInvalidAuthToken));

/** Somebody whose credentials hold in every newer state until they are revoked: a simple token, a certificate. */
export class CurrentCaller implements Caller {
  readonly #auth: () => Auth;
  readonly #user: string;
  readonly #session: Session | undefined;
  #asker: Asker | undefined;

  /** @param session of a token; a certificate is good as long as the connection is */
  constructor(auth: () => Auth, user: string, session?: Session) {
    this.#auth = auth;
    this.#user = user;
    this.#session = session;
  }

  get refusal(): EtcdErrorRow | undefined {
    return this.#session?.isRevoked === true ? etcdErrors.ErrInvalidAuthToken : undefined;
  }

  get askedBy(): Asker {
    const { revision } = this.#auth();
    if (this.#asker?.authRevision !== revision) this.#asker = new Asker(this.#user, revision);
    return this.#asker;
  }

  get standing(): Standing {
    return this;
  }
}

/** Somebody whose token says in which state it was made: any change since then makes it old. */
export class DatedCaller implements Caller {
  readonly refusal = undefined;
  readonly askedBy: Asker;
  readonly #auth: () => Auth;

  constructor(auth: () => Auth, asker: Asker) {
    this.#auth = auth;
    this.askedBy = asker;
  }

  get standing(): Standing {
    const { book, revision } = this.#auth();
    const { user, authRevision } = this.askedBy;
    const since = book.user(user)?.credentialsRevision ?? Infinity;
    if (authRevision < since) return refused(etcdErrors.ErrInvalidAuthToken);
    return { refusal: undefined, askedBy: new Asker(user, revision) };
  }
}
