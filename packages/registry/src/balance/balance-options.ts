/** The options of balancing: what can be asked for, the defaults, and how they are checked. */
import { durationMs, type Duration, checkNames } from '@concord/client';
import type { Instance } from '../instance.ts';
import { checkInteger, checkOneOf, invalidOption } from '../options.ts';
import type { BreakerLimits } from '../resilience/breaker.ts';
import type { OutlierLimits } from '../resilience/outlier.ts';
import {
  POLICY_NAMES,
  policyName,
  type AnyPolicyOptions,
  type BalancePolicy,
  type PolicyName,
} from './policy.ts';

/** Instances by labels: a selector such as `version=2,tier in (gold,silver)`, exact labels, or a function. */
export type Where<M = unknown> =
  string | Readonly<Record<string, string>> | ((instance: Instance<M>) => boolean);

export interface ZonePreference {
  /** The zone whose instances come first, most often the caller's own. */
  readonly prefer: string;
  /**
   * While the zone's healthy weight is at least this part of its weight, 0 to 1, it takes every pick; below, it takes
   * what is left in proportion, and the other zones the rest. 0.7 by default: 0 never spills while anybody in the zone
   * is healthy, 1 at the first that is not.
   */
  readonly spillBelow?: number;
}

/** Large fleets: each client talks to some instances only, always the same ones as far as they are there. */
export interface Subset {
  /** How many, from 1. */
  readonly size: number;
  /** Chooses which; different clients get different ones. */
  readonly clientId: string;
}

/** Ejection of instances that fail while others do not. */
export interface OutlierOptions {
  /** Errors and time-outs in a row; 5 by default. */
  readonly consecutiveErrors?: number;
  /** Failed connections in a row; 2 by default. */
  readonly consecutiveConnectFailures?: number;
  /** How often success rates are compared; `'10s'` by default. */
  readonly interval?: Duration;
  /** The first ejection, each further one longer by as much; `'30s'` by default. A tenth is added by chance. */
  readonly baseEjection?: Duration;
  /** `'300s'` by default. */
  readonly maxEjection?: Duration;
  /** The part of the instances that may be ejected at once, 0 to 1; 0.3 by default. One may be in any case. */
  readonly maxEjected?: number;
  /** With fewer instances nobody is ejected; 3 by default. */
  readonly minHosts?: number;
  /** Success rates are compared of instances with as many calls in an interval; 100 by default. */
  readonly minVolume?: number;
  /** And when as many instances have them; 5 by default. */
  readonly successRateHosts?: number;
  /** How many standard deviations below the mean is an outlier; 1.9 by default, 0 compares nothing. */
  readonly successRateDeviations?: number;
}

/** The circuit breaker of each instance. */
export interface BreakerOptions {
  /** The part of an instance's calls, 0 to 1, that must fail; 0.5 by default. */
  readonly errorThreshold?: number;
  /** With fewer calls in the window it stays closed; 20 by default. */
  readonly minVolume?: number;
  /** `'10s'` by default. */
  readonly window?: Duration;
  /** How long it is open before one call may try; `'10s'` by default. */
  readonly reset?: Duration;
}

export interface BalanceOptions<M = unknown> {
  /** `weighted-round-robin` by default. */
  readonly policy?: BalancePolicy | undefined;
  readonly zone?: ZonePreference | undefined;
  /** Only these instances. */
  readonly where?: Where<M> | undefined;
  readonly subset?: Subset | undefined;
  /** The warm-up of instances that ask for none themselves, after they came or were let in again; false by default. */
  readonly slowStart?: Duration | false | undefined;
  readonly outlier?: OutlierOptions | false | undefined;
  readonly breaker?: BreakerOptions | false | undefined;
  /**
   * When a smaller part of the instances than this is healthy, 0 to 1, health is disregarded and calls are spread over
   * all: better some that fail than all on the few that are left. 0.5 by default; `'off'` for never.
   */
  readonly panicBelow?: number | 'off' | undefined;
}

/** Checked, in numbers. */
export interface BalanceSettings<M> {
  readonly policy: BalancePolicy;
  readonly zone: Required<ZonePreference> | undefined;
  readonly spillBelow: number;
  readonly where: Where<M> | undefined;
  readonly subset: Subset | undefined;
  readonly slowStartMs: number;
  readonly outlier: OutlierLimits | undefined;
  readonly breaker: BreakerLimits | undefined;
  readonly panicBelow: number;
}

export const BALANCE_OPTION_NAMES = [
  'policy',
  'zone',
  'where',
  'subset',
  'slowStart',
  'outlier',
  'breaker',
  'panicBelow',
] as const;

/** A tenth of the instances off, and some above it. */
const SPILL_BELOW_DEFAULT = 0.7;
const PANIC_BELOW_DEFAULT = 0.5;
const REPLICAS_MAX = 10_000;
const COUNT_MAX = 1_000_000;

