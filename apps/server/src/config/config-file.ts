/**
 * `--config-file`: YAML with the flags' names as keys, some of them gathered in sections as etcd's file has them.
 * Read to the same texts as the command line. etcd ignores a key that it does not know; here it is refused, because
 * a setting that is misspelt is one that its owner relies on.
 */
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { ConfigurationError, GivenTexts, type Given } from './command-line.ts';
import { flagNamed, nearestName, type Named } from './flag-names.ts';
import { flags } from './flags.ts';

/** Keys of a section, each the name of a flag or a section again. */
export interface Section {
  readonly [key: string]: string | Section;
}

/** The same key twice, in front of different flags. */
const tls = (prefix: '' | 'peer-'): Section => ({
  'cert-file': `${prefix}cert-file`,
  'key-file': `${prefix}key-file`,
  'client-cert-file': `${prefix}client-cert-file`,
  'client-key-file': `${prefix}client-key-file`,
  'client-cert-auth': `${prefix}client-cert-auth`,
  'trusted-ca-file': `${prefix}trusted-ca-file`,
  'auto-tls': `${prefix}auto-tls`,
  'crl-file': prefix === '' ? 'client-crl-file' : 'peer-crl-file',
  'allowed-cn': prefix === '' ? 'client-cert-allowed-cn' : 'peer-cert-allowed-cn',
  'allowed-hostname': prefix === '' ? 'client-cert-allowed-hostname' : 'peer-cert-allowed-hostname',
});

/** The sections of etcd's file. */
export const sections: Section = {
  'client-transport-security': tls(''),
  'peer-transport-security': {
    ...tls('peer-'),
    'skip-client-san-verification': 'peer-skip-client-san-verification',
  },
  'socket-options': {
    'reuse-port': 'socket-reuse-port',
    'reuse-address': 'socket-reuse-address',
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
export function readConfigFile(path: string): Given {
  const content = parseFile(path);
  const given = new GivenTexts();
  if (content === null || content === undefined) return given;
  if (!isMapping(content)) {
    throw new ConfigurationError(
      `--config-file ${path}: expected a mapping of flag names to values`,
    );
  }
  for (const [key, value] of Object.entries(content)) {
    const section = inSection(sections, key);
    if (typeof section === 'object') collect({ path, key, value, place: section }, given);
    else collect({ path, key, value, place: flagNamed(key) }, given);
  }
  return given;
}

function parseFile(path: string): unknown {
  try {
    // Warnings would go to the standard error stream, past the log; what they are about is not what was meant.
    const document = parseDocument(readFileSync(path, 'utf8'), { logLevel: 'error' });
    const [fault] = [...document.errors, ...document.warnings];
    if (fault !== undefined) throw fault;
    return document.toJS();
  } catch (error) {
    throw new ConfigurationError(
      `--config-file ${path}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

interface Entry {
  readonly path: string;
  /** As far down as it stands, `discovery-config.client.auth`. */
  readonly key: string;
  readonly value: unknown;
  readonly place: Named | Section | undefined;
}

function collect(entry: Entry, given: GivenTexts): void {
  const { path, key, value, place } = entry;
  if (place === undefined) throw unknownKey(path, key);
  if (value === null) return;
  if (isNamed(place)) {
    const isFree = place.kind === 'ignored' && place.flag.isFreeInFile === true;
    return given.add(place, isFree ? '' : toText(entry, place), key);
  }
  if (!isMapping(value)) {
    throw new ConfigurationError(`--config-file ${path}: invalid ${key}: expected a mapping`);
  }
  for (const [inner, innerValue] of Object.entries(value)) {
    const innerPlace = inSection(place, inner);
    const named = typeof innerPlace === 'string' ? flagNamed(innerPlace) : innerPlace;
    collect({ path, key: `${key}.${inner}`, value: innerValue, place: named }, given);
  }
}

const isNamed = (place: Named | Section): place is Named =>
  place['kind'] === 'flag' || place['kind'] === 'ignored';

function unknownKey(path: string, key: string): ConfigurationError {
  const hint = key.includes('.') ? '' : nearestName(key, '');
  return new ConfigurationError(`--config-file ${path}: unknown key "${key}"${hint}`);
}

function toText({ path, key, value }: Entry, named: Named): string {
  const isDuration = named.kind === 'flag' && flags[named.name].value === 'DURATION';
  // etcd's file holds lengths of time as nanoseconds.
  if (typeof value === 'number' && isDuration) return `${value}ns`;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (Array.isArray(value)) return value.join(',');
  throw new ConfigurationError(`--config-file ${path}: "${key}" must be a single value`);
}

/** A key such as `constructor` is no part of a section. */
const inSection = (section: Section, key: string): string | Section | undefined =>
  Object.hasOwn(section, key) ? section[key] : undefined;

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
