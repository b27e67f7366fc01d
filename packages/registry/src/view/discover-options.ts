/** How a service is looked at, checked. */
import type { Duration } from '@concord/client';
import { durationMs, checkNames } from '@concord/client';
import { dirname } from 'node:path';
import {
  BALANCE_OPTION_NAMES,
  balanceSettings,
  type BalanceOptions,
  type Where,
} from '../balance/balance-options.ts';
import { filterOf } from '../balance/where.ts';
import type { Instance } from '../instance.ts';
import { checkInteger, invalidOption } from '../options.ts';
import { EXPIRY_PROTECTION_DEFAULT, type ExpiryProtection } from './expiry-guard.ts';

export const DISCOVER = 'registry.discover';

/** Keeps what was last known on disk, for starting while the cluster is away. */
export interface CacheOptions {
  /** Where; made if it is not there. One registry's (endpoints and namespace) only. */
  readonly directory?: string;
  /** A file that `registry.saveCapsule` wrote, to start from where the directory has nothing, such as in a new container. */
  readonly capsule?: string;
  /** What is older is not used; default: any age, for an old list is better than none. */
  readonly maxAge?: Duration;
  /** How long to wait for the cluster before using it, default 2 s. */
  readonly wait?: Duration;
}

/** Protection against many instances expiring at once; see README.md. */
export interface ProtectionOptions {
  /** The part of the instances that begins a hold when it expires within one TTL: above 0 to 1, default 0.5. */
  readonly ratio?: number;
  /** Fewer expiries are never held, default 3. */
  readonly expiriesMin?: number;
  /** The longest hold, default 5 min. */
  readonly hold?: Duration;
  /** The longest hold after the whole list was gone when it was read anew, default 30 s. */
  readonly emptyHold?: Duration;
}

/** Options of `registry.discover`: what to see, and how to pick from it. */
export interface ViewOptions<Metadata = unknown> extends BalanceOptions<Metadata> {
  /** Only these: a selector over labels, such as `version=2,region!=eu`, exact labels, or a function. */
  readonly where?: Where<Metadata> | undefined;
  /** Resolve only when so many can be picked, default 0. */
  readonly waitFor?: number | undefined;
  /** Default: the registry's `cache`; false for none. */
  readonly cache?: CacheOptions | false | undefined;
  /** Default on. */
  readonly protection?: ProtectionOptions | false | undefined;
  /** Tell registrants what has been seen, so that they can drain; default true. Needs the right to write. */
  readonly acknowledge?: boolean | undefined;
}

export const VIEW_OPTIONS = [
  ...BALANCE_OPTION_NAMES,
  'waitFor',
  'cache',
  'protection',
  'acknowledge',
] as const;

export interface CheckedCache {
  readonly directory: string | undefined;
  readonly capsule: string | undefined;
  readonly maxAgeMs: number;
  readonly waitMs: number;
}

export interface CheckedViewOptions {
  readonly where: (instance: Instance) => boolean;
  readonly waitFor: number;
  readonly cache: CheckedCache | undefined;
  readonly protection: ExpiryProtection | undefined;
  readonly acknowledge: boolean;
  /** Without `where`: the balancer is handed only what the view has. */
  readonly balance: BalanceOptions;
}

/** More than there can be. */
const WAIT_FOR_MAX = 1_000_000;
const CACHE_WAIT_DEFAULT = '2s';

/** @throws ConcordError `INVALID_ARGUMENT` naming the option */
export function checkViewOptions<Metadata>(
  options: ViewOptions<Metadata>,
  registryCache: CacheOptions | undefined,
): CheckedViewOptions {
  const {
    waitFor = 0,
    cache = registryCache,
    protection,
    acknowledge = true,
    where = () => true,
  } = options;
  const balance = balanceOptionsOf(options);
  if (typeof acknowledge !== 'boolean') {
    throw invalidOption(DISCOVER, 'acknowledge', acknowledge, 'give true or false');
  }
  balanceSettings({ ...balance, where }, DISCOVER);
  return {
    where: filterOf(where, DISCOVER) as (instance: Instance) => boolean,
    waitFor: checkInteger(DISCOVER, 'waitFor', waitFor, 0, WAIT_FOR_MAX),
    cache: cache === false || cache === undefined ? undefined : checkCache(DISCOVER, cache),
    protection: protection === false ? undefined : checkProtection(protection ?? {}),
    acknowledge,
    balance,
  };
}

/** Without `where`, which the view itself goes by. */
function balanceOptionsOf<Metadata>(options: ViewOptions<Metadata>): BalanceOptions {
  const { policy, zone, subset, slowStart, outlier, breaker, panicBelow } = options;
  return { policy, zone, subset, slowStart, outlier, breaker, panicBelow };
}

/** @throws ConcordError `INVALID_ARGUMENT` */
export function checkCache(operation: string, cache: CacheOptions): CheckedCache {
  checkNames(cache, ['directory', 'capsule', 'maxAge', 'wait'], operation);
  const { directory, capsule, maxAge, wait = CACHE_WAIT_DEFAULT } = cache;
  for (const [name, path] of [
    ['cache.directory', directory],
    ['cache.capsule', capsule],
  ] as const) {
    if (path !== undefined && (typeof path !== 'string' || dirname(path) === '')) {
      throw invalidOption(operation, name, path, 'give a path');
    }
  }
  if (directory === undefined && capsule === undefined) {
    throw invalidOption(operation, 'cache', cache, 'give a directory, a capsule, or both');
  }
  return {
    directory,
    capsule,
    maxAgeMs:
      maxAge === undefined ? Infinity : durationMs(maxAge, `${operation}: option "cache.maxAge"`),
    waitMs: durationMs(wait, `${operation}: option "cache.wait"`, 1),
  };
}

function checkProtection(protection: ProtectionOptions): ExpiryProtection {
  checkNames(protection, ['ratio', 'expiriesMin', 'hold', 'emptyHold'], DISCOVER);
  const defaults = EXPIRY_PROTECTION_DEFAULT;
  const { ratio = defaults.ratio, expiriesMin = defaults.expiriesMin } = protection;
  if (typeof ratio !== 'number' || !(ratio > 0 && ratio <= 1)) {
    throw invalidOption(DISCOVER, 'protection.ratio', ratio, 'give a number above 0, up to 1');
  }
  const span = (name: 'hold' | 'emptyHold', defaultMs: number): number =>
    durationMs(protection[name] ?? defaultMs, `${DISCOVER}: option "protection.${name}"`);
  return {
    ratio,
    expiriesMin: checkInteger(DISCOVER, 'protection.expiriesMin', expiriesMin, 1, WAIT_FOR_MAX),
    holdMs: span('hold', defaults.holdMs),
    emptyHoldMs: span('emptyHold', defaults.emptyHoldMs),
  };
}
