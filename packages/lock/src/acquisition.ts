/** From a request to a place whose turn it is; or to an error, with nothing left behind. */
import { ConcordError, type Client, type Session } from '@concord/client';
import { encodeClaim, type ClaimKind } from './line/claim.ts';
import { Line } from './line/line.ts';
import { placeOf, type Place } from './line/place.ts';
import { Standing } from './line/standing.ts';
import { inTheWay } from './line/turn.ts';
import { lookAhead, untilTurn } from './line/turn-watch.ts';
import type { LockRequest } from './options.ts';
import { Patience } from './patience.ts';
import { closed, type SessionPool } from './session-pool.ts';

/** The answer to a caller who gave up waits so long for the place to be gone; then that goes on behind. */
const ABANDON_MS_MAX = 1_000;
/** Asking who holds a lock that was not had is a courtesy. */
const HOLDER_TIMEOUT_MS = 1_000;

/** What to stand in line for. */
export interface Wanted {
  readonly claim: ClaimKind;
  /** The value of the key; the claim with label, application and time by default. */
  readonly value?: string | undefined;
}

/** Who asks: shown to those who inspect a line. */
export interface Asker {
  readonly client: Client;
  readonly pool: SessionPool;
  readonly app: string | undefined;
}

/**
 * Stands in line until it is the turn of the place.
 *
 * @throws ConcordError `NOT_ACQUIRED` naming the holder, `ABORTED`, `SESSION_LOST`, or what a call failed with
 */
export async function acquirePlace(
  asker: Asker,
  request: LockRequest,
  wanted: Wanted,
): Promise<Standing> {
  using patience = new Patience(request.waitMs, request.signal);
  patience.throwIfAborted(request.operation);
  if (request.waitMs === 0) await checkFree(asker.client, request, wanted, patience);
  const session = await withSession(asker.pool, request, patience);
  try {
    return await standInLine(asker, session, request, wanted, patience);
  } catch (error) {
    await abandon(asker.pool, session);
    throw await explained(asker.client, error, request, patience);
  }
}

/** A session to stand with; its own failures are the caller's. */
export async function withSession(
  pool: SessionPool,
  { ttlMs, operation, name }: LockRequest,
  patience: Patience,
): Promise<Session> {
  try {
    return await pool.take(ttlMs, operation, { signal: patience.signal });
  } catch (error) {
    patience.throwIfAborted(operation);
    if (!patience.isTimeUp) throw error;
    throw notAcquired(operation, name, 'the cluster did not answer in time');
  }
}

/** Takes a place with `session`, and waits for its turn as long as the caller's patience lasts. */
export async function standInLine(
  { client, app }: Asker,
  session: Session,
  request: LockRequest,
  { claim, value }: Wanted,
  patience: Patience,
): Promise<Standing> {
  const { operation, name, label } = request;
  const line = new Line(client, name);
  const told = value ?? encodeClaim({ ...claim, label, app, since: new Date() });
  const { isFirst, key, createRevision } = await line.join(session, told, operation, {
    signal: patience.signal,
  });
  const standing = new Standing({ client, name, place: { key, createRevision }, session });
  try {
    if (!isFirst) {
      const signal = AbortSignal.any([patience.signal, standing.gone]);
      if (request.waitMs === 0) await checkTurn(line, standing, request, claim, signal);
      else await untilTurn(client, line, standing, claim, signal);
      await confirm(client, standing, signal);
    }
    standing.check(operation);
    // Who has turned away in the last moment would never give back what they got.
    patience.signal.throwIfAborted();
    return standing;
  } catch (error) {
    const isGone = standing.gone.aborted;
    standing.stop();
    if (!isGone) throw error;
    throw session.state === 'closed'
      ? closed(operation)
      : lostWhileWaiting(operation, name, standing.gone.reason);
  }
}

/** Whoever waited may have been pushed out of the line meanwhile: it is the key that decides, not the waiting. */
async function confirm(client: Client, standing: Standing, signal: AbortSignal): Promise<void> {
  const { succeeded } = await client.kv.txn().if(standing.guard()).commit({ signal });
  if (!succeeded) throw lostWhileWaiting('lock', standing.name);
}

/** For those who do not wait: a look spares the cluster two writes when the lock is taken. */
async function checkFree(
  client: Client,
  request: LockRequest,
  { claim }: Wanted,
  { signal }: Patience,
): Promise<void> {
  await checkTurn(new Line(client, request.name), undefined, request, claim, signal);
}

async function checkTurn(
  line: Line,
  own: Standing | undefined,
  { operation, name }: LockRequest,
  claim: ClaimKind,
  signal: AbortSignal,
): Promise<void> {
  const { places } = await lookAhead(line, own, claim, signal);
  if (inTheWay(claim, places).length === 0) return;
  throw notAcquired(operation, name, describeHolder(places.at(-1)));
}

/** Takes a place away that will not be used, whether or not it was ever taken. */
export async function abandon(pool: SessionPool, session: Session): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, ABANDON_MS_MAX)));
  await Promise.race([pool.retire(session), enough]);
  clearTimeout(timer);
}

/** The error for the caller. */
export async function explained(
  client: Client,
  error: unknown,
  { operation, name }: LockRequest,
  patience: Patience,
): Promise<unknown> {
  patience.throwIfAborted(operation);
  if (!patience.isTimeUp) return error;
  try {
    const { entry } = await new Line(client, name).front({ timeout: HOLDER_TIMEOUT_MS });
    return notAcquired(operation, name, describeHolder(entry && placeOf(entry)));
  } catch {
    return notAcquired(operation, name, 'its holder could not be asked for');
  }
}

function notAcquired(operation: string, name: string, reason: string): ConcordError {
  return new ConcordError('NOT_ACQUIRED', {
    operation,
    subject: name,
    problem: `${JSON.stringify(name)} was not free within the time to wait: ${reason}`,
    remedy: 'try again later, or wait longer',
  });
}

function lostWhileWaiting(operation: string, name: string, cause?: unknown): ConcordError {
  return new ConcordError('SESSION_LOST', {
    operation,
    subject: name,
    problem: `the place in the line of ${JSON.stringify(name)} was lost before its turn came`,
    remedy: 'acquire it again',
    retryable: true,
    outcome: 'not-applied',
    cause,
  });
}

function describeHolder(holder: Place | undefined): string {
  if (holder === undefined) return 'it has become free since';
  const { key, claim } = holder;
  const app = claim.app === undefined ? '' : ` by ${JSON.stringify(claim.app)}`;
  const label = claim.label === undefined ? '' : ` (${claim.label})`;
  const since = claim.since === undefined ? '' : ` since ${claim.since.toISOString()}`;
  return `it is held${app}${label} with the key ${JSON.stringify(key)}${since}`;
}
