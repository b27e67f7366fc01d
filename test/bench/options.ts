/** The bench's command line, checked once and turned into one value. */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { KEY_SPACE_DEFAULT } from './key-space.ts';
import type { KeySpace } from './key-space.ts';
import { SCENARIOS, scenarioNamed } from './scenario-list.ts';
import { concordKind, etcdKind } from './server-under-test.ts';
import type { ServerKind } from './server-under-test.ts';

/** What `--help` prints. */
export const USAGE = `Usage: npm run bench -- [OPTION ...]

Measures Concord and, where present, etcd in turn on this machine.

  --scenario A,B       only these: ${SCENARIOS.map((scenario) => scenario.name).join(', ')}
                       ("none" leaves only start-up and memory)
  --callers A,B        numbers of callers (1,100,1000)
  --members N          clusters of so many members instead of single ones (1)
  --rounds N           rounds, of which medians are reported (3)
  --seconds S          length of one measurement (3)
  --warm-up S          load before each measurement (0.5)
  --quick              one round of short measurements, without the million keys
  --servers A,B        only these of concord, etcd and those given with --etcd
  --etcd NAME=PATH     one more server that takes etcd's flags; may be repeated
  --keys N             key space of the calls (100000)
  --key-bytes N        length of a key (32)
  --value-bytes N      length of a value (256)
  --start-up-keys N    key space for start-up time and memory (1000000; 0 leaves it out)
  --pin-generator CPU  keeps the load generator on this processor (taskset)
  --out PATH           results go to PATH.json and PATH.svg (test/bench/results/local/DATE)
  --capacity           measures the load generator itself against a server that does nothing
`;

/** What to measure. */
export interface BenchOptions {
  readonly help: boolean;
  readonly capacity: boolean;
  readonly servers: readonly ServerKind[];
  readonly scenarios: readonly string[];
  readonly callers: readonly number[];
  readonly rounds: number;
  /** Of each cluster. */
  readonly members: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly keySpace: KeySpace;
  /** 0: start-up is not measured. */
  readonly startUpKeys: number;
  /** Undefined: the scheduler decides. */
  readonly generatorCpu: number | undefined;
  /** Path without extension; undefined: a dated one. */
  readonly out: string | undefined;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

/** Options whose value is one number. */
type NumberOption =
  | 'members'
  | 'rounds'
  | 'seconds'
  | 'warm-up'
  | 'keys'
  | 'key-bytes'
  | 'value-bytes'
  | 'start-up-keys'
  | 'pin-generator';

/** Reads the arguments after the program's name. Throws with a sentence on what is wrong with them. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: flag,
      capacity: flag,
      quick: flag,
      scenario: text,
      callers: text,
      members: text,
      rounds: text,
      seconds: text,
      'warm-up': text,
      servers: text,
      etcd: { type: 'string', multiple: true, default: [] },
      keys: text,
      'key-bytes': text,
      'value-bytes': text,
      'start-up-keys': text,
      'pin-generator': text,
      out: text,
    },
  });
  const number = (name: NumberOption, standard: number): number =>
    parseNumber(name, values[name], standard);
  const { quick } = values;
  return {
    help: values.help,
    capacity: values.capacity,
    servers: chosenServers(values.etcd, values.servers),
    scenarios: chosenScenarios(values.scenario),
    callers: (values.callers ?? (quick ? '1,1000' : '1,100,1000'))
      .split(',')
      .map((part) => parseNumber('callers', part, 1)),
    members: Math.max(1, number('members', 1)),
    rounds: number('rounds', quick ? 1 : 3),
    seconds: number('seconds', quick ? 1 : 3),
    warmUpSeconds: number('warm-up', quick ? 0.3 : 0.5),
    keySpace: {
      keys: number('keys', KEY_SPACE_DEFAULT.keys),
      keyBytes: number('key-bytes', KEY_SPACE_DEFAULT.keyBytes),
      valueBytes: number('value-bytes', KEY_SPACE_DEFAULT.valueBytes),
    },
    startUpKeys: number('start-up-keys', quick || number('members', 1) > 1 ? 0 : 1_000_000),
    generatorCpu:
      values['pin-generator'] === undefined
        ? undefined
        : Math.min(number('pin-generator', 0), cpus().length - 1),
    out: values.out,
  };
}

function parseNumber(name: string, value: string | undefined, standard: number): number {
  if (value === undefined) return standard;
  const number = Number(value);
  if (Number.isFinite(number) && number >= 0) return number;
  throw new Error(`--${name} expects a number of at least 0, got "${value}"`);
}

function chosenScenarios(names: string | undefined): readonly string[] {
  if (names === 'none') return [];
  const wanted = names?.split(',').map((name) => scenarioNamed(name));
  // In the list's order whatever the order asked for: what writes must not precede what reads.
  return SCENARIOS.filter((scenario) => wanted?.includes(scenario) ?? true).map(({ name }) => name);
}

function chosenServers(extra: readonly string[], names: string | undefined): readonly ServerKind[] {
  const given = extra.map((pair) => {
    const [name = '', command = ''] = pair.split('=');
    if (name === '' || command === '') throw new Error(`--etcd expects NAME=PATH, got "${pair}"`);
    return { name, command };
  });
  const present = [concordKind(), etcdKind(), ...given].filter((kind) => kind !== undefined);
  const chosen =
    names === undefined ? present : present.filter(({ name }) => names.split(',').includes(name));
  if (chosen.length > 0) return chosen;
  throw new Error('no server to measure: neither concord nor etcd is there, and --etcd names none');
}
