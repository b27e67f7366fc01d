/** A job that runs in one of many processes, at most once for each moment that it is due. */
import { compare, ConcordError, missing, op, type Client, invalid, show } from '@concord/client';
import type { HeldLock } from './held-lock.ts';
import type { LockOptions } from './options.ts';
import { runLocked } from './run-locked.ts';

/** How a job of ticks runs. */
export interface TickOptions extends Omit<LockOptions, 'wait' | 'reentrant'> {
  /**
   * What becomes of a tick while the last run has not ended: `'skip'` (default) leaves it out, `'catch-up'` runs it
   * afterwards.
   */
  readonly missed?: 'skip' | 'catch-up' | undefined;
}

/** Whether this process ran the job. */
export type TickResult = 'ran' | 'skipped';

/** The value of a job's key: the newest tick that was begun. */
interface TickRecord {
  readonly tick: string;
  /** The token of the run, so that a run recognizes its own record. */
  readonly token: number;
}

/** @throws ConcordError `INVALID_ARGUMENT` */
export function checkTick(operation: string, tick: unknown, missed: unknown): void {
  if (!(tick instanceof Date) || Number.isNaN(tick.getTime())) {
    throw invalid(operation, `the tick is ${show(tick)}`, 'give the Date at which the job is due');
  }
  if (missed !== 'skip' && missed !== 'catch-up') {
    const remedy = 'give "skip" or "catch-up"';
    throw invalid(`${operation}: option "missed"`, `is ${show(missed)}`, remedy);
  }
}

/** Where the newest tick of the job `name` is kept. */
export function tickKey(name: string): string {
  return `/concord/lock/ticks/${encodeURIComponent(name)}`;
}

/** Whether `tick` was begun already, or is older than one that was. */
export async function isBegun(
  client: Client,
  name: string,
  tick: Date,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const entry = await client.kv.get(tickKey(name), { signal });
  return entry !== undefined && dateOf(entry.text) >= tick.getTime();
}

/** Begins `tick` under `lock`, unless it was begun, and runs the body; gives the lock up in any case. */
export async function runTick(
  client: Client,
  lock: HeldLock,
  tick: Date,
  body: (lock: HeldLock) => Promise<void>,
): Promise<TickResult> {
  return runLocked(client.logger, lock, async () => {
    if (!(await begin(client, lock, tick))) return 'skipped';
    await body(lock);
    return 'ran';
  });
}

/**
 * Writes down that the tick was begun. Invariant: this happens before the body, and once; a process that dies in between
 * leaves the tick unrun, never run twice.
 */
async function begin(client: Client, lock: HeldLock, tick: Date): Promise<boolean> {
  const key = tickKey(lock.name);
  const entry = await client.kv.get(key, { signal: lock.signal });
  if (entry !== undefined && dateOf(entry.text) >= tick.getTime()) return false;
  const unchanged =
    entry === undefined ? missing(key) : compare(key).modRevision('=', entry.modRevision);
  const record: TickRecord = { tick: tick.toISOString(), token: lock.token };
  const { succeeded } = await client.kv
    .txn()
    .if(unchanged, lock.guard())
    .then(op.put(key, JSON.stringify(record)))
    .commit({ signal: lock.signal });
  if (succeeded) return true;
  throw new ConcordError('LOCK_LOST', {
    operation: 'election.oncePerTick',
    subject: lock.name,
    problem: `the lock of ${JSON.stringify(lock.name)} was lost before the tick was begun`,
    remedy: 'another process runs it, or the next tick will',
    outcome: 'not-applied',
  });
}

/** The moment in a record, in milliseconds; a record that cannot be read is older than any. */
function dateOf(text: string): number {
  try {
    const ms = Date.parse((JSON.parse(text) as TickRecord).tick);
    return Number.isNaN(ms) ? -Infinity : ms;
  } catch {
    return -Infinity;
  }
}
