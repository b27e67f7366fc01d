/**
 * `--config-file`: YAML with the flags' names as keys, some of them gathered in sections as etcd's file has them.
 * Read to the same texts as the command line.
 */
import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { ConfigurationError, isFlagName } from './command-line.ts';
import { flags, type FlagName } from './flags.ts';

export interface FileContent {
  readonly texts: ReadonlyMap<FlagName, string>;
  readonly warnings: readonly string[];
}

/** Keys of a section, each a flag or a section again. */
interface Section {
  readonly [key: string]: FlagName | Section;
}

const sections: Section = {
  'client-transport-security': {
    'cert-file': 'cert-file',
    'key-file': 'key-file',
    'client-cert-file': 'client-cert-file',
    'client-key-file': 'client-key-file',
    'trusted-ca-file': 'trusted-ca-file',
    'client-cert-auth': 'client-cert-auth',
    'auto-tls': 'auto-tls',
    'allowed-cn': 'client-cert-allowed-cn',
    'allowed-hostname': 'client-cert-allowed-hostname',
    // etcd has it as a flag alone; a section without it would be the only way to lose a revocation.
    'crl-file': 'client-crl-file',
  },
  'peer-transport-security': {
    'cert-file': 'peer-cert-file',
    'key-file': 'peer-key-file',
    'trusted-ca-file': 'peer-trusted-ca-file',
    'client-cert-auth': 'peer-client-cert-auth',
    'client-cert-file': 'peer-client-cert-file',
    'client-key-file': 'peer-client-key-file',
    'auto-tls': 'peer-auto-tls',
    'allowed-cn': 'peer-cert-allowed-cn',
    'allowed-hostname': 'peer-cert-allowed-hostname',
    'skip-client-san-verification': 'peer-skip-client-san-verification',
    'crl-file': 'peer-crl-file',
  },
  'discovery-config': {
    token: 'discovery-token',
    client: {
      endpoints: 'discovery-endpoints',
      'dial-timeout': 'discovery-dial-timeout',
      'request-timeout': 'discovery-request-timeout',
      'keepalive-time': 'discovery-keepalive-time',
      'keepalive-timeout': 'discovery-keepalive-timeout',
      secure: {
        'insecure-transport': 'discovery-insecure-transport',
        'insecure-skip-tls-verify': 'discovery-insecure-skip-tls-verify',
        cert: 'discovery-cert',
        key: 'discovery-key',
        cacert: 'discovery-cacert',
      },
      auth: { username: 'discovery-user', password: 'discovery-password' },
    },
  },
};

/** Throws `ConfigurationError`, naming the file and the key. */
export function readConfigFile(path: string): FileContent {
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
  if (!isMapping(content)) {
    throw new ConfigurationError(
      `--config-file ${path}: expected a mapping of flag names to values`,
    );
  }
  for (const [key, value] of Object.entries(content)) {
    const place = isFlagName(key) ? key : inSection(sections, key);
    collect({ path, key, value, place, texts, warnings });
  }
  return { texts, warnings };
}

interface Entry {
  readonly path: string;
  /** As far down as it stands, `discovery-config.client.auth`. */
  readonly key: string;
  readonly value: unknown;
  readonly place: FlagName | Section | undefined;
  readonly texts: Map<FlagName, string>;
  readonly warnings: string[];
}

function collect(entry: Entry): void {
  const { path, key, value, place, texts, warnings } = entry;
  if (place === undefined) {
    warnings.push(`${path}: "${key}" is ignored`);
  } else if (value === null) {
    return;
  } else if (typeof place === 'object') {
    if (!isMapping(value)) {
      throw new ConfigurationError(`--config-file ${path}: invalid ${key}: expected a mapping`);
    }
    for (const [inner, innerValue] of Object.entries(value)) {
      collect({
        ...entry,
        key: `${key}.${inner}`,
        value: innerValue,
        place: inSection(place, inner),
      });
    }
  } else {
    texts.set(place, toText(entry, place));
  }
}

function toText({ path, key, value }: Entry, flag: FlagName): string {
  // etcd's file holds lengths of time as nanoseconds.
  if (typeof value === 'number' && flags[flag].value === 'DURATION') return `${value}ns`;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (Array.isArray(value)) return value.join(',');
  throw new ConfigurationError(`--config-file ${path}: "${key}" must be a single value`);
}

/** A key such as `constructor` is no part of a section. */
const inSection = (section: Section, key: string): FlagName | Section | undefined =>
  Object.hasOwn(section, key) ? section[key] : undefined;

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
