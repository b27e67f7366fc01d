/**
 * Who may be picked, and with which weight: from all instances that are listed to the candidates of a chooser.
 *
 *   listed → serving, weight above 0, `where` → subset → healthy, or all in panic → ramped weights → zones
 */
import { rampFactor } from '../resilience/slow-start.ts';
import type { Endpoint } from './endpoint.ts';
import { subsetOf } from './subset.ts';

/** What a selection asks for, checked. */
export interface Demand {
  readonly filter: ((instance: never) => boolean) | undefined;
  readonly subset: { readonly size: number; readonly clientId: string } | undefined;
  readonly zone: { readonly prefer: string; readonly spillBelow: number } | undefined;
  /** 0 for never. */
  readonly panicBelow: number;
}

export interface Elected {
  readonly members: readonly Endpoint[];
  /** Aligned with `members`; all positive. */
  readonly weights: Float64Array;
  /** Too few are healthy: members are all, and zones are disregarded. */
  readonly isPanic: boolean;
  /** The part of the picks that stays in the preferred zone; undefined where none is preferred. */
  readonly localShare: number | undefined;
  /** All that would be members if they were healthy. */
  readonly eligible: readonly Endpoint[];
}

export function electCandidates(
  endpoints: Iterable<Endpoint>,
  demand: Demand,
  nowMs: number,
): Elected {
  const eligible = eligibleOf(endpoints, demand);
  const healthy = eligible.filter((endpoint) => endpoint.isHealthy);
  const isPanic = healthy.length < demand.panicBelow * eligible.length;
  const members = isPanic ? eligible : healthy;
  const weights = Float64Array.from(
    members,
    ({ instance, ramp }) => instance.weight * rampFactor(ramp, nowMs),
  );
  if (isPanic || demand.zone === undefined) {
    return { members, weights, isPanic, localShare: undefined, eligible };
  }
  return { isPanic, eligible, ...zoned(members, weights, eligible, demand.zone) };
}

function eligibleOf(endpoints: Iterable<Endpoint>, { filter, subset }: Demand): Endpoint[] {
  const isWanted = filter as ((instance: unknown) => boolean) | undefined;
  const eligible: Endpoint[] = [];
  for (const endpoint of endpoints) {
    if (endpoint.isCandidate && isWanted?.(endpoint.instance) !== false) eligible.push(endpoint);
  }
  return subset === undefined ? eligible : subsetOf(eligible, subset.size, subset.clientId);
}

/**
 * Weights under a preferred zone. It takes every pick while its healthy weight is `spillBelow` of what it has; below,
 * healthy ÷ spillBelow of them, so that the others' part grows from nothing and nobody sees a jump.
 */
function zoned(
  members: readonly Endpoint[],
  weights: Float64Array,
  eligible: readonly Endpoint[],
  { prefer, spillBelow }: { prefer: string; spillBelow: number },
): Pick<Elected, 'members' | 'weights' | 'localShare'> {
  const isLocal = ({ instance }: Endpoint): boolean => instance.zone === prefer;
  let local = 0;
  let remote = 0;
  members.forEach((member, index) => {
    if (isLocal(member)) local += weights[index]!;
    else remote += weights[index]!;
  });
  const capacity = eligible.reduce(
    (sum, endpoint) => sum + (isLocal(endpoint) ? endpoint.instance.weight : 0),
    0,
  );
  const localShare =
    local === 0 ? 0 : remote === 0 ? 1 : Math.min(1, local / (spillBelow * capacity));
  const kept: Endpoint[] = [];
  const scaled: number[] = [];
  members.forEach((member, index) => {
    const factor = isLocal(member) ? localShare / local : (1 - localShare) / remote;
    // A zone without a part has no candidates: a weight of 0 is none.
    if (!(factor > 0)) return;
    kept.push(member);
    scaled.push(weights[index]! * factor);
  });
  return { members: kept, weights: Float64Array.from(scaled), localShare };
}
