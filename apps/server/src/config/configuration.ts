/**
 * A member's configuration: flags, environment and file brought together and checked once, here. Inside the
 * server nothing looks at the environment or at a flag's text again.
 *
 * Precedence is etcd's: with a configuration file everything else is ignored; the same option given as flag
 * and as environment variable is an error, not a silent override.
 */
import { isIP } from 'node:net';
import type { Address } from './address.ts';
import { withAdvertisedAddresses } from './advertised-addresses.ts';
import {
  ConfigurationError,
  invalidValue,
  readArguments,
  readEnvironment,
  type Given,
} from './command-line.ts';
import { parseCompaction, type Compaction } from './compaction.ts';
import { readConfigFile } from './config-file.ts';
import { defaultHost } from './default-host.ts';
import { gateWarnings } from './feature-gates.ts';
import { isFlagName } from './flag-names.ts';
import { flags, type FlagName, type FlagValues } from './flags.ts';
import type { ListedMember } from './initial-cluster.ts';
import { checkTls } from './tls-rules.ts';

export interface Configuration {
  readonly kind: 'run';
  readonly values: FlagValues;
  readonly dataDirectory: string;
  /**
   * `--initial-cluster`, or this member alone when it was not given. Whether this member is listed with the
   * URLs that it advertises counts for a new data directory alone, so `bootstrap` checks it.
   */
  readonly initialCluster: readonly ListedMember[];
  readonly compaction: Compaction;
  readonly warnings: readonly string[];
}
export type Command = Configuration | { readonly kind: 'help' } | { readonly kind: 'version' };

const ELECTION_TIMEOUT_MS_MAX = 50_000;

/**
 * Throws `ConfigurationError`, naming the flag, the value and what would be right.
 *
 * @param host the address of this machine that others most likely reach. Default that of the default route
 */
export function configure(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  host: () => string | undefined = defaultHost,
): Command {
  const fromArguments = readArguments(args);
  if (fromArguments.request !== undefined) return { kind: fromArguments.request };
  const fromEnvironment = readEnvironment(environment);
  const file = fromArguments.texts.get('config-file') ?? fromEnvironment.texts.get('config-file');
  if (file !== undefined && file !== '') {
    const { texts, warnings } = readConfigFile(file);
    const outdone = outdoneByFile(file, fromArguments, fromEnvironment);
    return assemble(texts, [...outdone, ...warnings], host, { adviseClientUrls: false });
  }
  for (const name of fromArguments.texts.keys()) {
    if (!fromEnvironment.texts.has(name)) continue;
    throw new ConfigurationError(
      `conflicting environment variable "${variableOf(name)}" is shadowed by corresponding command-line flag ` +
        `"--${name}": unset the variable or leave the flag out`,
    );
  }
  const texts = new Map([...fromEnvironment.texts, ...fromArguments.texts]);
  const warnings = [...fromArguments.warnings, ...fromEnvironment.warnings];
  return assemble(texts, warnings, host, { adviseClientUrls: true });
}

const variableOf = (name: FlagName): string => `ETCD_${name.toUpperCase().replaceAll('-', '_')}`;

/** A file stands for everything: what else was given counts for nothing, and its owner is told. */
function outdoneByFile(
  file: string,
  { texts: args }: Given,
  { texts: variables }: Given,
): string[] {
  const outdone = [
    ...[...args.keys()].map((name) => ({ name, given: `--${name}` })),
    ...[...variables.keys()].map((name) => ({ name, given: variableOf(name) })),
  ]
    .filter(({ name }) => name !== 'config-file')
    .map(({ given }) => given);
  if (outdone.length === 0) return [];
  return [
    `loaded the configuration from --config-file ${file}: other flags and environment variables are ignored, here ` +
      outdone.join(', '),
  ];
}

function assemble(
  texts: ReadonlyMap<FlagName, string>,
  warnings: readonly string[],
  host: () => string | undefined,
  { adviseClientUrls }: { readonly adviseClientUrls: boolean },
): Configuration {
  const { values, warnings: ofAddresses } = withAdvertisedAddresses(parseValues(texts), host);
  if (adviseClientUrls && texts.has('listen-client-urls') && !texts.has('advertise-client-urls')) {
    throw new ConfigurationError(
      '--advertise-client-urls is required when --listen-client-urls is set explicitly',
    );
  }
  checkAddresses(values);
  checkBootstrapMethod(values);
  checkTimes(values);
  const tlsWarnings = checkTls(values);
  checkLogging(values);
  const listed = values['initial-cluster'];
  const own = values['initial-advertise-peer-urls'].map(({ text }) => ({
    name: values.name,
    peerUrl: text,
  }));
  return {
    kind: 'run',
    values,
    dataDirectory: values['data-dir'] || `${values.name}.etcd`,
    initialCluster: listed.length > 0 ? listed : own,
    compaction: readCompaction(values, texts.has('auto-compaction-retention')),
    warnings: [
      ...warnings,
      ...ofAddresses,
      ...tlsWarnings,
      ...gateWarnings(values['feature-gates']),
    ],
  };
}

