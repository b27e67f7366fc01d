/**
 * Global flags that the environment gives: `ETCDCTL_ENDPOINTS` for `--endpoints`, as etcdctl reads them, or
 * `CONCORDCTL_ENDPOINTS`, which wins.
 */
import { CommandError } from '../command-error.ts';
import { readFlagValue, type Flag, type Flags, type FlagValue, type FlagValues } from '../flags.ts';
import { formatDuration } from '../go-format/duration.ts';
import type { Environment } from './command.ts';

const PREFIXES = ['ETCDCTL_', 'CONCORDCTL_'];
/** Variables that are no flags: read by `watch`, and what selects the API. */
const OTHERS = ['WATCH_KEY', 'WATCH_RANGE_END', 'API'];

const variableOf = (flag: string): string => flag.toUpperCase().replaceAll('-', '_');

export interface EnvironmentReport {
  readonly warn: (message: string, variable: string) => void;
  /** Ends the command. */
  readonly refuse: (message: string, variable: string) => never;
}

/**
 * The values of `flags` that the environment has.
 *
 * @param given - flags of the command line, which contradict variables of theirs
 */
export function flagsOfEnvironment(
  flags: Flags,
  given: ReadonlySet<string>,
  environment: Environment,
  { warn, refuse }: EnvironmentReport,
): ReadonlyMap<string, FlagValue> {
  const names = new Map(Object.keys(flags).map((name) => [variableOf(name), name]));
  const values = new Map<string, FlagValue>();
  for (const prefix of PREFIXES) {
    for (const [variable, text] of Object.entries(environment)) {
      if (!variable.startsWith(prefix) || text === undefined) continue;
      const name = names.get(variable.slice(prefix.length));
      const flag = name === undefined ? undefined : flags[name];
      if (name === undefined || flag === undefined) {
        const isOther = OTHERS.includes(variable.slice(prefix.length));
        if (!isOther) warn('unrecognized environment variable', `${variable}=${text}`);
        continue;
      }
      if (given.has(name)) {
        refuse(
          'conflicting environment variable is shadowed by corresponding command-line flag ' +
            '(either unset environment variable or disable flag))',
          variable,
        );
      }
      if (text === '') continue;
      const value = valueOf(flag, text, (reason) =>
        warn(`ignored: ${reason}`, `${variable}=${text}`),
      );
      if (value !== undefined) values.set(name, value);
    }
  }
  return values;
}

/** etcdctl takes no notice of what it cannot read; here it is told. */
function valueOf(flag: Flag, text: string, tell: (reason: string) => void): FlagValue | undefined {
  try {
    return readFlagValue(flag, text, (reason) => new CommandError(reason));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    tell(error.message);
    return undefined;
  }
}

/** The settings as variables, a line each, in the order of their names: what `--debug` shows. */
export function settingLines(flags: Flags, values: FlagValues<Flags>): readonly string[] {
  const names = Object.keys(flags).sort();
  return names.map((name) => {
    const flag = flags[name];
    const text = flag === undefined ? '' : withoutSecret(name, textOf(flag, values[name]));
    return `ETCDCTL_${variableOf(name)}=${text}`;
  });
}

function textOf(flag: Flag, value: FlagValue | undefined): string {
  if (flag.kind === 'duration') return formatDuration(Number(value));
  return Array.isArray(value) ? `[${value.join(',')}]` : String(value);
}

function withoutSecret(name: string, text: string): string {
  if (name === 'password' && text !== '') return '***';
  return name === 'user' ? text.replace(/:.*$/s, ':***') : text;
}
