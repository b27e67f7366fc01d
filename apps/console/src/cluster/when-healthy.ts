/**
 * Changes of who belongs to the cluster. A cluster takes them only where its members have been connected to each other for
 * some seconds, so that one which has just started, or lost a member for a moment, refuses them: they are tried again.
 */
import { RequestProblem } from '../api/problem.ts';

/** A second apart: the ten seconds in which a cluster that will be healthy is. */
const TRIES_MAX = 10;
const PAUSE_MS = 1_000;

export interface WaitOptions {
  /** Nobody waits any more. */
  readonly signal: AbortSignal;
  /** Called with each refusal that is waited out. */
  readonly onWait: () => void;
  readonly pause?: () => Promise<void>;
}

const pauseASecond = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/** What `change` answers, once the cluster takes it. @throws RequestProblem the last refusal, or any other at once */
export async function whenHealthy<Answer>(
  change: () => Promise<Answer>,
  { signal, onWait, pause = pauseASecond }: WaitOptions,
): Promise<Answer> {
  for (let refusals = 1; ; refusals += 1) {
    try {
      return await change();
    } catch (error) {
      if (!isUnhealthy(error) || refusals > TRIES_MAX || signal.aborted) throw error;
      onWait();
      await pause();
      signal.throwIfAborted();
    }
  }
}

/** Whether a change was refused because members are not connected, or not for long enough: nothing was done. */
export const isUnhealthy = (error: unknown): error is RequestProblem =>
  error instanceof RequestProblem &&
  error.status === 503 &&
  /unhealthy cluster/.test(error.document.detail ?? '');
