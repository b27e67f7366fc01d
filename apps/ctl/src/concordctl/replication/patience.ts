/** Going on through what passes: elections, restarts, a network that is away for a while. */
import { setTimeout } from 'node:timers/promises';
import { ConcordError } from '@concord/client';

export interface Patience {
  readonly signal: AbortSignal;
  /** Is told what is waited for. */
  readonly tell: (line: string) => void;
  /** How long failures may follow one another. Default 5 minutes: restarts and elections are over by then. */
  readonly failingMsMax?: number;
}

const FAILING_MS_MAX = 5 * 60_000;
const PAUSE_MS_MIN = 100;
const PAUSE_MS_MAX = 5_000;

const isPassing = (error: unknown): error is ConcordError =>
  ConcordError.is(error) && error.retryable;

/** Tries `action`, which may be carried out twice, until it works. Rejects with what does not pass. */
export async function persistently<T>(action: () => Promise<T>, patience: Patience): Promise<T> {
  const { signal, tell, failingMsMax = FAILING_MS_MAX } = patience;
  const startedMs = performance.now();
  for (let pauseMs = PAUSE_MS_MIN; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX)) {
    try {
      return await action();
    } catch (error) {
      if (!isPassing(error) || performance.now() - startedMs > failingMsMax) throw error;
      if (pauseMs >= 1000) tell(`waiting: ${error.message}`);
      await setTimeout(pauseMs, undefined, { signal });
    }
  }
}
