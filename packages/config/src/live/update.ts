/** What handlers and streams of a live value are given, and how it shows itself. */
import { inspect } from 'node:util';
import { redact, type Secrecy } from '../secret/redact.ts';
import type { CutSource } from './cut.ts';

/** Where a value is from: the cluster, a file of before, the local machine, or the definition alone. */
export type ConfigSource = Exclude<CutSource, 'none'> | 'override' | 'fallback';

export interface ConfigUpdate<T> {
  /** Deep-frozen. */
  readonly value: T;
  readonly previous: T | undefined;
  /** The places that differ, such as `pool.max`; an empty one is the value itself. */
  readonly changed: readonly string[];
  /** Those of `changed` that the definition says need a restart of the process. */
  readonly restartRequired: readonly string[];
  /** 0 for what was not released; of a bundle, the newest of its members. */
  readonly release: number;
  readonly track: string;
  /** Of the cluster, as of which the value is known. */
  readonly revision: number;
  readonly source: ConfigSource;
}

/** The same object, which shows no secret to loggers and `JSON.stringify`. */
export function guarded<T>(update: ConfigUpdate<T>, secrecy: Secrecy): ConfigUpdate<T> {
  if (secrecy === false) return update;
  const shown = (): object => ({
    ...update,
    value: redact(update.value, secrecy),
    previous: redact(update.previous, secrecy),
  });
  return Object.defineProperties(update, {
    toJSON: { value: shown },
    [inspect.custom]: { value: shown },
  });
}
