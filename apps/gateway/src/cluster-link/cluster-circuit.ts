/**
 * Stops asking a cluster that does not answer: requests are refused at once instead of after their deadline each, and one
 * a second finds out whether it is back.
 */
import { ConcordError } from '@concord/client';
import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { Problem } from '../http/problem.ts';

const RETRY_AFTER_MS = 1_000;

/** Whether a failure says that the cluster is away, rather than something about the request. */
export const isAway = (error: unknown): boolean =>
  ConcordError.is(error) && ['UNAVAILABLE', 'DEADLINE', 'CLOSED'].includes(error.code);

/** The client has tried every endpoint until its time was up: asking again at once would tell nothing new. */
const isConclusive = (error: unknown): boolean =>
  (ConcordError.is(error, 'UNAVAILABLE') && !refusesMembers(error)) ||
  ConcordError.is(error, 'CLOSED');

/** The cluster answers, and only does not take a change of its members yet: it is there for everybody else. */
const refusesMembers = ({ message }: Error): boolean => message.includes('unhealthy cluster');

export class ClusterCircuit {
  readonly #policy: CircuitBreakerPolicy = circuitBreaker(handleWhen(isConclusive), {
    halfOpenAfter: RETRY_AFTER_MS,
    breaker: new ConsecutiveBreaker(1),
  });

  get isOpen(): boolean {
    return this.#policy.state === CircuitState.Open;
  }

  /** @throws Problem `cluster-away` without asking, while the circuit is open; whatever `ask` rejects with */
  async ask<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await this.#policy.execute(ask);
    } catch (error) {
      if (!isBrokenCircuitError(error)) throw error;
      throw new Problem('cluster-away', {
        detail: 'the cluster has not answered lately; it is asked again every second',
        outcome: 'not-applied',
        headers: { 'retry-after': String(RETRY_AFTER_MS / 1000) },
        cause: error,
      });
    }
  }
}
