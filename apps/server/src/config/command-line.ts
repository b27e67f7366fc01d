/**
 * Reads flags as Go's flag package does: one dash or two, `--flag value` or `--flag=value`, a boolean alone
 * means true. Environment variables `ETCD_*` and a YAML file are read to the same texts.
 */
import { acceptedFlags, flags, type FlagName } from './flags.ts';

/** The command line, the environment or the file cannot be used; the process ends with `exitCode`. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly exitCode: 1 | 2;
  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The texts that were given, by flag, and what the user should be told about them. */
export interface Given {
  readonly texts: ReadonlyMap<FlagName, string>;
  readonly warnings: readonly string[];
  /** `--help` or `--version`, which end everything else. */
  readonly request?: 'help' | 'version';
}

export const isFlagName = (name: string): name is FlagName => Object.hasOwn(flags, name);
const isBoolean = (name: FlagName): boolean => flags[name].value === '';

export function readArguments(args: readonly string[]): Given {
  const texts = new Map<FlagName, string>();
  const warnings: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const argument = args[i] ?? '';
    const match = /^--?([^=-][^=]*)(?:=(.*))?$/s.exec(argument);
    if (match === null) throw new ConfigurationError(`"${argument}" is not a valid flag`, 2);
    const [, name = '', inline] = match;
    if (name === 'help' || name === 'h') return { texts, warnings, request: 'help' };
    if (name === 'version') return { texts, warnings, request: 'version' };
    const accepted = acceptedFlags[name];
    if (accepted !== undefined) {
      warnings.push(`--${name} has no effect: ${accepted}`);
      // Without its definition one cannot know whether the next word is its value: a word that is no flag is.
      if (inline === undefined && !(args[i + 1] ?? '-').startsWith('-')) i++;
      continue;
    }
    if (!isFlagName(name)) throw new ConfigurationError(unknownFlag(name), 2);
    if (inline !== undefined) texts.set(name, inline);
    else if (isBoolean(name)) texts.set(name, 'true');
    else if (i + 1 < args.length) texts.set(name, args[++i] ?? '');
    else throw new ConfigurationError(`flag needs an argument: --${name}`, 2);
  }
  return { texts, warnings };
}

export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Given {
  const texts = new Map<FlagName, string>();
  const warnings: string[] = [];
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith('ETCD_') || value === undefined || value === '') continue;
    const name = variable.slice('ETCD_'.length).toLowerCase().replaceAll('_', '-');
    const accepted = acceptedFlags[name];
    if (isFlagName(name)) texts.set(name, value);
    else if (accepted !== undefined) warnings.push(`${variable} has no effect: ${accepted}`);
    else warnings.push(`unrecognized environment variable ${variable}=${value}`);
  }
  return { texts, warnings };
}

function unknownFlag(name: string): string {
  const nearest = Object.keys(flags)
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const hint = nearest && nearest.distance <= 3 ? `; did you mean --${nearest.candidate}?` : '';
  return `flag provided but not defined: -${name}${hint}`;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
