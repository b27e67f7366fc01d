/**
 * Reads flags as Go's flag package does: one dash or two, `--flag value` or `--flag=value`, a boolean alone
 * means true. Environment variables `ETCD_*` and a YAML file are read to the same texts.
 */
import { flagNamed, isToggle, nearestName, type Named } from './flag-names.ts';
import { FlagError } from './flag-error.ts';
import type { FlagName } from './flags.ts';

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

/** Collects texts from any source, and refuses what contradicts itself there. */
export class GivenTexts {
  readonly texts = new Map<FlagName, string>();
  readonly warnings: string[] = [];
  /** By flag, the name under which it was given. */
  readonly #spellings = new Map<string, string>();

  /**
   * @param given what stands in the source, as `--name`, `ETCD_NAME` or `name`
   * Throws `ConfigurationError` where a flag is given by its old and its new name.
   */
  add(named: Named, text: string, given: string): void {
    this.#checkSpelling(named.name, given);
    if (named.kind === 'ignored') {
      const { why, only } = named.flag;
      if (only !== undefined && text !== only && text !== '') {
        throw new ConfigurationError(`${given} ${text}: ${why}; the only value is ${only}`);
      }
      this.warnings.push(`${given} has no effect: ${why}`);
      return;
    }
    this.texts.set(named.name, text);
  }

  #checkSpelling(name: string, given: string): void {
    const before = this.#spellings.get(name) ?? given;
    this.#spellings.set(name, given);
    if (before === given) return;
    const newer = /experimental/i.test(given) ? before : given;
    throw new ConfigurationError(
      `cannot set ${before} and ${given} at the same time, please use ${newer} only`,
    );
  }
}

export function readArguments(args: readonly string[]): Given {
  const given = new GivenTexts();
  for (let i = 0; i < args.length; i++) {
    const argument = args[i] ?? '';
    const match = /^--?([^=-][^=]*)(?:=(.*))?$/s.exec(argument);
    if (match === null) throw new ConfigurationError(`"${argument}" is not a valid flag`, 2);
    const [, name = '', inline] = match;
    const { texts, warnings } = given;
    if (name === 'help' || name === 'h') return { texts, warnings, request: 'help' };
    if (name === 'version' && inline !== 'false') return { texts, warnings, request: 'version' };
    const named = flagNamed(name);
    if (named === undefined) {
      throw new ConfigurationError(
        `flag provided but not defined: -${name}${nearestName(name, '--')}`,
        2,
      );
    }
    const toggled = isToggle(named) ? 'true' : undefined;
    if (inline === undefined && toggled === undefined && i + 1 >= args.length) {
      throw new ConfigurationError(`flag needs an argument: --${name}`, 2);
    }
    given.add(named, inline ?? toggled ?? args[++i] ?? '', `--${name}`);
  }
  return given;
}

/** Variables that belong to etcd and to no flag. */
const ownVariables: ReadonlySet<string> = new Set(['ETCD_UNSUPPORTED_ARCH']);

export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Given {
  const given = new GivenTexts();
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith('ETCD_') || value === undefined || value === '') continue;
    if (ownVariables.has(variable)) continue;
    const name = variable.slice('ETCD_'.length).toLowerCase().replaceAll('_', '-');
    const named = flagNamed(name);
    if (named !== undefined) given.add(named, value, variable);
    else given.warnings.push(`unrecognized environment variable ${variable}=${value}`);
  }
  return given;
}

/** Says which flag a text was for, in the words of Go's flag package. */
export function invalidValue(name: FlagName, text: string, error: unknown): unknown {
  if (!(error instanceof FlagError)) return error;
  return new ConfigurationError(`invalid value "${text}" for flag -${name}: ${error.message}`, 2);
}
