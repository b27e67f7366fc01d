/**
 * What a writer asked for and what it learned: the material of which the checker judges. Every value is
 * unique, so a change in the history names the operation that made it.
 */

/** One change of one key. */
export type Effect =
  | { readonly type: 'put'; readonly key: string; readonly value: string; readonly lease: number }
  | { readonly type: 'delete'; readonly key: string };

/** What came of an operation; `unknown` when the server died before it answered. */
export type Outcome =
  | { readonly kind: 'pending' }
  | { readonly kind: 'acknowledged'; readonly revision: number }
  | { readonly kind: 'unknown' };

/** One operation of one writer. */
export interface Operation {
  readonly name: string;
  /** What one revision holds, in order, when the operation took place; none when it changes no key. */
  readonly effects: readonly Effect[];
  /** The lease that it grants or revokes. */
  readonly lease: { readonly id: number; readonly action: 'grant' | 'revoke' } | undefined;
  outcome: Outcome;
}

/** An operation as evidence, for people. */
export function describeOperation({ name, effects, outcome }: Operation): string {
  const state =
    outcome.kind === 'acknowledged' ? `acknowledged at ${outcome.revision}` : outcome.kind;
  return `${name} [${effects.map(describeEffect).join(', ')}] ${state}`;
}

/** An effect as evidence; two effects are the same when these are. */
export function describeEffect(effect: Effect): string {
  return effect.type === 'put'
    ? `put ${effect.key}=${effect.value} lease ${effect.lease}`
    : `delete ${effect.key}`;
}
