/** The policies by name: how each is asked for, and what makes its choosers. */
import { durationMs, type Duration } from '@concord/client';
import { WeightedRandom } from './alias-table.ts';
import type { Candidates, Chooser, ChooserSteps } from './chooser.ts';
import { LeastRequest } from './least-request.ts';
import { Maglev } from './maglev.ts';
import { PeakEwma } from './peak-ewma.ts';
import { PeakLatency } from './peak-latency.ts';
import { RING_REPLICAS_DEFAULT, RingHash } from './ring-hash.ts';
import { WeightedRoundRobin } from './weighted-round-robin.ts';

export const POLICY_NAMES = [
  'weighted-round-robin',
  'weighted-random',
  'least-request',
  'peak-ewma',
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
 * - `peak-ewma`: of two drawn by weight the one that is expected to answer sooner, by the latency of its calls and how
 *   many it has; where instances differ in speed. Report calls when they have ended; not for streams.
 * - `ring-hash`: the same `hashKey` goes to the same instance; shares follow the weights to about 8 %.
 * - `maglev`: likewise, with exact shares, and a little more movement when instances come and go.
 */
export type BalancePolicy =
  | PolicyName
  | { readonly name: 'weighted-round-robin' | 'weighted-random' | 'least-request' }
  | {
      readonly name: 'peak-ewma';
      /** How long a slow call counts: after so long 37 % of what was unusual is left. `'10s'` by default. */
      readonly decay?: Duration;
    }
  | {
      readonly name: 'ring-hash';
      /** Points on the ring of an instance of mean weight, 1 to 10,000; 160 by default. */
      readonly replicas?: number;
      /** How many times its part of the calls on their way an instance may have, from 1; no bound by default. */
      readonly boundedLoad?: number;
    }
  | { readonly name: 'maglev'; readonly boundedLoad?: number };

/** Finagle's. */
const LATENCY_DECAY_DEFAULT = '10s';

/** Makes the chooser for candidates, step by step; `previous` is the one before, of the same selection. */
export type ChooserFactory = (
  candidates: Candidates,
  random: () => number,
  previous: Chooser | undefined,
) => ChooserSteps;

export function policyName(policy: BalancePolicy): PolicyName {
  return typeof policy === 'string' ? policy : policy.name;
}

export interface PolicyAtWork {
  readonly choosers: ChooserFactory;
  /** Is to be told of calls, where the policy goes by how long they take. */
  readonly latency?: PeakLatency;
}

/** @param policy - checked */
export function policyAtWork(policy: BalancePolicy): PolicyAtWork {
  const options: AnyPolicyOptions = typeof policy === 'string' ? {} : policy;
  const { boundedLoad } = options;
  switch (policyName(policy)) {
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
    case 'peak-ewma': {
      const { decay = LATENCY_DECAY_DEFAULT } = options;
      const latency = new PeakLatency(durationMs(decay, 'option "policy.decay"', 1));
      const make = inOneStep((candidates, random) => new PeakEwma(candidates, random, latency));
      return { ...make, latency };
    }
    case 'ring-hash': {
      const { replicas = RING_REPLICAS_DEFAULT } = options;
      const known = (previous: Chooser | undefined): RingHash | undefined =>
        previous instanceof RingHash ? previous : undefined;
      return {
        choosers: (candidates, _random, previous) =>
          RingHash.make(candidates, replicas, boundedLoad, known(previous)),
      };
    }
    case 'maglev':
      return { choosers: (candidates) => Maglev.make(candidates, boundedLoad) };
  }
}

/** What any policy may be told besides its name. */
export interface AnyPolicyOptions {
  readonly name?: PolicyName;
  readonly replicas?: number;
  readonly boundedLoad?: number;
  readonly decay?: Duration;
}

function inOneStep(make: (...given: Parameters<ChooserFactory>) => Chooser): PolicyAtWork {
  return {
    choosers: function* (...given) {
      return make(...given);
    },
  };
}
