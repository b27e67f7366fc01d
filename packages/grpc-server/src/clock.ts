/**
 * The time source of the server, handed in so that tests move it by hand. Only differences matter, so
 * the system clock is the monotonic one: a step of the wall clock must not expire every deadline.
 */

/** Cancels a timer; harmless when it has fired. */
export type CancelTimer = () => void;

/** Monotonic time and one-shot timers. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number;
  /** Runs `action` once, no earlier than `delayMs` from now. */
  after(delayMs: number, action: () => void): CancelTimer;
}

/** The machine's monotonic clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
