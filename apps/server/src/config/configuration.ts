/**
 * A member's configuration: flags, environment and file brought together and checked once, here. Inside the
 * server nothing looks at the environment or at a flag's text again.
 *
 * Precedence is etcd's: with a configuration file everything else is ignored; the same option given as flag
 * and as environment variable is an error, not a silent override.
 */
import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { ConfigurationError, isFlagName, readArguments, readEnvironment } from './command-line.ts';
import { FlagError } from './flag-error.ts';
import { flags, type FlagName, type FlagValues } from './flags.ts';

export interface Configuration {
  readonly kind: 'run';
  readonly values: FlagValues;
  readonly dataDirectory: string;
  /** `name=url` pairs of the initial cluster, this member among them. */
  readonly initialCluster: readonly { readonly name: string; readonly peerUrl: string }[];
  readonly warnings: readonly string[];
}
export type Command = Configuration | { readonly kind: 'help' } | { readonly kind: 'version' };

const ELECTION_TIMEOUT_MS_MAX = 50_000;

/** Throws `ConfigurationError`, naming the flag, the value and what would be right. */
export function configure(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  const fromArguments = readArguments(args);
  if (fromArguments.request !== undefined) return { kind: fromArguments.request };
  const fromEnvironment = readEnvironment(environment);
  const file = fromArguments.texts.get('config-file') ?? fromEnvironment.texts.get('config-file');
  if (file !== undefined && file !== '') {
    const { texts, warnings } = readFile(file);
    return assemble(texts, warnings, { adviseClientUrls: false });
  }
  for (const name of fromArguments.texts.keys()) {
    if (!fromEnvironment.texts.has(name)) continue;
    const variable = `ETCD_${name.toUpperCase().replaceAll('-', '_')}`;
    throw new ConfigurationError(
      `conflicting environment variable "${variable}" is shadowed by corresponding command-line flag "--${name}": ` +
        `unset the variable or leave the flag out`,
    );
  }
  const texts = new Map([...fromEnvironment.texts, ...fromArguments.texts]);
  const warnings = [...fromArguments.warnings, ...fromEnvironment.warnings];
  return assemble(texts, warnings, { adviseClientUrls: true });
}

function readFile(path: string): { texts: Map<FlagName, string>; warnings: string[] } {
  let content: unknown;
  try {
    content = parseYaml(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigurationError(
      `--config-file ${path}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const texts = new Map<FlagName, string>();
  const warnings: string[] = [];
  if (content === null || content === undefined) return { texts, warnings };
  if (typeof content !== 'object' || Array.isArray(content)) {
    throw new ConfigurationError(
      `--config-file ${path}: expected a mapping of flag names to values`,
    );
  }
  for (const [name, value] of Object.entries(content)) {
    if (!isFlagName(name)) {
      warnings.push(`${path}: "${name}" is ignored`);
    } else if (typeof value === 'number' && flags[name].value === 'DURATION') {
      // etcd's file holds lengths of time as nanoseconds.
      texts.set(name, `${value}ns`);
    } else if (
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean'
    ) {
      texts.set(name, String(value));
    } else if (Array.isArray(value)) {
      texts.set(name, value.join(','));
    } else if (value !== null) {
      throw new ConfigurationError(`--config-file ${path}: "${name}" must be a single value`);
    }
  }
  return { texts, warnings };
}

function assemble(
  texts: ReadonlyMap<FlagName, string>,
  warnings: readonly string[],
  { adviseClientUrls }: { readonly adviseClientUrls: boolean },
): Configuration {
  const values = parseValues(texts);
  if (adviseClientUrls && texts.has('listen-client-urls') && !texts.has('advertise-client-urls')) {
    throw new ConfigurationError(
      '--advertise-client-urls is required when --listen-client-urls is set explicitly',
    );
  }
  checkTimes(values);
  const initialCluster = readInitialCluster(values);
  checkSingleMember(values, initialCluster);
  return {
    kind: 'run',
    values,
    dataDirectory: values['data-dir'] || `${values.name}.etcd`,
    initialCluster,
    warnings,
  };
}

function parseValues(texts: ReadonlyMap<FlagName, string>): FlagValues {
  const values: Partial<Record<FlagName, unknown>> = {};
  for (const name of Object.keys(flags).filter(isFlagName)) {
    const given = texts.get(name) ?? flags[name].initial;
    try {
      values[name] = flags[name].parse(given);
    } catch (error) {
      if (!(error instanceof FlagError)) throw error;
      throw new ConfigurationError(
        `invalid value "${given}" for flag --${name}: ${error.message}`,
        2,
      );
    }
  }
  // Every name of the table was parsed by the table's own parser just above.
  return values as FlagValues;
}

function checkTimes(values: FlagValues): void {
  const { 'heartbeat-interval': heartbeat, 'election-timeout': election } = values;
  if (election < 5 * heartbeat) {
    throw new ConfigurationError(
      `--election-timeout[${election}ms] should be at least as 5 times as --heartbeat-interval[${heartbeat}ms]`,
    );
  }
  if (election > ELECTION_TIMEOUT_MS_MAX) {
    throw new ConfigurationError(
      `--election-timeout[${election}ms] is too long, and should be set less than ${ELECTION_TIMEOUT_MS_MAX}ms`,
    );
  }
}

/** Clusters of more than one member are still to come; who asks for one is told so instead of getting another. */
function checkSingleMember(values: FlagValues, cluster: Configuration['initialCluster']): void {
  const names = new Set(cluster.map(({ name }) => name));
  if (names.size > 1) {
    throw new ConfigurationError(
      `--initial-cluster lists ${names.size} members (${[...names].join(', ')}), and this version runs one: ` +
        `leave the flag out, or list "${values.name}" alone`,
    );
  }
  if (values['initial-cluster-state'] === 'existing') {
    throw new ConfigurationError(
      '--initial-cluster-state existing: this version cannot join a cluster; leave the flag out to start a new one',
    );
  }
}

function readInitialCluster(values: FlagValues): Configuration['initialCluster'] {
  const given = values['initial-cluster'];
  const own = values['initial-advertise-peer-urls'].map(({ text }) => text);
  if (given === '') return own.map((peerUrl) => ({ name: values.name, peerUrl }));
  const members = given.split(',').map((pair) => {
    const [name = '', peerUrl = ''] = pair.trim().split(/=(.*)/s);
    if (name === '' || peerUrl === '') {
      throw new ConfigurationError(
        `invalid value "${given}" for flag --initial-cluster: expected NAME=URL[,NAME=URL…], got "${pair}"`,
        2,
      );
    }
    return { name, peerUrl: peerUrl.replace(/\/$/, '') };
  });
  const listed = members.filter(({ name }) => name === values.name).map(({ peerUrl }) => peerUrl);
  if (listed.length === 0) {
    throw new ConfigurationError(
      `couldn't find local name "${values.name}" in the initial cluster configuration`,
    );
  }
  const missing = own.find((url) => !listed.includes(url));
  if (missing !== undefined) {
    throw new ConfigurationError(
      `--initial-advertise-peer-urls has ${missing} but missing from --initial-cluster=${given}`,
    );
  }
  return members;
}
