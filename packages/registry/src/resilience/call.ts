/** A call to a service: pick, run, report, and try elsewhere when that can do no harm. */
import { ConcordError, durationMs, type Duration, checkNames } from '@concord/client';
import type { PickContext } from '../balance/balancer.ts';
import type { Picked } from '../balance/picked.ts';
import type { Instance } from '../instance.ts';
import { checkInteger } from '../options.ts';
import { failureOf, type Failure } from './failure.ts';
import type { RetryBudget } from './retry-budget.ts';

export interface ServiceCallOptions<M = unknown> extends Omit<PickContext<M>, 'exclude'> {
  /** How often it may be tried again, each time with an instance not tried before; 2 by default, up to 10. */
  readonly retries?: number | undefined;
  /** Taken from instead of the view's own; `false` for no limit but `retries`. */
  readonly budget?: RetryBudget | false | undefined;
  /** For all tries together. No limit by default. */
  readonly timeout?: Duration | undefined;
  /** For each try. No limit by default. */
  readonly attemptTimeout?: Duration | undefined;
  /**
   * It does no harm to run it twice, so that it may be tried again after it was, or may have been, sent. False by
   * default: then only what surely was not sent is tried again.
   */
  readonly idempotent?: boolean | undefined;
  /** Ends the call with `ABORTED`. */
  readonly signal?: AbortSignal | undefined;
  /** What an error says, where it is known better; undefined leaves it to the SDK. */
  readonly classify?: ((error: unknown) => Failure | undefined) | undefined;
}

/** What runs: given an instance, a signal that aborts when the call is over, and which try it is, from 0. */
export type InstanceCall<M, R> = (
  instance: Instance<M>,
  signal: AbortSignal,
  attempt: number,
) => Promise<R>;

/** Whoever lets call: a view. */
export interface CallHost<M> {
  readonly service: string;
  readonly budget: RetryBudget;
  /** @throws ConcordError `NO_INSTANCES` */
  pick(context: PickContext<M>): Picked<M>;
  tryPick(context: PickContext<M>): Picked<M> | undefined;
}

const RETRIES_DEFAULT = 2;
const RETRIES_MAX = 10;

const OPTION_NAMES = [
  'retries',
  'budget',
  'timeout',
  'attemptTimeout',
  'idempotent',
  'signal',
  'classify',
  'hashKey',
  'zone',
  'where',
];

/**
 * Runs `run` with an instance, and again elsewhere when it fails in a way that allows it.
 *
 * @throws whatever the last try threw
 * @throws ConcordError `NO_INSTANCES` when there is nobody to pick at first, `DEADLINE` when `timeout` or
 *   `attemptTimeout` ended it, `ABORTED` by `signal`, `INVALID_ARGUMENT` for its options
 */
export async function callInstance<M, R>(
  host: CallHost<M>,
  run: InstanceCall<M, R>,
  options: ServiceCallOptions<M> = {},
): Promise<R> {
  const call = new Call(host, options);
  try {
    return await call.run(run);
  } finally {
    call.end();
  }
}

class Call<M> {
  readonly #host: CallHost<M>;
  readonly #options: ServiceCallOptions<M>;
  readonly #retries: number;
  readonly #attemptMs: number | undefined;
  readonly #tried = new Set<string>();
  /** Aborts with what ends the whole call: its time, or the caller. */
  readonly #ending = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(host: CallHost<M>, options: ServiceCallOptions<M>) {
    const operation = 'registry.call';
    checkNames(options, OPTION_NAMES, operation);
    const { retries = RETRIES_DEFAULT, timeout, attemptTimeout, signal } = options;
    this.#host = host;
    this.#options = options;
    this.#retries = checkInteger(operation, 'retries', retries, 0, RETRIES_MAX);
    const ms = (name: string, value: Duration | undefined): number | undefined =>
      value === undefined ? undefined : durationMs(value, `${operation}: option "${name}"`, 1);
    this.#attemptMs = ms('attemptTimeout', attemptTimeout);
    const timeoutMs = ms('timeout', timeout);
    if (timeoutMs !== undefined) {
      const expire = (): void => this.#ending.abort(this.#deadline('timeout', timeoutMs));
      this.#timer = setTimeout(expire, timeoutMs);
    }
    if (signal?.aborted === true) this.#aborted();
    else signal?.addEventListener('abort', this.#aborted, { once: true });
  }

  async run<R>(run: InstanceCall<M, R>): Promise<R> {
    this.#ending.signal.throwIfAborted();
    this.#host.budget.called();
    let picked = this.#host.pick(this.#context());
    for (let attempt = 0; ; attempt++) {
      this.#tried.add(picked.instance.id);
      try {
        const result = await this.#attempt(run, picked, attempt);
        picked.report('ok');
        return result;
      } catch (error) {
        const next = this.#after(error, picked, attempt);
        if (next === undefined) throw error;
        picked = next;
      }
    }
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener('abort', this.#aborted);
  }

  /** Reports a failed try. @returns the instance to try next, if any */
  #after(error: unknown, picked: Picked<M>, attempt: number): Picked<M> | undefined {
    if (this.#options.signal?.aborted === true) {
      // Nothing is known about an instance that was not waited for.
      picked[Symbol.dispose]();
      return undefined;
    }
    const { outcome, mayBeSent } = this.#options.classify?.(error) ?? failureOf(error);
    picked.report(outcome);
    const isSafe = outcome !== 'ok' && (!mayBeSent || this.#options.idempotent === true);
    if (!isSafe || attempt >= this.#retries || this.#ending.signal.aborted) return undefined;
    const next = this.#host.tryPick(this.#context());
    if (next === undefined) return undefined;
    const budget = this.#options.budget ?? this.#host.budget;
    if (budget === false || budget.tryRetry()) return next;
    next[Symbol.dispose]();
    return undefined;
  }

  /** Ends with the call even if `run` does not heed its signal. */
  async #attempt<R>(run: InstanceCall<M, R>, picked: Picked<M>, attempt: number): Promise<R> {
    const ending = new AbortController();
    const end = (): void => ending.abort(this.#ending.signal.reason);
    this.#ending.signal.addEventListener('abort', end, { once: true });
    const attemptMs = this.#attemptMs;
    const timer =
      attemptMs === undefined
        ? undefined
        : setTimeout(
            () => ending.abort(this.#deadline('attemptTimeout', attemptMs, picked)),
            attemptMs,
          );
    try {
      return await Promise.race([
        aborted(ending.signal),
        run(picked.instance, ending.signal, attempt),
      ]);
    } finally {
      clearTimeout(timer);
      this.#ending.signal.removeEventListener('abort', end);
    }
  }

  #context(): PickContext<M> {
    const { hashKey, zone, where } = this.#options;
    return { hashKey, zone, where, exclude: this.#tried };
  }

  readonly #aborted = (): void => {
    this.#ending.abort(
      new ConcordError('ABORTED', {
        operation: 'registry.call',
        subject: this.#host.service,
        problem: `the call to service "${this.#host.service}" was aborted by its signal`,
        cause: this.#options.signal?.reason,
      }),
    );
  };

  #deadline(option: string, ms: number, picked?: Picked<M>): ConcordError {
    const at = picked === undefined ? '' : ` at instance "${picked.instance.id}"`;
    return new ConcordError('DEADLINE', {
      operation: 'registry.call',
      subject: this.#host.service,
      problem: `the call to service "${this.#host.service}"${at} did not end within its ${option} of ${ms} ms`,
    });
  }
}

/** Rejects when `signal` aborts. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
