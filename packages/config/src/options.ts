/** How a `Configuration` is made and how it is asked: checked once, before anything is sent. */
import {
  ConcordError,
  durationMs,
  type CallOptions,
  type Duration,
  checkNames,
} from '@concord/client';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { CacheOptions } from './disk/snapshot-store.ts';
import { checkedNamespace } from './item/address.ts';
import { DEFINITION_OPTIONS, type ItemOptions } from './item/definition.ts';
import type { ReadOptions } from './item/item.ts';
import type { EnvironmentOptions } from './layers/environment.ts';
import type { ApplyHook } from './live/value-loop.ts';
import type { KeyRingOptions } from './secret/key-ring.ts';

/** Enough to look back over months of daily releases; small beside etcd's quota of 2 GiB. */
const HISTORY_MAX_DEFAULT = 100;
/** With something to fall back on, a start does not wait long for a cluster that is away. */
const START_MS_WITH_SNAPSHOT = 2000;
const START_MS_DEFAULT = 5000;
const APPLY_MS_DEFAULT = 30_000;

export interface ConfigurationOptions {
  /** Of items that name none. `default` by default. */
  readonly namespace?: string | undefined;
  /** A namespace whose items lie under those of the same path, for what services share. None by default. */
  readonly inherits?: string | undefined;
  /**
   * Who this process is: what gray percentages hash, and the last part of its acknowledgement keys. `{app}.{host}.{pid}`
   * by default; give one that outlives restarts if the process should stay on its track.
   */
  readonly clientId?: string | undefined;
  /** The layer of environment variables, `CONCORD_CONFIG_<NAMESPACE>_<PATH>` by default; `false` for none. */
  readonly environment?: EnvironmentOptions | false | undefined;
  /** A JSON, YAML or TOML file of `{ path: value }` over everything else, watched. It need not be there. */
  readonly overrideFile?: string | undefined;
  /** To read and write secrets. */
  readonly keys?: KeyRingOptions | undefined;
  /** The snapshot on disk, for starts without the cluster. */
  readonly cache?: CacheOptions | undefined;
  /** Releases that the history of an item keeps, 100 by default. */
  readonly historyMax?: number | undefined;
  /** Whether the cluster is told what became of releases here. Default true. */
  readonly acknowledge?: boolean | undefined;
  /**
   * Whether the JSON Schemas of definitions are published under the version of the `app`, so that operators can check
   * content before they release it. Default true; libraries that make none are left out.
   */
  readonly publishSchemas?: boolean | undefined;
  /** How long the first value is waited for: 5 s by default, 2 s where a snapshot has one. */
  readonly startTimeout?: Duration | undefined;
  /** How long an apply hook or a handler may take, 30 s by default. */
  readonly applyTimeout?: Duration | undefined;
}

/** What a watch of a path or a definition takes. */
export interface WatchOptions<T> extends ReadOptions, CallOptions {
  /** Runs before a value becomes current; throwing rejects it, and the value of before stays. */
  readonly apply?: ApplyHook<T> | undefined;
}

/** What a definition would say, for a plain path. */
export type WatchPathOptions<T> = WatchOptions<T> & ItemOptions;

export interface BundleOptions<T> extends Omit<WatchOptions<T>, 'optional'> {
  /** Judges all members together. */
  readonly schema?: StandardSchemaV1 | undefined;
}

/** What `config.get` takes. */
export type GetOptions = ReadOptions & CallOptions & ItemOptions;

export const CALL_OPTIONS = ['signal', 'timeout', 'consistency'];
export const READ_OPTIONS = [...CALL_OPTIONS, 'optional'];
export const WATCH_OPTIONS = [...READ_OPTIONS, 'apply'];
export const WATCH_PATH_OPTIONS = [
  ...WATCH_OPTIONS,
  ...DEFINITION_OPTIONS.filter((name) => name !== 'id'),
];
export const BUNDLE_OPTIONS = [...CALL_OPTIONS, 'apply', 'schema'];
export const ACT_OPTIONS = [...CALL_OPTIONS, 'comment', 'by'];
export const BASED_OPTIONS = [...ACT_OPTIONS, 'base'];
export const RELEASE_OPTIONS = [...BASED_OPTIONS, 'format', 'secret', 'gray'];

const NAMES = [
  'namespace',
  'inherits',
  'clientId',
  'environment',
  'overrideFile',
  'keys',
  'cache',
  'historyMax',
  'acknowledge',
  'publishSchemas',
  'startTimeout',
  'applyTimeout',
];

export interface CheckedOptions {
  readonly namespace: string;
  readonly inherits: string | undefined;
  readonly historyMax: number;
  readonly applyTimeoutMs: number;
  startTimeoutMs(hasSnapshot: boolean): number;
}

/** @throws ConcordError `INVALID_ARGUMENT` naming the option, what was given and what is allowed */
export function checkedOptions(operation: string, options: ConfigurationOptions): CheckedOptions {
  checkNames(options, NAMES, operation);
  const { namespace = 'default', historyMax = HISTORY_MAX_DEFAULT, clientId } = options;
  if (!Number.isSafeInteger(historyMax) || historyMax < 1) {
    throw refuse(operation, 'historyMax', historyMax, 'give a number from 1');
  }
  if (clientId !== undefined && (typeof clientId !== 'string' || clientId === '')) {
    throw refuse(operation, 'clientId', clientId, 'give a name that is not empty');
  }
  const startMs =
    options.startTimeout === undefined
      ? undefined
      : durationMs(options.startTimeout, `${operation}: option "startTimeout"`, 1);
  return {
    namespace: checkedNamespace(operation, namespace),
    inherits: checkedInherits(operation, options.inherits, namespace),
    historyMax,
    applyTimeoutMs: durationMs(
      options.applyTimeout ?? APPLY_MS_DEFAULT,
      `${operation}: option "applyTimeout"`,
      1,
    ),
    startTimeoutMs: (hasSnapshot) =>
      startMs ?? (hasSnapshot ? START_MS_WITH_SNAPSHOT : START_MS_DEFAULT),
  };
}

function checkedInherits(
  operation: string,
  inherits: unknown,
  namespace: string,
): string | undefined {
  if (inherits === undefined) return undefined;
  if (inherits !== namespace) return checkedNamespace(operation, inherits, 'inherits');
  throw refuse(operation, 'inherits', inherits, 'give another namespace than the own');
}

const refuse = (operation: string, option: string, value: unknown, remedy: string): ConcordError =>
  new ConcordError('INVALID_ARGUMENT', {
    operation,
    problem: `option "${option}" is ${JSON.stringify(value)}`,
    remedy,
  });
