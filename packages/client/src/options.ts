/** Options as callers give them: how calls are bounded, and how unknown names are caught. */
import { durationMs, type Duration } from './duration.ts';
import { ConcordError } from './errors.ts';

/** What every call that waits takes. */
export interface CallOptions {
  /** Ends the call with `ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** How long the call may take, retries included; the client's `timeout` by default. */
  readonly timeout?: Duration | undefined;
  /**
   * Reads: `linearizable` (default) sees everything written before it; `serializable` is answered by any member
   * from what it has, which may be behind, and needs no leader.
   */
  readonly consistency?: 'linearizable' | 'serializable' | undefined;
}

export const callOptionNames = ['signal', 'timeout', 'consistency'] as const;

/** The timeout of a call in milliseconds. */
export function timeoutMsOf(options: CallOptions, operation: string, defaultMs: number): number {
  if (options.timeout === undefined) return defaultMs;
  return durationMs(options.timeout, `${operation}: option "timeout"`, 1);
}

/**
 * Makes sure that `options` has no other names than `allowed`.
 *
 * @throws ConcordError `INVALID_ARGUMENT` that names the option and what is allowed
 */
export function checkNames(options: unknown, allowed: readonly string[], operation: string): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw invalid(operation, `options are ${show(options)}`, 'give an object');
  }
  for (const name of Object.keys(options)) {
    if (allowed.includes(name)) continue;
    const near = allowed.find((known) => isNear(name, known));
    throw invalid(
      operation,
      `there is no option "${name}"`,
      near === undefined ? `the options are ${allowed.join(', ')}` : `did you mean "${near}"?`,
    );
  }
}

/** An option or argument that can't be meant. */
export function invalid(operation: string, problem: string, remedy: string): ConcordError {
  return new ConcordError('INVALID_ARGUMENT', { operation, problem, remedy });
}

/** A value in an error's text, short. */
export function show(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  const text = json(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function json(value: unknown): string | undefined {
  try {
    if (typeof value === 'function') return 'a function';
    // NaN and the infinities would be shown as null.
    return typeof value === 'number' ? String(value) : JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Whether `name` is `known` but for case and a plural, or at most two letters wrong. */
function isNear(name: string, known: string): boolean {
  const [a, b] = [name.toLowerCase(), known.toLowerCase()];
  if (a.startsWith(b) || b.startsWith(a)) return true;
  if (Math.abs(a.length - b.length) > 2) return false;
  let wrong = 0;
  for (let i = 0; i < Math.max(a.length, b.length); i++) if (a[i] !== b[i]) wrong += 1;
  return wrong <= 2;
}
