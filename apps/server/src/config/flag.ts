/**
 * What one command-line flag is: its name in etcd's spelling, how its text becomes a value, and the line that
 * `--help` prints for it. The table of all flags is `flags.ts`.
 */
import { parseAddresses, type Address } from './address.ts';
import { FlagError } from './flag-error.ts';
import { parseInitialCluster, type ListedMember } from './initial-cluster.ts';

/** The headings of `--help`, in its order. */
export const flagGroups = [
  'Member',
  'Clustering',
  'Discovery',
  'Security',
  'Auth',
  'HTTP',
  'Limits',
  'Monitoring',
  'Logging',
  'Tuning',
  'Other',
] as const;

export interface Flag<Value> {
  readonly group: (typeof flagGroups)[number];
  readonly help: string;
  /** The default in the form that a person would type. */
  readonly initial: string;
  /** What stands for the value in `--help`, and so its kind; empty for one that is true or false. */
  readonly value: string;
  /** Throws a `FlagError` that says what would be right. */
  parse(text: string): Value;
}

type Group = Flag<unknown>['group'];

export function text(group: Group, initial: string, value: string, help: string): Flag<string> {
  return { group, help, initial, value, parse: (given) => given };
}

export function toggle(group: Group, initial: boolean, help: string): Flag<boolean> {
  return {
    group,
    help,
    initial: String(initial),
    value: '',
    parse: (given) => {
      // The spellings that Go's flag package takes, so that scripts written for etcd keep working.
      if (/^(1|t|true|T|TRUE|True)$/.test(given)) return true;
      if (/^(0|f|false|F|FALSE|False)$/.test(given)) return false;
      throw new FlagError('expected true or false');
    },
  };
}

export function integer(
  group: Group,
  initial: number,
  value: string,
  help: string,
  range: { readonly min?: number; readonly max?: number } = {},
): Flag<number> {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = range;
  return {
    group,
    help,
    initial: String(initial),
    value,
    parse: (given) => {
      if (!/^[+-]?\d+$/.test(given)) throw new FlagError('expected a whole number');
      const number = Number(given);
      if (number < min || number > max) {
        throw new FlagError(`expected a whole number from ${min} to ${max}`);
      }
      return number;
    },
  };
}

const unitMilliseconds: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Go's notation for a length of time: `300ms`, `1.5h`, `1h15m30s`; `0` needs no unit. The value is milliseconds. */
export function duration(group: Group, initial: string, help: string): Flag<number> {
  return { group, help, initial, value: 'DURATION', parse: parseDurationMs };
}

export function parseDurationMs(given: string): number {
  if (given === '0') return 0;
  const parts = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/.test(given)
    ? given.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)
    : undefined;
  if (parts === undefined)
    throw new FlagError('expected a length of time such as 300ms, 5s or 1h30m');
  let total = 0;
  for (const [, count = '', unit = ''] of parts)
    total += Number(count) * (unitMilliseconds[unit] ?? 0);
  return total;
}

export function oneOf<const Choice extends string>(
  group: Group,
  choices: readonly [Choice, ...Choice[]],
  help: string,
): Flag<Choice> {
  return {
    group,
    help,
    initial: choices[0],
    value: choices.join('|'),
    parse: (given) => {
      const choice = choices.find((candidate) => candidate === given);
      if (choice === undefined) throw new FlagError(`expected ${choices.join(' or ')}`);
      return choice;
    },
  };
}

/** Comma-separated texts; empty ones and white space around them are left out. */
export function list(
  group: Group,
  initial: string,
  value: string,
  help: string,
): Flag<readonly string[]> {
  return { group, help, initial, value: `${value}[,…]`, parse: parseList };
}

const parseList = (given: string): readonly string[] =>
  given
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Comma-separated URLs without a path, as etcd takes them for listening and advertising. */
export function addresses(group: Group, initial: string, help: string): Flag<readonly Address[]> {
  return { group, help, initial, value: 'URL[,URL…]', parse: parseAddresses };
}

/** `NAME=URL` pairs, a name once for each of its URLs, as etcd lists the members of a cluster. */
export function initialCluster(group: Group, help: string): Flag<readonly ListedMember[]> {
  return { group, help, initial: '', value: 'NAME=URL[,…]', parse: parseInitialCluster };
}
