/**
 * Standing in lines with sessions that others keep alive: locks, readers, permits, candidates. The same keys and rules as
 * the SDK's, so that all stand in one line.
 */
import { setTimeout as pauseFor } from 'node:timers/promises';
import { ConcordError, op, type Client } from '@concord/client';
import {
  checkName,
  decodeClaim,
  encodeClaim,
  inTheWay,
  isStillOurs,
  Line,
  lookAhead,
  placeKey,
  untilTurn,
  type ClaimKind,
  type JoinedPlace,
  type Place,
} from '@concord/lock/records';
import { Problem } from '../http/problem.ts';
import type { CallerSession } from './lock-sessions.ts';
import type { HeldDocument } from './session-schemas.ts';

/** A renewal that was lost leaves time for another. */
const RENEWALS_PER_TTL = 3;
const RENEW_MS_MIN = 300;
/** A lock that is given up just while it is looked at: so often in a row that somebody else is always faster. */
const ATTEMPTS_MAX = 5;
/** Taking back a place whose owner has gone. */
const LEAVE_TIMEOUT_MS = 5_000;

export interface Wanted {
  readonly claim: ClaimKind;
  readonly waitMs: number;
  /** The value of the key; the claim with its origin by default. */
  readonly value?: string | undefined;
  readonly label?: string | undefined;
}

export class LineDesk {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /**
   * Takes a place, and waits for its turn as long as `waitMs` and `signal` allow; gives it up otherwise. A session that
   * has the place already gets the same token again, so that a request can be repeated.
   *
   * @throws Problem `conflict` naming the holder when the time is over, and when the session stands there for something else
   */
  async acquire(
    session: CallerSession,
    name: string,
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<HeldDocument> {
    const line = new Line(this.#client, checkName('lock', name));
    const stopRenewing = this.#keepAlive(session.lease, wanted.waitMs);
    try {
      return await this.#tryAll(line, session, wanted, signal);
    } finally {
      stopRenewing();
    }
  }

  /** Gives a place up, whether its turn had come or not. */
  async release(session: CallerSession, name: string): Promise<'released' | 'not-held'> {
    const key = placeKey(checkName('lock', name), session.lease);
    const { deleted } = await this.#client.kv.delete(key);
    return deleted > 0 ? 'released' : 'not-held';
  }

  /** Another value for a leader. @throws Problem `conflict` for who does not lead */
  async proclaim(session: CallerSession, name: string, value: string): Promise<HeldDocument> {
    const line = new Line(this.#client, checkName('election', name));
    const key = placeKey(name, session.lease);
    const { entry } = await line.front({});
    if (entry?.key !== key) throw notLeading(name, session);
    const { succeeded } = await this.#client.kv
      .txn()
      .if(isStillOurs(entry))
      .then(op.put(key, value, { lease: session.lease }))
      .commit({ repeatable: true });
    if (!succeeded) throw notLeading(name, session);
    return this.#held(name, session, entry);
  }

  /**
   * Takes somebody's place away; whoever follows has its turn.
   *
   * @throws Problem `not-found` for a lease that has no place there
   */
  async force(
    name: string,
    id: string,
    revoke: boolean,
  ): Promise<{
    readonly name: string;
    readonly lease: string;
    readonly token: number;
    readonly place: Place;
  }> {
    const lease = BigInt(`0x${id}`);
    const key = placeKey(checkName('lock', name), lease);
    const { previous } = await this.#client.kv.delete(key, { previous: true });
    const [entry] = previous;
    if (entry === undefined) {
      throw new Problem('not-found', { detail: `lease ${id} has no place in the line of ${name}` });
    }
    if (revoke) await this.#revoke(lease);
    const place = {
      key,
      createRevision: entry.createRevision,
      lease,
      claim: decodeClaim(entry.text),
      value: entry.text,
    };
    return { name, lease: id, token: entry.createRevision, place };
  }

  /** Whoever does not wait is told that a lock is taken, not that it was a moment ago. */
  async #tryAll(
    line: Line,
    session: CallerSession,
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<HeldDocument> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        if (wanted.waitMs === 0) await this.#assertFree(line, session, wanted.claim);
        return await this.#stand(line, session, wanted, signal);
      } catch (error) {
        const isFreeNow = error instanceof FreeSince;
        if (!isFreeNow || wanted.waitMs > 0 || attempt === ATTEMPTS_MAX) throw error;
      }
    }
  }

