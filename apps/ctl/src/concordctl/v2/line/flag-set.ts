/**
 * Flags as the v2 command set takes them: by Go's own rules (one dash or two; what stands behind the first argument
 * is an argument), after the flags have been moved to the front.
 */
import { DurationError, parseDuration } from '../../../go-format/duration.ts';

export interface V2Flag {
  readonly kind: 'bool' | 'string' | 'int' | 'duration' | 'strings';
  /** The first is the one that the program asks for. */
  readonly names: readonly string[];
  readonly help: string;
  /** Of the value in the help, where it is not `value`. */
  readonly placeholder?: string;
  readonly default?: string;
}

export class FlagError extends Error {
  override readonly name = 'FlagError';
}

/** One flag, under two of its names. */
export class TwoFormsError extends FlagError {}

export class FlagSet {
  readonly #values: ReadonlyMap<string, readonly string[]>;
  readonly args: readonly string[];

  constructor(values: ReadonlyMap<string, readonly string[]>, args: readonly string[]) {
    this.#values = values;
    this.args = args;
  }

  bool(name: string): boolean {
    return truthOf(this.#values.get(name)?.at(-1) ?? 'false') === true;
  }

  string(name: string): string {
    return this.#values.get(name)?.at(-1) ?? '';
  }

  int(name: string): number {
    return integerOf(this.string(name)) ?? 0;
  }

  /** In milliseconds. */
  duration(name: string): number {
    return durationOf(this.string(name)) ?? 0;
  }

  strings(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }
}

/** Throws `FlagError`, in Go's words. */
export function parseFlagSet(flags: readonly V2Flag[], words: readonly string[]): FlagSet {
  const known = new Map(flags.flatMap((flag) => flag.names.map((name) => [name, flag])));
  const given = new Map<string, string[]>();
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word.length < 2 || !word.startsWith('-')) break;
    if (word === '--') {
      at++;
      break;
    }
    const { name, value } = split(word);
    const flag = known.get(name);
    if (flag === undefined) throw new FlagError(`flag provided but not defined: -${name}`);
    if (flag.kind !== 'bool' && value === undefined) at++;
    const text = value ?? (flag.kind === 'bool' ? 'true' : words[at]);
    if (text === undefined) throw new FlagError(`flag needs an argument: -${name}`);
    check(flag, name, text);
    given.set(name, [...(given.get(name) ?? []), text]);
  }
  return new FlagSet(underFirstName(flags, given), words.slice(at));
}

function split(word: string): { name: string; value: string | undefined } {
  const bare = word.replace(/^--?/, '');
  if (bare === '' || bare.startsWith('-') || bare.startsWith('=')) {
    throw new FlagError(`bad flag syntax: ${word}`);
  }
  const equals = bare.indexOf('=');
  if (equals < 0) return { name: bare, value: undefined };
  return { name: bare.slice(0, equals), value: bare.slice(equals + 1) };
}

const truthOf = (text: string): boolean | undefined =>
  ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)
    ? true
    : ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)
      ? false
      : undefined;

function durationOf(text: string): number | undefined {
  try {
    return parseDuration(text);
  } catch (error) {
    if (error instanceof DurationError) return undefined;
    throw error;
  }
}

function integerOf(text: string): number | undefined {
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (!/^(0x[0-9a-f_]+|0b[01_]+|0o?[0-7_]*|[1-9][0-9_]*)$/i.test(digits)) return undefined;
  const plain = digits.replaceAll('_', '');
  const value = Number(/^0[0-7]+$/.test(plain) ? `0o${plain.slice(1)}` : plain);
  return sign === '-' ? -value : value;
}

/** Go's ints have 64 bits, and this program's numbers 53: none of the v2 API's is as large. */
function check(flag: V2Flag, name: string, text: string): void {
  if (flag.kind === 'bool' && truthOf(text) === undefined) {
    throw new FlagError(`invalid boolean value ${JSON.stringify(text)} for -${name}: parse error`);
  }
  const read = { int: integerOf, duration: durationOf };
  if (flag.kind !== 'int' && flag.kind !== 'duration') return;
  const value = read[flag.kind](text);
  const problem =
    value === undefined
      ? 'parse error'
      : flag.kind === 'int' && !Number.isSafeInteger(value)
        ? 'value out of range'
        : undefined;
  if (problem === undefined) return;
  throw new FlagError(`invalid value ${JSON.stringify(text)} for flag -${name}: ${problem}`);
}

function underFirstName(
  flags: readonly V2Flag[],
  given: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const { names, default: fallback } of flags) {
    const [first = ''] = names;
    const used = names.filter((name) => given.has(name));
    if (used.length > 1) {
      throw new TwoFormsError(`Cannot use two forms of the same flag: ${used[1]} ${used[0]}`);
    }
    const value = given.get(used[0] ?? '') ?? (fallback === undefined ? undefined : [fallback]);
    if (value !== undefined) values.set(first, value);
  }
  return values;
}

/**
 * The flags of a command before its arguments, as etcdctl moves them: a word behind a flag is taken along as its
 * value, also where the flag takes none.
 */
export function flagsFirst(flags: readonly V2Flag[], words: readonly string[]): readonly string[] {
  const names = new Set(flags.flatMap((flag) => flag.names));
  const front: string[] = [];
  const rest: string[] = [];
  let mayBeValue = false;
  for (const [at, word] of words.entries()) {
    if (word === '--') {
      rest.push(...words.slice(at));
      break;
    }
    const name = /^(?:--?)([^=]*)/.exec(word)?.[1];
    if (mayBeValue && !word.startsWith('-')) {
      mayBeValue = false;
      front.push(word);
    } else if (word !== '-' && name !== undefined && names.has(name)) {
      front.push(word);
      mayBeValue = !word.includes('=');
    } else {
      rest.push(word);
    }
  }
  return [...front, ...rest];
}
