/**
 * A double barrier: so many wait for each other before they begin, and again before they go apart. Its keys are those of
 * etcd's recipe: `{name}/waiters/{lease}` for everybody inside, and `{name}/ready`, written once they are all there.
 *
 * Invariant: a round are the places younger than the last round's `ready` key and older than its own, so whoever is late
 * or early is counted in no other round.
 */
import { checkNames, compare, ConcordError, op, type Client } from '@concord/client';
import { abandon, withSession, type Asker } from './acquisition.ts';
import { encodeClaim } from './line/claim.ts';
import { Line } from './line/line.ts';
import { isPlaceKey, placeOf, type Place } from './line/place.ts';
import { Standing } from './line/standing.ts';
import { checkCount, checkLockOptions, type LockOptions, type LockRequest } from './options.ts';
import { Patience } from './patience.ts';

/** Everybody who enters or leaves reads the list of those who are there. */
export const PARTIES_MAX = 10_000;

export interface BarrierOptions {
  /** How many wait for each other, the same number for everybody: an integer from 1. */
  readonly parties: number;
}

/** How a barrier is waited at. */
export type BarrierWaitOptions = Omit<LockOptions, 'reentrant'>;

interface Round {
  readonly revision: number;
  /** When the last round was complete; 0 if everybody has left it. */
  readonly readyRevision: number;
  readonly places: readonly Place[];
}

type BarrierState =
  | { readonly name: 'outside' }
  | { readonly name: 'entering' }
  | { readonly name: 'inside'; readonly standing: Standing; readonly readyRevision: number }
  | { readonly name: 'leaving' };

export class Barrier implements AsyncDisposable {
  readonly name: string;
  readonly parties: number;
  readonly #asker: Asker;
  readonly #line: Line;
  readonly #readyKey: string;
  #state: BarrierState = { name: 'outside' };

  constructor(asker: Asker, name: string, options: BarrierOptions) {
    checkNames(options, ['parties'], 'lock.barrier');
    this.parties = checkCount('lock.barrier', 'parties', options.parties, PARTIES_MAX);
    this.name = name;
    this.#asker = asker;
    this.#line = new Line(asker.client, `${name}/waiters`);
    this.#readyKey = `${name}/ready`;
  }

  /**
   * Resolves when all parties have entered.
   *
   * @throws ConcordError `CONFLICT` when they are complete without this one, or it is not outside; `NOT_ACQUIRED` after
   *   `options.wait`; `ABORTED`; `SESSION_LOST`
   */
  async enter(options: BarrierWaitOptions = {}): Promise<void> {
    const request = checkLockOptions('lock.barrier.enter', this.name, options);
    this.#expect('outside', request.operation);
    this.#state = { name: 'entering' };
    try {
      this.#state = await this.#enter(request);
    } catch (error) {
      this.#state = { name: 'outside' };
      throw error;
    }
  }

  /**
   * Resolves when all who entered have left, or lost their sessions.
   *
   * @throws ConcordError `CONFLICT` unless it is inside; `LOCK_LOST` when the others may have gone on without this one;
   *   `NOT_ACQUIRED`; `ABORTED`
   */
  async leave(options: Pick<BarrierWaitOptions, 'wait' | 'signal'> = {}): Promise<void> {
    const operation = 'lock.barrier.leave';
    const request = checkLockOptions(operation, this.name, options);
    const inside = this.#expect('inside', operation);
    this.#state = { name: 'leaving' };
    try {
      await this.#leave(inside, request);
    } finally {
      this.#state = { name: 'outside' };
    }
  }

