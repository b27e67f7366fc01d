/**
 * Flags as etcd's tools take them: two dashes or a shorthand of one letter, `--flag value` or `--flag=value`, before
 * and behind the arguments.
 */
import { parseArgs } from 'node:util';
import { UsageError } from './command-error.ts';

interface FlagBase<T> {
  readonly help: string;
  readonly short?: string;
  readonly default: T;
}

export type Flag =
  | ({ readonly kind: 'string' } & FlagBase<string>)
  | ({ readonly kind: 'uint' } & FlagBase<number>)
  | ({ readonly kind: 'int' } & FlagBase<number>)
  | ({ readonly kind: 'bool' } & FlagBase<boolean>);

export type Flags = Readonly<Record<string, Flag>>;
export type FlagValues<F extends Flags> = { readonly [Name in keyof F]: F[Name]['default'] };

export interface CommandLine<F extends Flags> {
  readonly values: FlagValues<F>;
  readonly args: readonly string[];
  /** `--help` was among the flags. */
  readonly isHelp: boolean;
}

const truths = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((text): [string, boolean] => [text, true]),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((text): [string, boolean] => [text, false]),
]);

/** Throws `UsageError`. */
export function parseFlags<F extends Flags>(flags: F, words: readonly string[]): CommandLine<F> {
  const { tokens } = parseArgs({
    args: [...words],
    options: optionsOf(flags),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values: Record<string, string | number | boolean> = {};
  for (const [name, flag] of Object.entries(flags)) values[name] = flag.default;
  const args: string[] = [];
  let isHelp = false;
  for (const token of tokens) {
    if (token.kind === 'positional') args.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = flags[token.name];
    if (token.name === 'help') isHelp = true;
    else if (flag === undefined) throw unknown(token.rawName);
    else values[token.name] = read(flag, token.name, token.value);
  }
  return { values: values as FlagValues<F>, args, isHelp };
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

function optionsOf(flags: Flags): Options {
  const options: Options = { help: { type: 'boolean', short: 'h' } };
  for (const [name, { kind, short }] of Object.entries(flags)) {
    const type = kind === 'bool' ? 'boolean' : 'string';
    options[name] = { type, ...(short !== undefined && { short }) };
  }
  return options;
}

function read(flag: Flag, name: string, text: string | undefined): string | number | boolean {
  if (flag.kind === 'bool') {
    const value = text === undefined ? true : truths.get(text);
    return value ?? invalid(name, text ?? '', 'strconv.ParseBool');
  }
  if (text === undefined) throw new UsageError(`flag needs an argument: --${name}`);
  if (flag.kind === 'string') return text;
  const number = Number(text);
  const isNumber = numberPatterns[flag.kind].test(text) && Number.isSafeInteger(number);
  return isNumber ? number : invalid(name, text, numberParsers[flag.kind]);
}

const numberPatterns = { uint: /^\d+$/, int: /^[+-]?\d+$/ } as const;
const numberParsers = { uint: 'strconv.ParseUint', int: 'strconv.ParseInt' } as const;

function invalid(name: string, text: string, parser: string): never {
  throw new UsageError(
    `invalid argument "${text}" for "--${name}" flag: ${parser}: parsing "${text}": invalid syntax`,
  );
}

function unknown(rawName: string): UsageError {
  if (rawName.startsWith('--')) return new UsageError(`unknown flag: ${rawName}`);
  return new UsageError(`unknown shorthand flag: '${rawName.slice(1)}' in ${rawName}`);
}

/** The lines of a usage text. */
export function describeFlags(flags: Flags): string {
  const rows = Object.entries(flags).map(([name, flag]): [string, string] => {
    const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
    const shown = flag.default === '' || flag.default === 0 || flag.default === false;
    const value = typeof flag.default === 'string' ? `"${flag.default}"` : String(flag.default);
    return [
      `  ${short}--${name}${flag.kind === 'bool' ? '' : ` ${flag.kind}`}`,
      `${flag.help}${shown ? '' : ` (default ${value})`}`,
    ];
  });
  const width = Math.max(...rows.map(([left]) => left.length)) + 3;
  return rows.map(([left, help]) => `${left.padEnd(width)}${help}\n`).join('');
}
