/** What a kind of token can do: see `simple-tokens.ts` and `jwt-tokens.ts`. */
import type { EtcdErrorRow } from '@concord/protocol';
import type { Caller } from './caller.ts';

/** `unapplied`: this member has yet to hear of the entry that issued it. Undefined: not known. */
export type Resolved = Caller | 'unapplied' | undefined;

export type Issued = { readonly token: string } | EtcdErrorRow;

export interface TokenScheme {
  resolve(token: string): Resolved;
  /** `authRevision` is of the state in which the password was right; answers `ErrAuthOldRevision` in another. */
  issue(user: string, authRevision: number, issued: (outcome: Issued) => void): void;
}
