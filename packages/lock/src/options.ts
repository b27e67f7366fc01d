/** The options of locks and elections, checked before anything is sent. */
import { Buffer } from 'node:buffer';
import { checkNames, durationMs, type Duration, invalid, show } from '@concord/client';

/** Long enough to live through a pause of some seconds, short enough that a crash stops nobody for long. */
export const TTL_MS_DEFAULT = 15_000;
/** Servers count leases in seconds. */
export const TTL_MS_MIN = 1_000;
/** A key of a line is the name, a slash and sixteen digits; servers take keys far longer than anyone types. */
export const NAME_BYTES_MAX = 1_024;
/** A guarded write checks all names of `all` in one transaction, and servers take 128 operations in one by default. */
export const NAMES_MAX = 100;
/** What people put into a label is a word or a host, and it is read with every look at the line. */
export const LABEL_CHARACTERS_MAX = 256;

/** How a lock is waited for, and what happens when its holder disappears. */
export interface LockOptions {
  /**
   * How long the lock outlives a holder that does not answer any more: `'15s'` by default, at least a second. It is
   * prolonged all the time while it is held.
   */
  readonly ttl?: Duration | undefined;
  /** How long to wait for the lock: as long as it takes by default, 0 for not at all. */
  readonly wait?: Duration | undefined;
  /** Ends the waiting with `ABORTED`; for `run`, it also aborts the signal of the lock. */
  readonly signal?: AbortSignal | undefined;
  /** What `inspect` and time-outs show of this claim, such as a host or a job; at most 256 characters. */
  readonly label?: string | undefined;
  /** Lets code inside of `run` (or `HeldLock.run`) have the same lock again instead of waiting for itself. Default false. */
  readonly reentrant?: boolean | undefined;
}

export interface SemaphoreOptions {
  /** How many there are to be had, the same number for everybody who uses the name: an integer from 1. */
  readonly permits: number;
}

export interface PermitOptions extends LockOptions {
  /** How many to take at once: an integer from 1 (default) to `permits`. */
  readonly count?: number | undefined;
}

/** Options that were checked, with defaults in place. */
export interface LockRequest {
  readonly operation: string;
  readonly name: string;
  readonly ttlMs: number;
  /** Undefined: as long as it takes. */
  readonly waitMs: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly label: string | undefined;
  readonly isReentrant: boolean;
}

const names = ['ttl', 'wait', 'signal', 'label', 'reentrant'] as const;

/**
 * `options` checked.
 *
 * @throws ConcordError `INVALID_ARGUMENT` that names the option, what was given and what is allowed
 */
export function checkLockOptions(
  operation: string,
  name: string,
  options: LockOptions,
  further: readonly string[] = [],
): LockRequest {
  checkNames(options, [...names, ...further], operation);
  const option = (key: string): string => `${operation}: option "${key}"`;
  const { ttl = TTL_MS_DEFAULT, wait, signal, label, reentrant = false } = options;
  if (label !== undefined && (typeof label !== 'string' || label.length > LABEL_CHARACTERS_MAX)) {
    throw invalid(option('label'), `is ${show(label)}`, 'give at most 256 characters');
  }
  if (typeof reentrant !== 'boolean') {
    throw invalid(option('reentrant'), `is ${show(reentrant)}`, 'give true or false');
  }
  return {
    operation,
    name: checkName(operation, name),
    ttlMs: durationMs(ttl, option('ttl'), TTL_MS_MIN),
    waitMs: wait === undefined ? undefined : durationMs(wait, option('wait')),
    signal: checkSignal(operation, signal),
    label,
    isReentrant: reentrant,
  };
}

/** @throws ConcordError `INVALID_ARGUMENT` unless it is a name that a line can have */
export function checkName(operation: string, name: unknown): string {
  if (typeof name !== 'string' || name === '') {
    throw invalid(operation, `the name is ${show(name)}`, 'give one, such as "/jobs"');
  }
  if (Buffer.byteLength(name) > NAME_BYTES_MAX) {
    const problem = `the name ${show(name)} has ${Buffer.byteLength(name)} bytes`;
    throw invalid(operation, problem, `give at most ${NAME_BYTES_MAX}`);
  }
  return name;
}

/** The names of a lock of several, in the order in which everybody takes them. */
export function checkLockNames(operation: string, given: readonly string[]): string[] {
  if (!Array.isArray(given) || given.length === 0 || given.length > NAMES_MAX) {
    const problem = `the names are ${show(given)}`;
    throw invalid(operation, problem, `give a list of 1 to ${NAMES_MAX}`);
  }
  const sorted = [...new Set((given as unknown[]).map((name) => checkName(operation, name)))];
  // By their bytes, as every language can: a locale's order differs from machine to machine.
  return sorted.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** @throws ConcordError `INVALID_ARGUMENT` unless it is an integer from 1 to `max` */
export function checkCount(operation: string, option: string, value: number, max: number): number {
  if (!Number.isSafeInteger(value) || value < 1 || value > max) {
    const remedy = `give an integer from 1 to ${max}`;
    throw invalid(`${operation}: option "${option}"`, `is ${show(value)}`, remedy);
  }
  return value;
}

function checkSignal(operation: string, signal: unknown): AbortSignal | undefined {
  if (signal === undefined || signal instanceof AbortSignal) return signal;
  throw invalid(`${operation}: option "signal"`, `is ${show(signal)}`, 'give an AbortSignal');
}