/** The default is a length of time: who asks for revisions says how many, or, as in etcd, none is compacted. */
function readCompaction(values: FlagValues, isGiven: boolean): Compaction {
  const mode = values['auto-compaction-mode'];
  const retention = values['auto-compaction-retention'];
  try {
    return parseCompaction(mode, isGiven || mode === 'periodic' ? retention : '0');
  } catch (error) {
    throw invalidValue('auto-compaction-retention', retention, error);
  }
}

function parseValues(texts: ReadonlyMap<FlagName, string>): FlagValues {
  const values: Partial<Record<FlagName, unknown>> = {};
  for (const name of Object.keys(flags).filter(isFlagName)) {
    const given = texts.get(name) ?? flags[name].initial;
    try {
      values[name] = flags[name].parse(given);
    } catch (error) {
      throw invalidValue(name, given, error);
    }
  }
  // Every name of the table was parsed by the table's own parser just above.
  return values as FlagValues;
}

const listenFlags = [
  'listen-peer-urls',
  'listen-client-urls',
  'listen-client-http-urls',
  'listen-metrics-urls',
] as const;

/** What others are told must have a host; what is listened on must be an interface of this machine. */
function checkAddresses(values: FlagValues): void {
  for (const flag of listenFlags) {
    for (const { text, scheme, host } of values[flag]) {
      if (scheme.startsWith('unix') || host === 'localhost' || isIP(host) !== 0) continue;
      throw new ConfigurationError(
        `expected IP in URL for binding (${text}); give --${flag} an address of this machine, ` +
          `or 0.0.0.0 for all of them`,
      );
    }
  }
  const advertised = {
    'initial-advertise-peer-urls': '',
    'advertise-client-urls': 'in the format ',
  };
  for (const flag of ['initial-advertise-peer-urls', 'advertise-client-urls'] as const) {
    const empty = values[flag].find(({ host }) => host === '');
    if (empty === undefined) continue;
    throw new ConfigurationError(
      `--${flag} "${textOf(values[flag])}" must be ${advertised[flag]}"host:port" ` +
        `(unexpected empty host (${empty.text})); give the host name or IP by which others reach this member`,
    );
  }
}

const textOf = (addresses: readonly Address[]): string => addresses.map(({ text }) => text).join();

/** The other members are listed, found in DNS, or met at a running cluster: one of the three. */
function checkBootstrapMethod(values: FlagValues): void {
  const methods = [
    values['initial-cluster'].length > 0 && '--initial-cluster',
    values.discovery !== '' && '--discovery',
    values['discovery-endpoints'] !== '' && '--discovery-endpoints',
    values['discovery-srv'] !== '' && '--discovery-srv',
  ].filter((method) => method !== false);
  if (methods.length > 1) {
    throw new ConfigurationError(
      'multiple discovery or bootstrap flags are set. Choose one of "initial-cluster", "discovery", ' +
        `"discovery-endpoints" or "discovery-srv"; given are ${methods.join(' and ')}`,
    );
  }
  if (values.discovery !== '') {
    throw new ConfigurationError(
      `--discovery ${values.discovery}: v2 discovery is not part of this version; ` +
        'use --discovery-endpoints and --discovery-token, or list the members with --initial-cluster',
    );
  }
  const endpoints = values['discovery-endpoints'];
  const token = values['discovery-token'];
  if ((endpoints === '') !== (token === '')) {
    throw new ConfigurationError(
      'both --discovery-token and --discovery-endpoints must be set; ' +
        `--discovery-${token === '' ? 'token' : 'endpoints'} is missing`,
    );
  }
  if (endpoints !== '' && endpoints.split(',').some((endpoint) => endpoint.trim() === '')) {
    throw new ConfigurationError(
      `--discovery-endpoints must not contain empty endpoints; got "${endpoints}"`,
    );
  }
}

function checkTimes(values: FlagValues): void {
  const { 'heartbeat-interval': heartbeat, 'election-timeout': election } = values;
  for (const flag of ['heartbeat-interval', 'election-timeout'] as const) {
    if (values[flag] > 0) continue;
    throw new ConfigurationError(`--${flag} must be >0 (set to ${values[flag]}ms)`);
  }
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

/** Paths of files among the outputs of the log. */
const isFile = (output: string): boolean =>
  !['default', 'stderr', 'stdout', 'systemd/journal', '/dev/null'].includes(output);

function checkLogging(values: FlagValues): void {
  const outputs = values['log-outputs'];
  if (outputs.length === 0) {
    throw new ConfigurationError('--log-outputs is empty; give stderr, stdout or a file');
  }
  if (outputs.length > 1 && outputs.includes('default')) {
    throw new ConfigurationError(
      `multi logoutput for "default" is not supported yet: --log-outputs ${outputs.join()}; write stderr`,
    );
  }
  if (values['enable-log-rotation'] && (outputs.length !== 1 || !outputs.every(isFile))) {
    throw new ConfigurationError(
      '--log-outputs requires a single file path when --enable-log-rotation is given; ' +
        `it is ${outputs.join()}`,
    );
  }
}
