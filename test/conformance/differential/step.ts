/**
 * One step of a random program. Requests may hold symbols where a number depends on what happened before, so
 * that a program still means the same when steps are taken out of it: `now-3`, `now+1` and `compacted+1` are
 * revisions, `granted#2` is the third lease whose id the server chose.
 */
import type { Int64, RequestOf, UnaryMethod, WatchCreateRequest } from '../harness/messages.ts';

export type CallStep = {
  [M in UnaryMethod]: { readonly kind: 'call'; readonly method: M; readonly request: RequestOf<M> };
}[UnaryMethod];

/** Steps of programs with authentication on. */
export type AuthStep =
  /** `by` says with whose token: see `wallet.ts`. */
  | { readonly kind: 'call-as'; readonly by: string; readonly call: CallStep }
  | { readonly kind: 'log-in'; readonly user: string; readonly password: string };

export type Step =
  | CallStep
  | AuthStep
  | { readonly kind: 'keep-alive'; readonly ID: Int64 }
  /** A lease with a TTL of seconds: revoked at once, for its expiry would fall between any two calls. */
  | { readonly kind: 'fleeting-lease'; readonly TTL: Int64 }
  | { readonly kind: 'watch'; readonly stream: number; readonly request: WatchCreateRequest }
  | { readonly kind: 'cancel-watch'; readonly stream: number; readonly watchId: Int64 }
  | { readonly kind: 'restart' };

export type Program = readonly Step[];

/** Watch streams open at a time. */
export const STREAMS = 2;

/** What symbols stand for at one moment, on one side. */
export interface Situation {
  readonly now: number;
  readonly compacted: number;
  readonly granted: readonly string[];
}

/** `value` with every symbol replaced by what it stands for. */
export function resolve<T>(value: T, situation: Situation): T {
  if (typeof value === 'string') return resolveText(value, situation) as T;
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => resolve(item, situation)) as T;
  return Object.fromEntries(
    Object.entries(value).map(([field, item]) => [field, resolve(item as unknown, situation)]),
  ) as T;
}

function resolveText(text: string, situation: Situation): string {
  const revision = /^(now|compacted)([+-]\d+)$/.exec(text);
  if (revision !== null) {
    const base = revision[1] === 'now' ? situation.now : situation.compacted;
    return String(base + Number(revision[2]));
  }
  const lease = /^granted#(\d+)$/.exec(text);
  if (lease === null) return text;
  return situation.granted[Number(lease[1])] ?? '424242424242';
}
