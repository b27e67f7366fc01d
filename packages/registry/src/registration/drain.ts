/** Waiting until consumers have seen that an instance goes, instead of sleeping for some time. */
import type { CallOptions, Client, Duration, Entry } from '@concord/client';
import { durationMs, checkNames } from '@concord/client';
import { checkOneOf } from '../options.ts';
import { idAfter, registryKeys } from '../registry-keys.ts';

/** Consumers see it within milliseconds; those who take longer are unlikely to call. */
const WAIT_MAX_DEFAULT = '10s';
/** A cluster that can't be told: the lease tells it. */
const TIMEOUT_DEFAULT = '2s';
/** What is left to say to a cluster that is known to be away; it may be back. */
const AWAY_MS = 100;

export interface DrainOptions {
  /** `wait` (default) until all consumers have acknowledged, or `skip`. */
  readonly observers?: 'wait' | 'skip';
  /** The longest wait for consumers, default 10 s. */
  readonly maxWait?: Duration;
  /** How long a cluster that does not answer is waited for, default 2 s; the lease ends by itself then. */
  readonly timeout?: Duration;
  /** Ends the wait; the deregistration follows all the same. */
  readonly signal?: AbortSignal;
}

export const drainOptionNames = ['observers', 'maxWait', 'timeout', 'signal'] as const;

export interface DrainReport {
  /** The revision at which the instance was marked draining; undefined if the cluster could not be told. */
  readonly revision: number | undefined;
  /**
   * - `acknowledged`: every consumer has stopped picking the instance.
   * - `timeout`: `maxWait` was over before some had; `pending` names them.
   * - `skipped`: nobody waited, as was asked for, or there was nothing registered.
   * - `unreachable`: the cluster could not be told; the lease ends by itself.
   */
  readonly outcome: 'acknowledged' | 'timeout' | 'skipped' | 'unreachable';
  /** How many consumers have acknowledged. */
  readonly acknowledged: number;
  /** Consumers that had not. */
  readonly pending: readonly string[];
  readonly waitedMs: number;
}

export interface CheckedDrainOptions {
  readonly observers: 'wait' | 'skip';
  readonly maxWaitMs: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** @throws ConcordError `INVALID_ARGUMENT` */
export function checkDrainOptions(operation: string, options: DrainOptions): CheckedDrainOptions {
  checkNames(options, drainOptionNames, operation);
  return {
    observers: checkOneOf(operation, 'observers', options.observers ?? 'wait', ['wait', 'skip']),
    maxWaitMs: durationMs(options.maxWait ?? WAIT_MAX_DEFAULT, `${operation}: option "maxWait"`),
    timeoutMs: durationMs(options.timeout ?? TIMEOUT_DEFAULT, `${operation}: option "timeout"`, 1),
    signal: options.signal,
  };
}

/** What may be waited for an answer while closing. */
export function patienceMs(timeoutMs: number, isAway: boolean): number {
  return isAway ? Math.min(timeoutMs, AWAY_MS) : timeoutMs;
}

export interface Acknowledged {
  readonly acknowledged: number;
  readonly pending: readonly string[];
}

/** Who of the observers, by their entries, has taken in everything up to `revision`. */
export function acknowledgedBy(
  prefix: string,
  entries: Iterable<Pick<Entry, 'key' | 'text'>>,
  revision: number,
): Acknowledged {
  let acknowledged = 0;
  const pending: string[] = [];
  for (const { key, text } of entries) {
    if (revisionIn(text) >= revision) acknowledged += 1;
    else pending.push(idAfter(prefix, key));
  }
  return { acknowledged, pending };
}

/** What can't be read is nobody's acknowledgement, and nobody to wait for either. */
function revisionIn(text: string): number {
  try {
    const { revision } = JSON.parse(text) as { revision?: unknown };
    return typeof revision === 'number' ? revision : Infinity;
  } catch {
    return Infinity;
  }
}

/**
 * Resolves when all observers of `service` have acknowledged `revision`, when those who have not are gone, or when
 * the call's time is over. Never rejects: what is known by then is what it says.
 */
export async function waitForObservers(
  client: Client,
  service: string,
  revision: number,
  call: CallOptions,
): Promise<Acknowledged> {
  const prefix = registryKeys.observers(service);
  await using mirror = client.mirror({ prefix });
  const current = (): Acknowledged => acknowledgedBy(prefix, mirror.entries.values(), revision);
  try {
    await mirror.ready(call);
  } catch {
    return { acknowledged: 0, pending: ['(unknown)'] };
  }
  if (current().pending.length === 0) return current();
  // Awaited here: the mirror is to live until then.
  return await new Promise((resolve) => {
    const finish = (): void => {
      listening[Symbol.dispose]();
      call.signal?.removeEventListener('abort', finish);
      resolve(current());
    };
    const listening = mirror.onBatch(() => {
      if (current().pending.length === 0) finish();
    });
    // An aborted signal tells no listener any more.
    if (call.signal?.aborted === true) finish();
    else call.signal?.addEventListener('abort', finish, { once: true });
  });
}
