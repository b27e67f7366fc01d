/** Whom a decision on an instance reaches: what stays, and what changes. Pure, so that it can be tested. */
import type { Instance } from './service-queries.ts';

export interface Reach {
  /** Instances that serve now. */
  readonly serving: number;
  /** Those of them that serve afterwards. */
  readonly remaining: number;
  /** The part of the weight that stays, 0 to 1. */
  readonly weightShare: number;
  /** The instance's zone, where nobody else serves in it. */
  readonly lastInZone: string | undefined;
}

const isServing = ({ state }: Instance): boolean => state === 'serving';

const weightOf = (instances: readonly Instance[]): number =>
  instances.reduce((sum, { weight }) => sum + weight, 0);

/** What stays when `instance` takes no more calls. */
export function reachOfDrain(instances: readonly Instance[], instance: Instance): Reach {
  const serving = instances.filter(isServing);
  const remaining = serving.filter(({ id }) => id !== instance.id);
  const total = weightOf(serving);
  const isLastInZone =
    instance.zone !== undefined &&
    isServing(instance) &&
    !remaining.some(({ zone }) => zone === instance.zone);
  return {
    serving: serving.length,
    remaining: remaining.length,
    weightShare: total === 0 ? 0 : weightOf(remaining) / total,
    lastInZone: isLastInZone ? instance.zone : undefined,
  };
}

/** The share of calls that `instance` has by its weight now, and would have with `weight`. */
export function sharesOfWeight(
  instances: readonly Instance[],
  instance: Instance,
  weight: number,
): { readonly before: number; readonly after: number } {
  const others = weightOf(instances.filter((one) => isServing(one) && one.id !== instance.id));
  const shareOf = (own: number): number => (own + others === 0 ? 0 : own / (own + others));
  return { before: shareOf(isServing(instance) ? instance.weight : 0), after: shareOf(weight) };
}
