/** What became of a call, as far as it says something about the instance that was called. */

/**
 * - `ok`: the instance answered; an error that is the caller's own fault is an answer too.
 * - `error`: it answered that it can't, or broke off.
 * - `connect-failed`: no connection was made, so the call never reached it.
 * - `timeout`: it did not answer in time.
 */
export type CallOutcome = 'ok' | 'error' | 'connect-failed' | 'timeout';
