/** Asks a service time and again whether it is ready, and says when the answer changes. */
import type { Duration } from '@concord/client';
import { durationMs, checkNames } from '@concord/client';
import { checkInteger, invalidOption } from '../options.ts';

/** Whether the service can take calls. What throws, or does not answer in time, says no. */
export type Readiness = (signal: AbortSignal) => boolean | Promise<boolean>;

export interface ReadinessOptions {
  readonly check: Readiness;
  /** From one answer to the next question; default 1 s. */
  readonly interval?: Duration;
  /** How long an answer may take, default 1 s; then the signal aborts. */
  readonly timeout?: Duration;
  /** How many times in a row it must say no before a serving instance is starting again; default 3. */
  readonly failuresMax?: number;
}

const INTERVAL_MS_MIN = 10;
const FAILURES_MAX_MAX = 1000;

/** @throws ConcordError `INVALID_ARGUMENT` */
export function checkReadiness(
  operation: string,
  given: Readiness | ReadinessOptions,
): Required<ReadinessOptions> {
  const options = typeof given === 'function' ? { check: given } : given;
  checkNames(options, ['check', 'interval', 'timeout', 'failuresMax'], operation);
  const { check, interval = '1s', timeout = '1s', failuresMax = 3 } = options;
  if (typeof check !== 'function') {
    const allowed = 'give a function that returns whether the service is ready';
    throw invalidOption(operation, 'readiness', check, allowed);
  }
  const span = (name: string, value: Duration): number =>
    durationMs(value, `${operation}: option "readiness.${name}"`, INTERVAL_MS_MIN);
  return {
    check,
    interval: span('interval', interval),
    timeout: span('timeout', timeout),
    failuresMax: checkInteger(operation, 'readiness.failuresMax', failuresMax, 1, FAILURES_MAX_MAX),
  };
}

/** Invariant: one question at a time, and none after {@link close}. */
export class ReadinessPoller {
  readonly #options: Required<ReadinessOptions>;
  readonly #onChange: (isReady: boolean) => void;
  readonly #end = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #isReady: boolean;
  #failures = 0;

  /** @param isReady - what the instance is taken for until the first answer */
  constructor(
    options: Required<ReadinessOptions>,
    isReady: boolean,
    onChange: (isReady: boolean) => void,
  ) {
    this.#options = options;
    this.#isReady = isReady;
    this.#onChange = onChange;
    void this.#ask();
  }

  close(): void {
    this.#end.abort();
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    const answer = await this.#answer();
    if (this.#end.signal.aborted) return;
    this.#failures = answer ? 0 : this.#failures + 1;
    const isReady = answer || (this.#isReady && this.#failures < this.#options.failuresMax);
    if (isReady !== this.#isReady) {
      this.#isReady = isReady;
      this.#onChange(isReady);
    }
    // The registration that depends on it keeps the process alive, this does not.
    this.#timer = setTimeout(() => void this.#ask(), this.#options.interval as number).unref();
  }

  async #answer(): Promise<boolean> {
    const timeout = AbortSignal.timeout(this.#options.timeout as number);
    const signal = AbortSignal.any([timeout, this.#end.signal]);
    try {
      const aborted = new Promise<false>((resolve) =>
        signal.addEventListener('abort', () => resolve(false), { once: true }),
      );
      return await Promise.race([this.#options.check(signal), aborted]);
    } catch {
      return false;
    }
  }
}
