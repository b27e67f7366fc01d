/**
 * Reads the command line of a proxy as etcd's reads it: `--flag value` or `--flag=value`, a flag that is true or false
 * takes its value behind `=` alone, and a list that is given twice grows. No environment, no file.
 */
import { ConfigurationError } from '../config/command-line.ts';
import { FlagError } from '../config/flag-error.ts';
import { nearestName } from '../config/flag-names.ts';
import type { Flag } from '../config/flag.ts';

export type FlagTable = Readonly<Record<string, Flag<unknown>>>;
export type ValuesOf<Table extends FlagTable> = {
  readonly [Name in keyof Table]: ReturnType<Table[Name]['parse']>;
};

/** What the arguments say to do, and the others. */
export interface Order {
  /** Undefined where there is none. */
  readonly verb: string | undefined;
  readonly rest: readonly string[];
}

/** The verb may stand behind flags. One without `=` has the argument behind it for its value, as in etcd. */
export function takeVerb(args: readonly string[]): Order {
  let i = 0;
  for (let argument = args[0]; argument?.startsWith('-') === true; argument = args[i]) {
    const isAlone = argument === '-h' || argument === '--help' || argument.includes('=');
    i += isAlone ? 1 : 2;
  }
  return { verb: args[i], rest: args.toSpliced(i, 1) };
}

/** Throws `ConfigurationError`, naming the flag, the value and what would be right. */
export function readFlags<Table extends FlagTable>(
  table: Table,
  args: readonly string[],
): ValuesOf<Table> | 'help' {
  const texts = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const argument = args[i] ?? '';
    if (argument === '-h' || argument === '--help') return 'help';
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(argument);
    if (match === null) {
      throw new ConfigurationError(`"${argument}" is not a flag; flags begin with two dashes`);
    }
    const [, name = '', inline] = match;
    const flag = Object.hasOwn(table, name) ? table[name] : undefined;
    if (flag === undefined) {
      const near = nearestName(name, '--', [...Object.keys(table), 'help']);
      throw new ConfigurationError(`unknown flag: --${name}${near}`);
    }
    const text = inline ?? (flag.value === '' ? 'true' : args[++i]);
    if (text === undefined) throw new ConfigurationError(`flag needs an argument: --${name}`);
    const before = isList(flag) ? texts.get(name) : undefined;
    texts.set(name, before === undefined ? text : `${before},${text}`);
  }
  return parseAll(table, texts);
}

const isList = ({ value }: Flag<unknown>): boolean => value.endsWith('[,…]');

function parseAll<Table extends FlagTable>(
  table: Table,
  texts: ReadonlyMap<string, string>,
): ValuesOf<Table> {
  const values = Object.entries(table).map(([name, flag]) => {
    const text = texts.get(name) ?? flag.initial;
    try {
      return [name, flag.parse(text)] as const;
    } catch (error) {
      if (!(error instanceof FlagError)) throw error;
      throw new ConfigurationError(`invalid argument "${text}" for "--${name}": ${error.message}`);
    }
  });
  // Every name of the table was parsed by the table's own parser just above.
  return Object.fromEntries(values) as ValuesOf<Table>;
}
