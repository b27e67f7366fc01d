/** The policies by name: how each is asked for, and what makes its choosers. */
import { WeightedRandom } from './alias-table.ts';
import type { Candidates, Chooser, ChooserSteps } from './chooser.ts';
import { LeastRequest } from './least-request.ts';
import { Maglev } from './maglev.ts';
import { RING_REPLICAS_DEFAULT, RingHash } from './ring-hash.ts';
import { WeightedRoundRobin } from './weighted-round-robin.ts';

export const POLICY_NAMES = [
  'weighted-round-robin',
  'weighted-random',
  'least-request',
  'ring-hash',
  'maglev',
] as const;

export type PolicyName = (typeof POLICY_NAMES)[number];

/**
 * How one of several instances is chosen.
 *
 * - `weighted-round-robin` (default): in turn, as often as the weights say, exactly and evenly spread.
 * - `weighted-random`: by chance; what many short-lived clients together want.
 * - `least-request`: the less busy of two drawn by weight; for calls of very different length.
 * - `ring-hash`: the same `hashKey` goes to the same instance; shares follow the weights to about 8 %.
 * - `maglev`: likewise, with exact shares, and a little more movement when instances come and go.
 */
export type BalancePolicy =
  | PolicyName
  | { readonly name: 'weighted-round-robin' | 'weighted-random' | 'least-request' }
  | {
      readonly name: 'ring-hash';
      /** Points on the ring of an instance of mean weight, 1 to 10,000; 160 by default. */
      readonly replicas?: number;
      /** How many times its part of the calls on their way an instance may have, from 1; no bound by default. */
      readonly boundedLoad?: number;
    }
  | { readonly name: 'maglev'; readonly boundedLoad?: number };

/** Makes the chooser for candidates, step by step; `previous` is the one before, of the same selection. */
export type ChooserFactory = (
  candidates: Candidates,
  random: () => number,
  previous: Chooser | undefined,
) => ChooserSteps;

export function policyName(policy: BalancePolicy): PolicyName {
  return typeof policy === 'string' ? policy : policy.name;
}

export function chooserFactory(policy: BalancePolicy): ChooserFactory {
  const options = typeof policy === 'string' ? { name: policy } : policy;
  switch (options.name) {
    case 'weighted-round-robin':
      return inOneStep(
        (candidates, random, previous) =>
          new WeightedRoundRobin(
            candidates,
            random,
            previous instanceof WeightedRoundRobin ? previous : undefined,
          ),
      );
    case 'weighted-random':
      return inOneStep((candidates, random) => new WeightedRandom(candidates, random));
    case 'least-request':
      return inOneStep((candidates, random) => new LeastRequest(candidates, random));
    case 'ring-hash': {
      const { replicas = RING_REPLICAS_DEFAULT, boundedLoad } = options as RingOptions;
      return (candidates, _random, previous) =>
        RingHash.make(
          candidates,
          replicas,
          boundedLoad,
          previous instanceof RingHash ? previous : undefined,
        );
    }
    case 'maglev': {
      const { boundedLoad } = options as RingOptions;
      return (candidates) => Maglev.make(candidates, boundedLoad);
    }
  }
}

interface RingOptions {
  readonly replicas?: number;
  readonly boundedLoad?: number;
}

function inOneStep(make: (...given: Parameters<ChooserFactory>) => Chooser): ChooserFactory {
  return function* (...given) {
    return make(...given);
  };
}
