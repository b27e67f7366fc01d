/**
 * The sessions that stand in lines. Each stands in one line at a time, so that a key can be named after its lease as
 * etcd's concurrency package does, and so that ending the session takes the key away for certain: even a request that is
 * still on its way then finds no lease. A session whose key was seen to be gone is kept for the next, for a moment.
 */
import {
  ConcordError,
  DURATION_MS_MAX,
  type CallOptions,
  type Client,
  type Session,
} from '@concord/client';
import { pause } from './pause.ts';

/** Sessions kept for the next, of all lengths together: enough for a process that takes some locks by turns. */
const IDLE_MAX = 8;
/** A loop that takes a lock again and again comes back sooner; everybody else should not keep leases alive. */
const IDLE_MS_MAX = 3_000;
/** Sessions in use: places in lines and locks held. A process that has more of them leaks them. */
export const SESSIONS_MAX = 10_000;

/** A place that was given up stands in the way of others: worth some tries, for about as long as a lease lasts anyway. */
const REVOKE_ATTEMPTS_MAX = 5;
const REVOKE_TIMEOUT_MS = 2_000;
const REVOKE_AGAIN_MS = 200;

interface Idle {
  readonly session: Session;
  readonly ttlMs: number;
  readonly timer: NodeJS.Timeout;
}

/** A session in use keeps the process alive, an idle one does not. */
interface Used {
  readonly ttlMs: number;
  readonly anchor: NodeJS.Timeout;
}

export class SessionPool implements AsyncDisposable {
  readonly #client: Client;
  /** The newest last. */
  readonly #idle: Idle[] = [];
  readonly #used = new Map<Session, Used>();
  /** Sessions that are being opened. */
  #opening = 0;
  #isClosed = false;

  constructor(client: Client) {
    this.#client = client;
  }

  /** A session that nobody else uses. */
  async take(ttlMs: number, operation: string, call: CallOptions): Promise<Session> {
    if (this.#isClosed) throw closed(operation);
    if (this.#used.size + this.#opening >= SESSIONS_MAX) {
      throw new ConcordError('QUOTA', {
        operation,
        problem: `this process holds or waits for ${SESSIONS_MAX} locks already`,
        remedy: 'release some, or wait for fewer at a time',
      });
    }
    const session = this.#takeIdle(ttlMs) ?? (await this.#open(ttlMs, operation, call));
    this.#used.set(session, { ttlMs, anchor: setInterval(() => undefined, DURATION_MS_MAX) });
    return session;
  }

  async #open(ttlMs: number, operation: string, call: CallOptions): Promise<Session> {
    this.#opening += 1;
    try {
      const options = { ...call, ttl: ttlMs, keepsProcessAlive: false };
      const session = await this.#client.session(options);
      if (!this.#isClosed) return session;
      await this.#end(session);
      throw closed(operation);
    } finally {
      this.#opening -= 1;
    }
  }

  /** Takes a session back to which nothing is bound any more. */
  giveBack(session: Session): void {
    const ttlMs = this.#used.get(session)?.ttlMs;
    this.#free(session);
    const isWorthKeeping =
      ttlMs !== undefined && session.state === 'live' && this.#idle.length < IDLE_MAX;
    if (this.#isClosed || !isWorthKeeping) {
      void this.#end(session);
      return;
    }
    const timer = setTimeout(() => void this.#end(this.#remove(session)), IDLE_MS_MAX);
    timer.unref();
    this.#idle.push({ session, ttlMs, timer });
  }

  /**
   * Ends a session to which something may be bound, and tries again while it is not certain that its lease is gone. Never
   * rejects: at the worst the lease runs out by itself.
   */
  async retire(session: Session): Promise<void> {
    this.#free(session);
    for (let attempt = 1; attempt < REVOKE_ATTEMPTS_MAX && !this.#isClosed; attempt += 1) {
      try {
        await this.#client.leases.revoke(session.lease, { timeout: REVOKE_TIMEOUT_MS });
        break;
      } catch (error) {
        if (!ConcordError.is(error) || !(error.retryable || error.outcome === 'unknown')) break;
        await pause(REVOKE_AGAIN_MS, session.signal);
      }
    }
    await this.#end(session);
  }

  /** Ends all sessions, those in use included. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { timer } of this.#idle) clearTimeout(timer);
    const sessions = [...this.#idle.map(({ session }) => session), ...this.#used.keys()];
    this.#idle.length = 0;
    for (const session of sessions) this.#free(session);
    await Promise.all(sessions.map((session) => this.#end(session)));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The idle session that was used last, if one of them still has most of its time. */
  #takeIdle(ttlMs: number): Session | undefined {
    const fit = this.#idle.findLast(
      (idle) =>
        idle.ttlMs === ttlMs &&
        idle.session.state === 'live' &&
        idle.session.remainingMs() > ttlMs / 3,
    );
    return fit && this.#remove(fit.session);
  }

  #free(session: Session): void {
    clearInterval(this.#used.get(session)?.anchor);
    this.#used.delete(session);
  }

  #remove(session: Session): Session {
    const index = this.#idle.findIndex((idle) => idle.session === session);
    if (index !== -1) clearTimeout(this.#idle.splice(index, 1)[0]?.timer);
    return session;
  }

  async #end(session: Session): Promise<void> {
    try {
      await session.close();
    } catch (error) {
      this.#client.logger.debug(
        'concord.lock: a lease could not be revoked, it runs out by itself',
        {
          lease: session.lease.toString(16),
          error: String(error),
        },
      );
    }
  }
}

/** For those who ask, or wait, when everything has been given up. */
export function closed(operation: string): ConcordError {
  return new ConcordError('CLOSED', {
    operation,
    problem: 'the locks, or the client, were closed',
  });
}