/** @throws ConcordError `INVALID_ARGUMENT` naming the option, what was given and what is allowed */
export function balanceSettings<M>(
  options: BalanceOptions<M>,
  operation: string,
): BalanceSettings<M> {
  checkNames(options, BALANCE_OPTION_NAMES, operation);
  const check = new Check(operation);
  const { zone, where, subset, slowStart = false, panicBelow = PANIC_BELOW_DEFAULT } = options;
  const spillBelow = check.part('zone.spillBelow', zone?.spillBelow ?? SPILL_BELOW_DEFAULT);
  if (where !== undefined) check.where(where);
  if (subset !== undefined) {
    checkInteger(operation, 'subset.size', subset.size, 1, COUNT_MAX);
    check.text('subset.clientId', subset.clientId);
  }
  return {
    policy: check.policy(options.policy ?? 'weighted-round-robin'),
    zone:
      zone === undefined
        ? undefined
        : { prefer: check.text('zone.prefer', zone.prefer), spillBelow },
    spillBelow,
    where,
    subset,
    slowStartMs: slowStart === false ? 0 : check.duration('slowStart', slowStart),
    outlier: options.outlier === false ? undefined : outlierLimits(options.outlier ?? {}, check),
    breaker: options.breaker === false ? undefined : breakerLimits(options.breaker ?? {}, check),
    panicBelow: panicBelow === 'off' ? 0 : check.part('panicBelow', panicBelow),
  };
}

function outlierLimits(options: OutlierOptions, check: Check): OutlierLimits {
  checkNames(options, OUTLIER_OPTION_NAMES, check.operation);
  return {
    consecutiveErrors: check.count('outlier.consecutiveErrors', options.consecutiveErrors ?? 5),
    consecutiveConnectFailures: check.count(
      'outlier.consecutiveConnectFailures',
      options.consecutiveConnectFailures ?? 2,
    ),
    intervalMs: check.duration('outlier.interval', options.interval ?? '10s', 1),
    baseEjectionMs: check.duration('outlier.baseEjection', options.baseEjection ?? '30s', 1),
    maxEjectionMs: check.duration('outlier.maxEjection', options.maxEjection ?? '300s', 1),
    maxEjected: check.part('outlier.maxEjected', options.maxEjected ?? 0.3),
    minHosts: check.count('outlier.minHosts', options.minHosts ?? 3),
    minVolume: check.count('outlier.minVolume', options.minVolume ?? 100),
    successRateHosts: check.count('outlier.successRateHosts', options.successRateHosts ?? 5),
    successRateDeviations: check.number(
      'outlier.successRateDeviations',
      options.successRateDeviations ?? 1.9,
      0,
      100,
    ),
  };
}

function breakerLimits(options: BreakerOptions, check: Check): BreakerLimits {
  checkNames(options, ['errorThreshold', 'minVolume', 'window', 'reset'], check.operation);
  return {
    errorThreshold: check.part('breaker.errorThreshold', options.errorThreshold ?? 0.5),
    minVolume: check.count('breaker.minVolume', options.minVolume ?? 20),
    windowMs: check.duration('breaker.window', options.window ?? '10s', 10),
    resetMs: check.duration('breaker.reset', options.reset ?? '10s', 1),
  };
}

const OUTLIER_OPTION_NAMES = [
  'consecutiveErrors',
  'consecutiveConnectFailures',
  'interval',
  'baseEjection',
  'maxEjection',
  'maxEjected',
  'minHosts',
  'minVolume',
  'successRateHosts',
  'successRateDeviations',
];

const POLICY_OPTION_NAMES: Readonly<Record<PolicyName, readonly string[]>> = {
  'weighted-round-robin': ['name'],
  'weighted-random': ['name'],
  'least-request': ['name'],
  'peak-ewma': ['name', 'decay'],
  'ring-hash': ['name', 'replicas', 'boundedLoad'],
  maglev: ['name', 'boundedLoad'],
};

/** The checks of one operation's options. */
class Check {
  readonly operation: string;

  constructor(operation: string) {
    this.operation = operation;
  }

  part(option: string, value: unknown): number {
    return this.number(option, value, 0, 1);
  }

  number(option: string, value: unknown, min: number, max: number): number {
    if (typeof value === 'number' && value >= min && value <= max) return value;
    throw invalidOption(this.operation, option, value, `give a number from ${min} to ${max}`);
  }

  count(option: string, value: unknown): number {
    return checkInteger(this.operation, option, value, 1, COUNT_MAX);
  }

  duration(option: string, value: Duration, minMs = 0): number {
    return durationMs(value, `${this.operation}: option "${option}"`, minMs);
  }

  text(option: string, value: unknown): string {
    if (typeof value === 'string' && value !== '') return value;
    throw invalidOption(this.operation, option, value, 'give a text that is not empty');
  }

  where(value: unknown): void {
    if (typeof value === 'function' || typeof value === 'string') return;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      if (Object.values(value).every((label) => typeof label === 'string')) return;
    }
    throw invalidOption(
      this.operation,
      'where',
      value,
      'give a selector, an object of labels, or a function of an instance',
    );
  }

  policy(policy: BalancePolicy): BalancePolicy {
    const given = policy as unknown;
    if (typeof given !== 'string' && (typeof given !== 'object' || given === null)) {
      throw invalidOption(
        this.operation,
        'policy',
        given,
        `give one of ${POLICY_NAMES.join(', ')}`,
      );
    }
    checkOneOf(this.operation, 'policy', policyName(policy), POLICY_NAMES);
    if (typeof policy === 'string') return policy;
    checkNames(policy, POLICY_OPTION_NAMES[policy.name], `${this.operation}: policy`);
    const { replicas = 1, boundedLoad = 1, decay = 1 } = policy as AnyPolicyOptions;
    checkInteger(this.operation, 'policy.replicas', replicas, 1, REPLICAS_MAX);
    this.number('policy.boundedLoad', boundedLoad, 1, 1000);
    this.duration('policy.decay', decay, 1);
    return policy;
  }
}
