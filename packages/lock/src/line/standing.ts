/**
 * A place of ours, watched over: waiting at first, held later, until it is given up or gone. It is gone when the session
 * could have ended, by the strict clock of this process, or when somebody deleted its key.
 */
import { ConcordError, type Client, type Condition, type Session } from '@concord/client';
import { pause } from '../pause.ts';
import { isStillOurs, type OwnPlace } from './line.ts';

/** Pauses between attempts to see the key again when the watch of it failed. */
const WATCH_AGAIN_MS = 1_000;

export interface StandingOptions {
  readonly client: Client;
  /** What users call it: the name of the lock. */
  readonly name: string;
  readonly place: OwnPlace;
  readonly session: Session;
}

export class Standing implements OwnPlace {
  readonly name: string;
  readonly key: string;
  readonly createRevision: number;
  readonly session: Session;
  readonly #client: Client;
  readonly #gone = new AbortController();
  readonly #stop = new AbortController();

  constructor({ client, name, place, session }: StandingOptions) {
    this.name = name;
    this.key = place.key;
    this.createRevision = place.createRevision;
    this.session = session;
    this.#client = client;
    const onSessionEnd = (): void => this.#lose(endingOf(session), session.signal.reason);
    const listening = { once: true, signal: this.#stop.signal };
    if (session.signal.aborted) onSessionEnd();
    else session.signal.addEventListener('abort', onSessionEnd, listening);
    void this.#watchOver();
  }

  /** Aborts with `LOCK_LOST` when the place is gone; never after {@link stop}. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Milliseconds for which the place is certainly ours, asked of the clock now; 0 when it is gone or given up. */
  get remainingMs(): number {
    if (this.#gone.signal.aborted || this.#stop.signal.aborted) return 0;
    return Math.max(0, this.session.remainingMs());
  }

  /** @throws ConcordError `LOCK_LOST` unless the place is certainly still ours, even if no timer could run yet */
  check(operation: string): void {
    if (!this.#gone.signal.aborted && !this.#stop.signal.aborted) {
      if (this.session.remainingMs() > 0) return;
      this.#lose(endingOf(this.session), this.session.signal.reason);
    }
    if (this.#gone.signal.aborted) throw this.#gone.signal.reason;
    throw this.#lost(operation, 'it was released');
  }

  /** For a transaction: the place is still ours. */
  guard(): Condition {
    return isStillOurs(this);
  }

  /** Watches no longer. */
  stop(): void {
    this.#stop.abort();
  }

  #lose(problem: string, cause?: unknown): void {
    if (this.#gone.signal.aborted || this.#stop.signal.aborted) return;
    this.#gone.abort(this.#lost('lock', problem, cause));
    this.#stop.abort();
  }

  #lost(operation: string, problem: string, cause?: unknown): ConcordError {
    return new ConcordError('LOCK_LOST', {
      operation: `${operation} ${JSON.stringify(this.name)}`,
      subject: this.name,
      problem,
      remedy: 'another may hold it by now: stop the work, or acquire it again',
      cause,
    });
  }

  /** Sees to it that a key which somebody deletes is missed at once, not when the session has to be renewed. */
  async #watchOver(): Promise<void> {
    const { signal } = this.#stop;
    let from = this.createRevision + 1;
    for (;;) {
      try {
        signal.throwIfAborted();
        if (await this.#isDeleted(from)) this.#lose('its key was deleted');
      } catch (error) {
        if (signal.aborted) return;
        const { key } = this;
        this.#client.logger.debug('concord.lock: a watch failed', { key, error: String(error) });
        if (!ConcordError.is(error, 'COMPACTED')) await pause(WATCH_AGAIN_MS, signal);
        from = await this.#lookAgain(from);
      }
    }
  }

  /** Resolves when the key has been deleted since `from`, or when nobody wants to know any more. */
  async #isDeleted(from: number): Promise<boolean> {
    const { signal } = this.#stop;
    await using watch = this.#client.watch(this.key, { from, noPut: true, signal });
    for await (const batch of watch) {
      if (batch.type === 'changes' && batch.changes.length > 0) return true;
    }
    if (signal.aborted) return false;
    throw new ConcordError('UNAVAILABLE', {
      operation: 'lock',
      problem: 'a watch ended by itself',
    });
  }

  /** After a watch that failed: whether the key is still there, and from where to watch on. */
  async #lookAgain(from: number): Promise<number> {
    try {
      const { succeeded, revision } = await this.#client.kv
        .txn()
        .if(this.guard())
        .commit({ signal: this.#stop.signal });
      if (!succeeded) this.#lose('its key was deleted');
      return revision + 1;
    } catch {
      return from; // The session knows for how long the cluster may be away.
    }
  }
}

function endingOf({ state }: Session): string {
  if (state === 'closed') return 'its session was closed';
  return 'its session could have ended: the cluster was away, or this process stood still';
}
