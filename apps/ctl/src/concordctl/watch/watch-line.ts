/**
 * What the words behind `watch` mean: keys, and behind `--` a command to run for each change. The environment may name the
 * keys instead: `ETCDCTL_WATCH_KEY` and `ETCDCTL_WATCH_RANGE_END`, or the same of CONCORDCTL.
 */
import { quote } from '../../go-format/quote.ts';
import { refuseArguments } from '../../command-error.ts';
import type { Environment } from '../command.ts';
import { bytesOf, endOfPrefix, type KeySelection, type Word } from '../kv/key-selection.ts';

export interface WatchLine {
  readonly args: readonly Word[];
  /** Empty where nothing is run. */
  readonly command: readonly string[];
}

export interface WatchKeys {
  readonly key: string;
  readonly rangeEnd: string;
}

/** The keys that the environment names. Throws `CommandError`. */
export function watchKeysOf(environment: Environment): WatchKeys {
  const of = (name: string): string =>
    environment[`CONCORDCTL_${name}`] || environment[`ETCDCTL_${name}`] || '';
  const [key, rangeEnd] = [of('WATCH_KEY'), of('WATCH_RANGE_END')];
  if (key === '' && rangeEnd !== '') {
    refuseArguments(
      `ETCDCTL_WATCH_KEY is empty but got ETCDCTL_WATCH_RANGE_END=${quote(rangeEnd)}`,
    );
  }
  return { key, rangeEnd };
}

/**
 * Takes the line apart. Throws `CommandError`.
 *
 * @param words - what stands behind `watch`, flags included
 * @param args - those of `words` that are no flags, without what stands behind `--`
 */
export function watchLine(
  words: readonly string[],
  args: readonly Word[],
  keys: WatchKeys,
): WatchLine {
  const at = words.indexOf('--');
  const command = at < 0 ? [] : words.slice(at + 1);
  if (at >= 0 && command.length === 0) {
    refuseArguments('bad number of arguments (found separator --, but no commands)');
  }
  if (keys.key !== '') {
    if (args.length > 0) {
      refuseArguments('bad number of arguments (found conflicting environment key)');
    }
    return { args: [keys.key, keys.rangeEnd].filter((word) => word !== ''), command };
  }
  return { args, command };
}

/** The keys to watch, or what is wrong with the arguments. */
export function watchSelection(args: readonly Word[], isPrefix: boolean): KeySelection | string {
  const [first, end] = args;
  if (first === undefined) return 'bad number of arguments';
  const isRange = end !== undefined && args.length === 2;
  if (isRange && isPrefix) return '`range_end` and `--prefix` are mutually exclusive';
  const key = bytesOf(first);
  if (isRange) return { key, rangeEnd: bytesOf(end) };
  if (!isPrefix) return { key, rangeEnd: new Uint8Array() };
  const all = Uint8Array.of(0);
  return key.length === 0 ? { key: all, rangeEnd: all } : { key, rangeEnd: endOfPrefix(key) };
}
