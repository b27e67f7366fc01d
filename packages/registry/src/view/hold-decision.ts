/** What an operator decides about a hold that consumers keep: the value of `registryKeys.hold(service)`, as JSON. */

/**
 * - `release`: let go of what is held; it is really gone.
 * - `extend`: hold on to it, until a moment of the wall clock in milliseconds.
 */
export type HoldDecision =
  | { readonly action: 'release'; readonly reason: string; readonly by: string }
  | {
      readonly action: 'extend';
      readonly until: number;
      readonly reason: string;
      readonly by: string;
    };

export const encodeHoldDecision = (decision: HoldDecision): string => JSON.stringify(decision);

/** `undefined` for what is no decision: other programs write under these keys, too. */
export function decodeHoldDecision(text: string): HoldDecision | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { action, until, reason = '', by = '' } = value as Readonly<Record<string, unknown>>;
  if (typeof reason !== 'string' || typeof by !== 'string') return undefined;
  if (action === 'release') return { action, reason, by };
  const isMoment = typeof until === 'number' && Number.isFinite(until);
  return action === 'extend' && isMoment ? { action, until, reason, by } : undefined;
}
