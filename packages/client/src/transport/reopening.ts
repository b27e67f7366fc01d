/**
 * When a stream that broke is opened again: at once at another endpoint, then after longer and longer waits. A token that
 * was refused is renewed first.
 */
import type { ConcordError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Caller } from './caller.ts';
import { concordErrorOf, judge } from './failure-table.ts';
import type { RpcFailure } from './rpc-failure.ts';
import type { Upstream } from './upstream.ts';

const BACKOFF_MS_MIN = 50;
const BACKOFF_MS_MAX = 2_000;
/** Tokens refused in a row before that is taken for the answer. */
const REFRESHES_MAX = 3;

export class Reopening {
  readonly #caller: Caller;
  readonly #logger: Logger;
  readonly #operation: string;
  readonly #open: () => void;
  readonly #tried = new Set<Upstream>();
  #upstream: Upstream | undefined;
  #failures = 0;
  #refreshes = 0;
  #timer: NodeJS.Timeout | undefined;
  #isRefreshing = false;
  #isClosed = false;

  constructor(caller: Caller, logger: Logger, operation: string, open: () => void) {
    this.#caller = caller;
    this.#logger = logger;
    this.#operation = operation;
    this.#open = open;
  }

  /** Endpoints where it broke since it last worked. */
  get tried(): ReadonlySet<Upstream> {
    return this.#tried;
  }

  /** Where the stream is, or was last. */
  get upstream(): Upstream | undefined {
    return this.#upstream;
  }

  /** Opens it now, unless that is already under way. */
  now(): void {
    if (this.#timer === undefined && !this.#isRefreshing && !this.#isClosed) this.#open();
  }

  opened(upstream: Upstream): void {
    this.#upstream = upstream;
  }

  /** An answer came: the next break is a first one. */
  works(): void {
    this.#failures = 0;
    this.#refreshes = 0;
    this.#tried.clear();
  }

  /**
   * Sees to it that a stream which broke is opened again, if it `isNeeded`. Returns an error where the server refuses for
   * good.
   */
  broken(failure: RpcFailure, generation: number, isNeeded: boolean): ConcordError | undefined {
    const about = { operation: this.#operation, effect: 'read' } as const;
    const verdict = judge(failure, 'read');
    if (verdict.reaction === 'authenticate' && this.#caller.canRefresh) {
      if (this.#refreshes++ < REFRESHES_MAX) {
        this.#refresh(generation, isNeeded);
        return undefined;
      }
    }
    const isLasting =
      verdict.code === 'UNAUTHENTICATED' || verdict.code === 'FORBIDDEN' || failure.code === 12;
    if (isLasting) return concordErrorOf(failure, verdict, about);
    if (isNeeded) this.#later(failure);
    return undefined;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #later(failure: RpcFailure): void {
    if (this.#isClosed || this.#timer !== undefined) return;
    if (this.#upstream !== undefined) this.#tried.add(this.#upstream);
    this.#failures += 1;
    let delayMs = 0;
    if (this.#tried.size >= this.#caller.balancer.size) {
      this.#tried.clear();
      const backoffMs = Math.min(BACKOFF_MS_MIN * 2 ** (this.#failures - 1), BACKOFF_MS_MAX);
      delayMs = backoffMs * (0.5 + Math.random() / 2);
    }
    this.#logger.debug('stream broke', {
      operation: this.#operation,
      endpoint: failure.endpoint,
      details: failure.details,
      delayMs,
    });
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#open();
    }, delayMs);
  }

  #refresh(generation: number, isNeeded: boolean): void {
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    this.#caller
      .refreshToken(generation)
      .catch((error: unknown) => {
        this.#logger.warn('no new token', { operation: this.#operation, error });
      })
      .finally(() => {
        this.#isRefreshing = false;
        if (isNeeded && !this.#isClosed) this.#open();
      });
  }
}
