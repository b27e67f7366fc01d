/** What applying a command gave, by kind of command: the answers that callers wait for. */
import type { Alarm } from './alarms.ts';
import type { DeleteRangeResult, PutResult, TxnResult } from './mvcc/result.ts';

export type ApplyOutcome =
  | PutResult
  | DeleteRangeResult
  | TxnResult
  | { readonly kind: 'lease-grant'; readonly id: bigint; readonly ttlSeconds: number }
  | { readonly kind: 'alarm'; readonly alarms: readonly Alarm[] }
  | { readonly kind: 'compact' | 'lease-revoke' | 'lease-checkpoint' }
  | { readonly kind: 'publish-member' | 'change-member' | 'downgrade' | 'auth-change' }
  | { readonly kind: 'token-issue'; readonly index: number };