  async #stand(
    line: Line,
    session: CallerSession,
    { claim, value, label, waitMs }: Wanted,
    signal: AbortSignal,
  ): Promise<HeldDocument> {
    const told =
      value ??
      encodeClaim({ ...claim, label: label ?? session.label, app: session.by, since: new Date() });
    const place = await this.#join(line, session, told, signal);
    assertSameClaim(line.name, place, claim, value !== undefined);
    try {
      if (!place.isFirst) await this.#turn(line, place, claim, waitMs, signal);
      const { succeeded } = await this.#client.kv.txn().if(isStillOurs(place)).commit();
      // Who has hung up would never give back what they got.
      signal.throwIfAborted();
      if (!succeeded) throw lostPlace(line.name);
      return await this.#held(line.name, session, place);
    } catch (error) {
      if (place.isNew)
        await line.leave(place, { timeout: LEAVE_TIMEOUT_MS }).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Resolves when it is the turn of a place.
   *
   * @throws Problem `conflict` when the time to wait is over, and as soon as somebody takes the place away
   */
  async #turn(
    line: Line,
    place: JoinedPlace,
    claim: ClaimKind,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    if (waitMs === 0) {
      const { places } = await lookAhead(line, place, claim, signal);
      if (inTheWay(claim, places).length === 0) return;
      return this.#assertFirst(line, place);
    }
    const over = new AbortController();
    const until = AbortSignal.any([signal, over.signal]);
    const losing = this.#untilDeleted(place.key, place.createRevision + 1, until);
    const waiting = untilTurn(this.#client, line, place, claim, until);
    const timeUp = pause(waitMs, until);
    try {
      const end = await Promise.race([
        waiting.then(() => 'turn'),
        losing.then(() => 'lost'),
        timeUp.then(() => 'late'),
      ]);
      if (end === 'lost') throw lostPlace(line.name);
      if (end === 'late') await this.#assertFirst(line, place);
    } finally {
      over.abort();
      await Promise.allSettled([waiting, losing, timeUp]);
    }
  }

  /** Never resolves where the history is gone: then the look at the end says it. */
  async #untilDeleted(key: string, from: number, signal: AbortSignal): Promise<void> {
    try {
      await using watch = this.#client.watch(key, { from, noPut: true, signal });
      for await (const batch of watch) if (batch.type === 'changes') return;
    } catch (error) {
      if (!ConcordError.is(error, 'COMPACTED')) throw error;
    }
    await new Promise<never>((_, reject) => {
      const end = (): void => reject(signal.reason as Error);
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
    });
  }

  /** A place in line; what its first key was bound to has ended where the server knows no such lease. */
  async #join(
    line: Line,
    session: CallerSession,
    value: string,
    signal: AbortSignal,
  ): Promise<JoinedPlace> {
    try {
      return await line.join(session, value, 'lock', { signal });
    } catch (error) {
      if (!ConcordError.is(error, 'NOT_FOUND')) throw error;
      throw new Problem('conflict', { detail: `session ${session.lease.toString(16)} has ended` });
    }
  }

  async #held(
    name: string,
    { lease }: CallerSession,
    { key, createRevision }: { readonly key: string; readonly createRevision: number },
  ): Promise<HeldDocument> {
    const { ttlMs, remainingMs } = await this.#client.leases.timeToLive(lease);
    return { name, lease: lease.toString(16), token: createRevision, key, ttlMs, remainingMs };
  }

  /** A look spares the cluster two writes when the lock is taken. */
  async #assertFree(line: Line, { lease }: CallerSession, claim: ClaimKind): Promise<void> {
    const { places } = await lookAhead(
      line,
      undefined,
      claim,
      AbortSignal.timeout(LEAVE_TIMEOUT_MS),
    );
    if (places.some((place) => place.lease === lease)) return;
    if (inTheWay(claim, places).length > 0) throw notAcquired(line.name, places.at(-1));
  }

  /** Whoever was in front may have gone just now: then it is the turn of `own` after all. */
  async #assertFirst(line: Line, own: JoinedPlace): Promise<void> {
    const { places } = await line.ahead(undefined, {});
    const first = places.at(-1);
    if (first?.key !== own.key) throw notAcquired(line.name, first);
  }

  /** Who waits here cannot send signs of life from a program that does one thing at a time: the request is one. */
  #keepAlive(lease: bigint, waitMs: number): () => void {
    if (waitMs === 0) return () => undefined;
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    const renew = async (): Promise<void> => {
      const ttlMs = await this.#client.leases.renew(lease).then(
        (grant) => grant.ttlMs,
        () => 0,
      );
      if (isOver) return;
      timer = setTimeout(() => void renew(), Math.max(RENEW_MS_MIN, ttlMs / RENEWALS_PER_TTL));
    };
    void renew();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }

  async #revoke(lease: bigint): Promise<void> {
    try {
      await this.#client.leases.revoke(lease);
    } catch (error) {
      if (!ConcordError.is(error, 'NOT_FOUND')) throw error;
    }
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  pauseFor(ms, undefined, { signal });

/** A session has one place in a line; what it stands there for does not change by asking for something else. */
function assertSameClaim(
  name: string,
  { isNew, value, key }: JoinedPlace,
  claim: ClaimKind,
  isCandidate: boolean,
): void {
  if (isNew || isCandidate) return;
  const there = decodeClaim(value);
  const isSame =
    there.mode === claim.mode &&
    (there.mode !== 'permits' || claim.mode !== 'permits' || there.count === claim.count);
  if (isSame) return;
  throw new Problem('conflict', {
    detail: `the session stands in the line of ${name} already, as ${there.mode} (${key}): release that first, or use another session`,
    outcome: 'not-applied',
  });
}

/** Somebody had it, and nobody has any more: worth another try. */
class FreeSince extends Problem {
  constructor(name: string) {
    super('conflict', {
      detail: `${name} was not free within the time to wait: it has become free since, and was taken again each time it was tried`,
      outcome: 'not-applied',
    });
  }
}

function notAcquired(name: string, holder: Place | undefined): Problem {
  if (holder === undefined) return new FreeSince(name);
  return new Problem('conflict', {
    detail: `${name} was not free within the time to wait: ${describe(holder)}`,
    outcome: 'not-applied',
  });
}

function describe({ lease, claim: { app, label, since } }: Place): string {
  const by = app === undefined ? '' : ` by ${JSON.stringify(app)}`;
  const called = label === undefined ? '' : ` (${label})`;
  const from = since === undefined ? '' : ` since ${since.toISOString()}`;
  return `session ${lease.toString(16)} has it${by}${called}${from}`;
}

const lostPlace = (name: string): Problem =>
  new Problem('conflict', {
    detail: `the place in the line of ${name} was taken away before its turn came: it was released, or its session has ended; acquire it again`,
    outcome: 'not-applied',
  });

const notLeading = (name: string, { lease }: CallerSession): Problem =>
  new Problem('conflict', {
    detail: `session ${lease.toString(16)} does not lead ${name}: nothing was written`,
    outcome: 'not-applied',
  });