  /** Takes itself away without waiting for the others. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#state.name !== 'inside') return;
    const { standing } = this.#state;
    this.#state = { name: 'outside' };
    standing.stop();
    await abandon(this.#asker.pool, standing.session);
  }

  async #enter(request: LockRequest): Promise<BarrierState> {
    const { client, pool, app } = this.#asker;
    const { operation, label } = request;
    using patience = new Patience(request.waitMs, request.signal);
    patience.throwIfAborted(operation);
    const session = await withSession(pool, request, patience);
    let standing: Standing | undefined;
    try {
      const value = encodeClaim({ mode: 'shared', label, app, since: new Date() });
      const call = { signal: patience.signal };
      const place = await this.#line.join(session, value, operation, call);
      standing = new Standing({ client, name: this.name, place, session });
      const signal = AbortSignal.any([patience.signal, standing.gone]);
      const readyRevision = await this.#untilReady(standing, operation, signal);
      standing.check(operation);
      return { name: 'inside', standing, readyRevision };
    } catch (error) {
      const gone = standing?.gone;
      standing?.stop();
      await abandon(pool, session);
      patience.throwIfAborted(operation);
      if (patience.isTimeUp) throw this.#incomplete(operation);
      throw gone?.aborted === true ? gone.reason : error;
    }
  }

  /** The revision at which this round was complete. */
  async #untilReady(own: Standing, operation: string, signal: AbortSignal): Promise<number> {
    const { client } = this.#asker;
    for (;;) {
      const { revision, readyRevision, places } = await this.#look(signal);
      if (readyRevision > own.createRevision) return readyRevision;
      const round = places.filter(({ createRevision }) => createRevision > readyRevision);
      const before = round.filter(({ createRevision }) => createRevision < own.createRevision);
      if (before.length >= this.parties) throw this.#complete(operation);
      if (round.length >= this.parties) {
        const { revision: now } = await client.kv.put(this.#readyKey, '', { signal });
        return now;
      }
      await using watch = client.watch(this.#readyKey, { from: revision + 1, signal });
      for await (const batch of watch) {
        if (batch.type === 'changes' && batch.changes.some(({ kind }) => kind === 'put')) break;
      }
    }
  }

  async #leave(
    { standing, readyRevision }: Extract<BarrierState, { name: 'inside' }>,
    { operation, waitMs, signal: given }: LockRequest,
  ): Promise<void> {
    const { client, pool } = this.#asker;
    using patience = new Patience(waitMs, given);
    standing.stop();
    const { signal } = patience;
    try {
      const isOurs = standing.session.remainingMs() > 0;
      const left = isOurs ? await this.#line.leave(standing, { signal }) : 'already-lost';
      if (left === 'already-lost') throw this.#lost(operation);
      await this.#untilEmpty(client, readyRevision, signal);
    } catch (error) {
      patience.throwIfAborted(operation);
      throw patience.isTimeUp ? this.#stillInside(operation) : error;
    } finally {
      void pool.retire(standing.session);
    }
  }

  async #untilEmpty(client: Client, readyRevision: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      const { revision, places } = await this.#look(signal);
      const round = new Set(
        places.filter((place) => place.createRevision < readyRevision).map(({ key }) => key),
      );
      if (round.size === 0) break;
      const { range } = this.#line;
      await using watch = client.watch(range, { from: revision + 1, noPut: true, signal });
      for await (const batch of watch) {
        if (batch.type !== 'changes') continue;
        for (const change of batch.changes) if (change.kind === 'delete') round.delete(change.key);
        if (round.size === 0) break;
      }
    }
    await client.kv
      .txn()
      .if(compare(this.#readyKey).modRevision('=', readyRevision))
      .then(op.delete(this.#readyKey))
      .commit({ signal });
  }

  /** Everybody's places and the `ready` key, at one revision. */
  async #look(signal: AbortSignal): Promise<Round> {
    const { revision, results } = await this.#asker.client.kv
      .txn()
      .then(op.range(this.#line.range), op.get(this.#readyKey))
      .commit({ signal });
    const [line, ready] = results;
    const entries = line?.kind === 'range' ? line.entries : [];
    return {
      revision,
      readyRevision: (ready?.kind === 'get' && ready.entry?.modRevision) || 0,
      places: entries.filter(({ key }) => isPlaceKey(this.#line.name, key)).map(placeOf),
    };
  }

  #expect<N extends BarrierState['name']>(
    name: N,
    operation: string,
  ): Extract<BarrierState, { name: N }> {
    if (this.#state.name === name) return this.#state as Extract<BarrierState, { name: N }>;
    throw new ConcordError('CONFLICT', {
      operation,
      subject: this.name,
      problem: `this barrier is ${this.#state.name}, not ${name}`,
      remedy: 'enter, then leave; use an object for each party',
    });
  }

  #complete(operation: string): ConcordError {
    return new ConcordError('CONFLICT', {
      operation,
      subject: this.name,
      problem: `all ${this.parties} parties of ${JSON.stringify(this.name)} are there already`,
      remedy: 'enter again when they have left, or raise "parties" everywhere',
    });
  }

  #incomplete(operation: string): ConcordError {
    return new ConcordError('NOT_ACQUIRED', {
      operation,
      subject: this.name,
      problem: `not all ${this.parties} parties came to ${JSON.stringify(this.name)} within the time to wait`,
      remedy: 'enter again, or wait longer',
    });
  }

  #lost(operation: string): ConcordError {
    return new ConcordError('LOCK_LOST', {
      operation,
      subject: this.name,
      problem: `the place inside of ${JSON.stringify(this.name)} was lost`,
      remedy: 'the others may have gone on without this one',
    });
  }

  #stillInside(operation: string): ConcordError {
    return new ConcordError('NOT_ACQUIRED', {
      operation,
      subject: this.name,
      problem: `others were inside of ${JSON.stringify(this.name)} for longer than the time to wait`,
      remedy: 'this one has left; wait longer next time',
    });
  }
}
