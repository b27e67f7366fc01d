/**
 * What a place in line says of itself: the value of its key. Programs of other languages leave theirs empty, or put
 * something of their own there; whatever cannot be read counts as the strictest, a claim to have the lock alone.
 */

/** How a claim gets along with those in front of it. */
export type ClaimKind =
  /** Beside nobody: a mutex, the writing side of a read-write lock, a candidate. */
  | { readonly mode: 'exclusive' }
  /** Beside others of its mode: the reading side. */
  | { readonly mode: 'shared' }
  /** Beside others while the counts of all add up to no more than `permits`: a semaphore. */
  | { readonly mode: 'permits'; readonly permits: number; readonly count: number };

/** What people see of a claim when they inspect a lock. */
export interface ClaimOrigin {
  /** The `label` option of the call. */
  readonly label?: string | undefined;
  /** The name of the application, from the client's options. */
  readonly app?: string | undefined;
  /** When it got in line, by the clock of its machine: for people, never for decisions. */
  readonly since?: Date | undefined;
}

export type Claim = ClaimKind & ClaimOrigin;

/** The value of a key for `claim`. */
export function encodeClaim(claim: Claim): string {
  return JSON.stringify(claim);
}

/** What the value of a key claims. Never throws. */
export function decodeClaim(text: string): Claim {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { mode: 'exclusive' };
  }
  if (typeof value !== 'object' || value === null) return { mode: 'exclusive' };
  const fields = value as Record<string, unknown>;
  return { ...kindOf(fields), ...originOf(fields) };
}

function kindOf({ mode, permits, count }: Record<string, unknown>): ClaimKind {
  if (mode === 'shared') return { mode };
  if (mode === 'permits' && isPositiveInteger(permits) && isPositiveInteger(count)) {
    return { mode, permits, count };
  }
  return { mode: 'exclusive' };
}

function originOf({ label, app, since }: Record<string, unknown>): ClaimOrigin {
  const at = typeof since === 'string' ? new Date(since) : undefined;
  return {
    ...(typeof label === 'string' && { label }),
    ...(typeof app === 'string' && { app }),
    ...(at !== undefined && !Number.isNaN(at.getTime()) && { since: at }),
  };
}

function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
