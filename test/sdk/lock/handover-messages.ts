/** What contenders for the lock and the store that they write to say to each other. */

/** From a contender; every message is answered but the last two. */
export type ContenderMessage =
  /** It is about to stand in line. */
  | { readonly type: 'asking' }
  /** It has the lock, and wants to know what the store holds. */
  | { readonly type: 'read'; readonly token: number }
  /** It has made sure that it still holds the lock, or is one that does not care. */
  | { readonly type: 'checked'; readonly token: number }
  | { readonly type: 'write'; readonly token: number; readonly value: number }
  /** It did not write, because the lock told it that it was lost. */
  | { readonly type: 'stopped'; readonly token: number }
  | { readonly type: 'failed'; readonly reason: string };

export type StoreAnswer =
  | { readonly type: 'go'; readonly value: number }
  | { readonly type: 'fenced' }
  | { readonly type: 'stop' };

/** Arguments of a contender's process. */
export interface ContenderOptions {
  readonly endpoint: string;
  readonly lock: string;
  readonly ttlMs: number;
  /** It asks the lock before it writes; one that does not shows what tokens are for. */
  readonly isCareful: boolean;
}
