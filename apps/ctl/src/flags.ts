/**
 * Flags as etcd's tools take them: two dashes or a shorthand of one letter, `--flag value`, `--flag=value`, `-f value` or
 * `-fvalue`, before and behind the arguments; `--` ends them. Errors are in the words of their library, pflag.
 */
import { UsageError } from './command-error.ts';
import { DurationError, formatDuration, parseDuration } from './go-format/duration.ts';
import { asNumber, IntegerError, parseInteger } from './go-format/integer.ts';

interface FlagBase<T> {
  readonly help: string;
  readonly short?: string;
  readonly default: T;
}

export type Flag =
  | ({ readonly kind: 'string' } & FlagBase<string>)
  | ({ readonly kind: 'uint' } & FlagBase<number>)
  | ({ readonly kind: 'int' } & FlagBase<number>)
  | ({ readonly kind: 'bool' } & FlagBase<boolean>)
  /** In milliseconds; written as Go writes durations, such as `1m30s`. */
  | ({ readonly kind: 'duration' } & FlagBase<number>)
  /** Separated by commas, and given as often as one likes. */
  | ({ readonly kind: 'strings' } & FlagBase<readonly string[]>);

export type Flags = Readonly<Record<string, Flag>>;
export type FlagValue = Flag['default'];
export type FlagValues<F extends Flags> = {
  readonly [Name in keyof F]: Extract<Flag, { readonly kind: F[Name]['kind'] }>['default'];
};

export interface CommandLine<F extends Flags> {
  readonly values: FlagValues<F>;
  /** The names of the flags that were given. */
  readonly given: ReadonlySet<string>;
  readonly args: readonly string[];
  /** `--help` was among the flags. */
  readonly isHelp: boolean;
}

const HELP: Flag = { kind: 'bool', short: 'h', default: false, help: 'help' };

const truths = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((text): [string, boolean] => [text, true]),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((text): [string, boolean] => [text, false]),
]);

/** Throws `UsageError`. */
export function parseFlags<F extends Flags>(flags: F, words: readonly string[]): CommandLine<F> {
  const reader = new FlagReader({ help: HELP, ...flags }, words);
  reader.readAll();
  const { values, given, args } = reader;
  return {
    values: values as unknown as FlagValues<F>,
    given,
    args,
    isHelp: !('help' in flags) && values['help'] === true,
  };
}

class FlagReader {
  readonly args: string[] = [];
  readonly given = new Set<string>();
  readonly values: Record<string, FlagValue> = {};
  readonly #flags: Flags;
  readonly #names = new Map<string, string>();
  readonly #words: readonly string[];
  #at = 0;

  constructor(flags: Flags, words: readonly string[]) {
    this.#flags = flags;
    this.#words = words;
    for (const [name, flag] of Object.entries(flags)) {
      this.values[name] = flag.default;
      if (flag.short !== undefined) this.#names.set(flag.short, name);
    }
  }

  readAll(): void {
    while (this.#at < this.#words.length) {
      const word = this.#words[this.#at++] ?? '';
      if (word === '--') this.args.push(...this.#words.slice(this.#at));
      if (word === '--') return;
      if (word.startsWith('--')) this.#readLong(word.slice(2));
      else if (word.startsWith('-') && word !== '-') this.#readShort(word.slice(1));
      else this.args.push(word);
    }
  }

  #readLong(word: string): void {
    const [, name = '', given] = /^([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === '' || name.startsWith('-')) throw new UsageError(`bad flag syntax: --${word}`);
    const flag = this.#flag(name);
    if (flag === undefined) throw new UsageError(`unknown flag: --${name}`);
    const text = given ?? (flag.kind === 'bool' ? 'true' : this.#words[this.#at++]);
    if (text === undefined) throw new UsageError(`flag needs an argument: --${name}`);
    this.#set(name, flag, text);
  }

  /** Letters of flags without values may stand together, and the last one may have a value. */
  #readShort(letters: string): void {
    for (let i = 0; i < letters.length; i++) {
      const letter = letters.charAt(i);
      const name = this.#names.get(letter);
      const flag = name === undefined ? undefined : this.#flag(name);
      if (name === undefined || flag === undefined) {
        throw new UsageError(`unknown shorthand flag: '${letter}' in -${letters.slice(i)}`);
      }
      const rest = letters.slice(i + 1);
      if (flag.kind === 'bool' && !rest.startsWith('=')) {
        this.#set(name, flag, 'true');
        continue;
      }
      const text = rest === '' ? this.#words[this.#at++] : rest.replace(/^=/, '');
      if (text === undefined) {
        throw new UsageError(`flag needs an argument: '${letter}' in -${letters.slice(i)}`);
      }
      return this.#set(name, flag, text);
    }
  }

  #flag(name: string): Flag | undefined {
    return Object.hasOwn(this.#flags, name) ? this.#flags[name] : undefined;
  }

  #set(name: string, flag: Flag, text: string): void {
    const dashed = flag.short === undefined ? `--${name}` : `-${flag.short}, --${name}`;
    const problem = (reason: string): UsageError =>
      new UsageError(`invalid argument "${text}" for "${dashed}" flag: ${reason}`);
    const value = readFlagValue(flag, text, problem);
    const former = this.values[name];
    const isMore = Array.isArray(value) && Array.isArray(former) && this.given.has(name);
    this.values[name] = isMore ? [...(former as string[]), ...(value as string[])] : value;
    this.given.add(name);
  }
}

/**
 * Reads the value of a flag.
 *
 * @param problem - makes the error to throw from what Go has to say of the text
 */
export function readFlagValue(
  flag: Flag,
  text: string,
  problem: (reason: string) => Error,
): FlagValue {
  try {
    switch (flag.kind) {
      case 'string':
        return text;
      case 'strings':
        return text === '' ? [] : text.split(',');
      case 'duration':
        return parseDuration(text);
      case 'int':
        return asNumber(parseInteger(text, 'ParseInt', 0));
      case 'uint':
        return asNumber(parseInteger(text, 'ParseUint', 0));
      case 'bool':
        return readTruth(text);
    }
  } catch (error) {
    const isExpected = error instanceof IntegerError || error instanceof DurationError;
    throw isExpected ? problem(error.message) : error;
  }
}

function readTruth(text: string): boolean {
  const truth = truths.get(text);
  if (truth !== undefined) return truth;
  throw new IntegerError(`strconv.ParseBool: parsing "${text}": invalid syntax`);
}

/** The lines of a usage text, with the names of values and their defaults. */
export function describeFlags(flags: Flags): string {
  const rows = Object.entries(flags).map(([name, flag]): [string, string] => {
    const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
    const shown = [false, 0, '', '[]'].includes(shownDefault(flag)) ? '' : shownDefault(flag);
    return [
      `  ${short}--${name}${flag.kind === 'bool' ? '' : ` ${flag.kind}`}`,
      `${flag.help}${shown === '' ? '' : ` (default ${shown})`}`,
    ];
  });
  const width = Math.max(...rows.map(([left]) => left.length)) + 3;
  return rows.map(([left, help]) => `${left.padEnd(width)}${help}\n`).join('');
}

function shownDefault(flag: Flag): string | number | boolean {
  if (flag.kind === 'string') return flag.default === '' ? '' : `"${flag.default}"`;
  if (flag.kind === 'duration') return formatDuration(flag.default);
  return flag.kind === 'strings' ? `[${flag.default.join(',')}]` : flag.default;
}
