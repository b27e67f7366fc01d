/** Command lines as etcd's tools read them. */
import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from './command-error.ts';
import { parseFlags, type Flags } from './flags.ts';

const flags = {
  name: { kind: 'string', short: 'n', default: '', help: '' },
  limit: { kind: 'int', default: 0, help: '' },
  deep: { kind: 'bool', short: 'd', default: false, help: '' },
  wait: { kind: 'duration', default: 5_000, help: '' },
  endpoints: { kind: 'strings', default: ['a'], help: '' },
} satisfies Flags;

test('values stand behind a space or an equals sign, and shorthands may stand together', () => {
  const { values, args, given } = parseFlags(flags, [
    'x',
    '--limit',
    '-1',
    '-dn=y',
    '--wait=1m',
    'z',
    '--',
    '--deep=no',
  ]);
  deepEqual(values, {
    name: 'y',
    limit: -1,
    deep: true,
    wait: 60_000,
    endpoints: ['a'],
    help: false,
  });
  deepEqual(args, ['x', 'z', '--deep=no']);
  deepEqual([...given], ['limit', 'deep', 'name', 'wait']);
});

test('a list that is given again goes on, and takes the place of its default', () => {
  const { values } = parseFlags(flags, ['--endpoints', 'b,c', '--endpoints=d']);
  deepEqual(values.endpoints, ['b', 'c', 'd']);
});

test('a flag that asks for help is not the command’s', () => {
  equal(parseFlags(flags, ['-h']).isHelp, true);
  equal(parseFlags(flags, ['--help=false']).isHelp, false);
});

const refused: readonly [readonly string[], string][] = [
  [['--nope'], 'unknown flag: --nope'],
  [['--toString'], 'unknown flag: --toString'],
  [['-dx'], "unknown shorthand flag: 'x' in -x"],
  [['--limit'], 'flag needs an argument: --limit'],
  [['-dn'], "flag needs an argument: 'n' in -n"],
  [['--=x'], 'bad flag syntax: --=x'],
  [
    ['--limit', 'many'],
    'invalid argument "many" for "--limit" flag: strconv.ParseInt: parsing "many": invalid syntax',
  ],
  [
    ['-d=perhaps'],
    'invalid argument "perhaps" for "-d, --deep" flag: strconv.ParseBool: parsing "perhaps": invalid syntax',
  ],
  [['--wait', '5'], 'invalid argument "5" for "--wait" flag: time: missing unit in duration "5"'],
];

for (const [words, message] of refused) {
  test(`${words.join(' ')} is refused in the words of pflag`, () => {
    throws(
      () => parseFlags(flags, words),
      (error) => error instanceof UsageError && error.message === message,
    );
  });
}
