/**
 * Authentication and authorisation as the state machine has them: the replicated book of users and roles, what it
 * allows, and the tokens that this member knows.
 */
import { etcdErrors, toByteString, type EtcdErrorRow, type TokenIssue } from '@concord/protocol';
import type { LeaseBook } from '../lease/lease-book.ts';
import type { Rows } from '../rows.ts';
import { AccessControl } from './access-control.ts';
import { administer, type AuthChange } from './administration.ts';
import { AuthBook } from './auth-book.ts';
import type { Tokens } from './tokens.ts';

export interface AuthHost {
  readonly rows: Rows;
  readonly leases: LeaseBook;
  readonly tokens: Tokens;
  now(): number;
  /** Hears what is written, for the hash of the state. */
  written(row: Uint8Array): void;
  /** Who may do what is different from now on. */
  changed(): void;
}

export class Auth {
  readonly book: AuthBook;
  readonly access: AccessControl;
  readonly tokens: Tokens;
  readonly #host: AuthHost;

  constructor(host: AuthHost) {
    this.#host = host;
    this.tokens = host.tokens;
    this.book = new AuthBook(host.rows, (row) => host.written(row));
    this.access = new AccessControl(this.book, host.leases);
  }

  get isEnabled(): boolean {
    return this.book.isEnabled;
  }

  get revision(): number {
    return this.book.revision;
  }

  administer(change: AuthChange): { readonly kind: 'auth-change' } | EtcdErrorRow {
    const wasEnabled = this.isEnabled;
    const revision = this.revision;
    const refusal = administer(this.book, change);
    if (refusal !== undefined) return refusal;
    if (change.kind === 'user-delete' || change.kind === 'user-change-password') {
      this.tokens.revokeOf(change.request.name);
    }
    if (change.kind === 'auth-disable') this.tokens.revokeAll();
    if (wasEnabled !== this.isEnabled || revision !== this.revision) this.#host.changed();
    return { kind: 'auth-change' };
  }

  /** The password was right in the state that was asked; in another it may not be. */
  issueToken(
    { user, secretHash, authRevision }: TokenIssue,
    index: number,
  ): { readonly kind: 'token-issue'; readonly index: number } | EtcdErrorRow {
    if (!this.isEnabled) return etcdErrors.ErrAuthNotEnabled;
    if (authRevision !== this.revision) return etcdErrors.ErrAuthOldRevision;
    if (this.book.user(user) === undefined) return etcdErrors.ErrAuthFailed;
    this.tokens.issue(user, toByteString(secretHash), index, this.#host.now());
    return { kind: 'token-issue', index };
  }
}
