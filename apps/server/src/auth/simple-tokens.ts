/**
 * etcd's simple tokens: `<secret>.<index>`, where the index is that of the log entry by which all members learn of it.
 * The secret is chance of 142 bits; members, logs and snapshots have its hash alone.
 */
import { hash, randomInt } from 'node:crypto';
import { encodeCommand, type Command, type Replica, type Session } from '@concord/kv';
import { etcdErrors, toByteString } from '@concord/protocol';
import { CurrentCaller, type Caller } from './caller.ts';
import type { Issued, Resolved, TokenScheme } from './token-scheme.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** etcd has 16; at 25 they hold more than 128 bits. */
const SECRET_LETTERS = 25;
const TOKEN = /^([A-Za-z]{1,64})\.([1-9]\d{0,15})$/;

export class SimpleTokens implements TokenScheme {
  readonly #replica: Replica;
  readonly #now: () => number;
  readonly #callers = new WeakMap<Session, Caller>();

  constructor(replica: Replica, now: () => number) {
    this.#replica = replica;
    this.#now = now;
  }

  resolve(token: string): Resolved {
    const [, secret = '', digits = ''] = TOKEN.exec(token) ?? [];
    if (secret === '') return undefined;
    const index = Number(digits);
    const { auth, applied } = this.#replica.machine;
    const session = auth.tokens.use(hashOf(secret), index, this.#now());
    if (session !== undefined) return this.#callerOf(session);
    return index > applied.index ? 'unapplied' : undefined;
  }

  issue(user: string, authRevision: number, issued: (outcome: Issued) => void): void {
    const secret = Array.from({ length: SECRET_LETTERS }, () => LETTERS[randomInt(52)]).join('');
    const secretHash = hash('sha256', secret, 'buffer');
    const command: Command = { kind: 'token-issue', request: { user, secretHash, authRevision } };
    this.#replica.propose(command, encodeCommand(command), (outcome) => {
      if ('code' in outcome) return issued(outcome);
      if (outcome.kind === 'token-issue') return issued({ token: `${secret}.${outcome.index}` });
      issued(etcdErrors.ErrStopped);
    });
  }

  #callerOf(session: Session): Caller {
    let caller = this.#callers.get(session);
    if (caller === undefined) {
      caller = new CurrentCaller(() => this.#replica.machine.auth, session.user, session);
      this.#callers.set(session, caller);
    }
    return caller;
  }
}

const hashOf = (secret: string): string => toByteString(hash('sha256', secret, 'buffer'));
