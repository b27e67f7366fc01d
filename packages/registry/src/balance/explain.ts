/** Why an instance is picked or not, for people and for tests. */
import type { Instance } from '../instance.ts';
import type { BreakerState } from '../resilience/breaker.ts';
import { rampFactor } from '../resilience/slow-start.ts';
import type { Endpoint } from './endpoint.ts';
import type { PolicyName } from './policy.ts';
import type { Selection } from './selection.ts';

/**
 * - `pickable`; `probe`: its breaker lets one call at a time through, to try it.
 * - `starting`, `draining`, `weight-0`: it takes no calls by its own or an operator's will.
 * - `not-selected`: `where` leaves it out; `not-in-subset`: this client talks to others.
 * - `ejected`, `breaker-open`: it failed, as seen from here.
 * - `other-zone`: the preferred zone takes every pick.
 * - `excluded`: this call has tried it.
 */
export type PickReason =
  | 'pickable'
  | 'probe'
  | 'starting'
  | 'draining'
  | 'weight-0'
  | 'not-selected'
  | 'not-in-subset'
  | 'ejected'
  | 'breaker-open'
  | 'other-zone'
  | 'excluded';

export interface InstanceExplanation<M = unknown> {
  readonly instance: Instance<M>;
  readonly isPickable: boolean;
  readonly reason: PickReason;
  /** The reason in words. */
  readonly detail: string;
  /** After warm-up and zones; 0 for one that can't be picked. Comparable within one explanation. */
  readonly effectiveWeight: number;
  /** The part of the picks that it gets, 0 to 1. */
  readonly share: number;
  /** Calls on their way to it. */
  readonly active: number;
  /** A moving mean of the calls reported; undefined before the first. */
  readonly latencyMs: number | undefined;
  /** Warm-up: 0.1 when cold, 1 when warm. */
  readonly warmth: number;
  /** Undefined while it has not failed. */
  readonly breaker: BreakerState | undefined;
  readonly ejectedForMs: number | undefined;
}

export interface PickExplanation<M = unknown> {
  readonly policy: PolicyName;
  /** `'panic'`: too few are healthy, so that health and zones are disregarded. */
  readonly degraded: 'panic' | undefined;
  /** The part of the picks that stays in the preferred zone. */
  readonly localShare: number | undefined;
  readonly instances: readonly InstanceExplanation<M>[];
}

interface Question {
  readonly policy: PolicyName;
  readonly endpoints: Iterable<Endpoint>;
  readonly selection: Selection;
  readonly exclude: ReadonlySet<string> | undefined;
  readonly nowMs: number;
}

export function explainPick<M>(question: Question): PickExplanation<M> {
  const { elected } = question.selection;
  const shares = question.selection.shares();
  const eligible = new Set(elected.eligible);
  const instances = Array.from(question.endpoints, (endpoint) => {
    const member = shares.get(endpoint);
    const reason = reasonOf(endpoint, question, member !== undefined, eligible.has(endpoint));
    const isPickable = reason === 'pickable' || reason === 'probe';
    return {
      instance: endpoint.instance as Instance<M>,
      isPickable,
      reason,
      detail: detailOf(endpoint, reason, question),
      effectiveWeight: isPickable ? member!.weight : 0,
      share: isPickable ? member!.share : 0,
      active: endpoint.active,
      latencyMs: endpoint.latencyMs,
      warmth: rampFactor(endpoint.ramp, question.nowMs),
      breaker: endpoint.breaker?.state,
      ejectedForMs: ejectedForMs(endpoint, question.nowMs),
    };
  });
  return {
    policy: question.policy,
    degraded: elected.isPanic ? 'panic' : undefined,
    localShare: elected.localShare,
    instances,
  };
}

function reasonOf(
  endpoint: Endpoint,
  { exclude, selection: { demand } }: Question,
  isMember: boolean,
  isEligible: boolean,
): PickReason {
  const { state, weight } = endpoint.instance;
  if (state !== 'serving') return state;
  if (weight === 0) return 'weight-0';
  if (!isEligible) {
    const isWanted = demand.filter as ((instance: unknown) => boolean) | undefined;
    return isWanted?.(endpoint.instance) === false ? 'not-selected' : 'not-in-subset';
  }
  if (!isMember) {
    if (endpoint.outliers.ejectedUntilMs !== undefined) return 'ejected';
    return endpoint.breaker?.state === 'open' ? 'breaker-open' : 'other-zone';
  }
  if (exclude?.has(endpoint.id) === true) return 'excluded';
  return endpoint.breaker?.state === 'half-open' ? 'probe' : 'pickable';
}

function detailOf(endpoint: Endpoint, reason: PickReason, question: Question): string {
  const { instance, outliers } = endpoint;
  const by = instance.override === undefined ? '' : ` (by ${instance.override.by})`;
  switch (reason) {
    case 'pickable':
      return endpoint.isHealthy ? 'serving' : 'unhealthy, and picked because most are';
    case 'probe':
      return 'its breaker is half open: one call at a time may try it';
    case 'starting':
    case 'draining':
      return `it is ${reason}${by}`;
    case 'weight-0':
      return `its weight is 0${by}`;
    case 'not-selected':
      return 'its labels are not asked for';
    case 'not-in-subset':
      return 'this client talks to other instances';
    case 'ejected': {
      const left = Math.ceil((ejectedForMs(endpoint, question.nowMs) ?? 0) / 1000);
      return `ejected for ${left}s more, by ${outliers.cause ?? 'its failures'}`;
    }
    case 'breaker-open':
      return 'its breaker is open';
    case 'other-zone':
      return `zone ${question.selection.demand.zone?.prefer ?? ''} takes every pick`;
    case 'excluded':
      return 'this call has tried it';
  }
}

function ejectedForMs(endpoint: Endpoint, nowMs: number): number | undefined {
  const until = endpoint.outliers.ejectedUntilMs;
  return until === undefined ? undefined : Math.max(0, until - nowMs);
}
