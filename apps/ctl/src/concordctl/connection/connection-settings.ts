/** What the global flags say of how to connect. Files of certificates are read here, and passwords asked for. */
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { CommandError, exitCodes, refuseArguments } from '../../command-error.ts';
import { openFailure } from '../../open-failure.ts';
import type { GlobalValues } from '../global-flags.ts';
import { discoverEndpoints } from './discovery.ts';
import { parseEndpoint, type Endpoint } from './endpoint.ts';
import type { MemberConnectionOptions, MemberTls } from './member-connection.ts';

/** Limits of etcd's client. */
const REQUEST_BYTES_MAX = 2 * 1024 * 1024;
const RESPONSE_BYTES_MAX = 2 ** 31 - 1;

export interface Credentials {
  readonly name: string;
  readonly password: string;
}

export interface ConnectionSettings {
  /** At least one. */
  readonly endpoints: readonly Endpoint[];
  readonly connection: MemberConnectionOptions;
  readonly credentials: Credentials | undefined;
  readonly commandTimeoutMs: number;
  /** A line to stderr. */
  readonly tell: (line: string) => void;
}

export interface SettingsSource {
  readonly values: GlobalValues;
  readonly given: ReadonlySet<string>;
  readonly askPassword: (prompt: string) => Promise<string>;
  readonly tell: (line: string) => void;
}

/**
 * Reads the settings. Throws `CommandError`.
 *
 * @param endpoints - instead of those that the flags name
 */
export async function connectionSettings(
  source: SettingsSource,
  endpoints?: readonly string[],
): Promise<ConnectionSettings> {
  const { values, given } = source;
  const tls = tlsFiles(values, given);
  const hasTls =
    !values['insecure-transport'] ||
    [values.cert, values.key, values.cacert].some((path) => path !== '');
  const texts = endpoints ?? (await endpointTexts(source));
  if (texts.length === 0) {
    throw new CommandError('etcdclient: no available endpoints', exitCodes.badConnection);
  }
  return {
    endpoints: texts.map((text) => parseEndpoint(text, hasTls)),
    connection: {
      tls,
      dialTimeoutMs: values['dial-timeout'],
      keepAliveMs: values['keepalive-time'],
      keepAliveTimeoutMs: values['keepalive-timeout'],
      requestBytesMax: values['max-request-bytes'] || REQUEST_BYTES_MAX,
      responseBytesMax: values['max-recv-bytes'] || RESPONSE_BYTES_MAX,
    },
    credentials: await credentialsOf(source),
    commandTimeoutMs: values['command-timeout'],
    tell: source.tell,
  };
}

/** The endpoints of the flags, or of the domain that they name. */
export async function endpointTexts({ values, tell }: SettingsSource): Promise<readonly string[]> {
  const domain = values['discovery-srv'];
  if (domain !== '') {
    const isInsecure = values['insecure-discovery'];
    const found = await discoverEndpoints(domain, values['discovery-srv-name']);
    const usable = found.filter((text) => {
      if (isInsecure || !text.startsWith('http://')) return true;
      tell(`ignoring discovered insecure endpoint "${text}"`);
      return false;
    });
    if (usable.length > 0) return usable;
  }
  return values.endpoints.map((text) => text.trim());
}

function tlsFiles(values: GlobalValues, given: ReadonlySet<string>): MemberTls {
  for (const flag of ['cert', 'key', 'cacert'] as const) {
    if (given.has(flag) && values[flag] === '') {
      refuseArguments(`empty string is passed to --${flag} option`);
    }
  }
  const { cert, key, cacert } = values;
  if ((cert === '') !== (key === '')) {
    refuseArguments(`KeyFile and CertFile must both be present[key: ${key}, cert: ${cert}]`);
  }
  const rejectUnauthorized = !values['insecure-skip-tls-verify'];
  if (cert === '' && cacert === '') return { rejectUnauthorized };
  const files = {
    ...(cert !== '' && { cert: fileOf(cert), key: fileOf(key) }),
    ...(cacert !== '' && { ca: authoritiesOf(cacert) }),
  };
  try {
    return { ...files, rejectUnauthorized, secureContext: createSecureContext(files) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuseArguments(
      `${cert} (--cert) and ${key} (--key) are no certificate and its key in PEM: ${reason}`,
    );
  }
}

/** What holds no certificate would be passed over in silence. */
function authoritiesOf(path: string): Buffer {
  const pem = fileOf(path);
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
  return refuseArguments(`${path} (--cacert) holds no certificate in PEM`);
}

function fileOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const failure = openFailure('open', path, error);
    throw failure instanceof CommandError
      ? new CommandError(failure.message, exitCodes.badArguments)
      : failure;
  }
}

async function credentialsOf({
  values,
  askPassword,
}: SettingsSource): Promise<Credentials | undefined> {
  const { user, password } = values;
  if (user === '') return undefined;
  if (password !== '') return { name: user, password };
  const [, name, given] = /^([^:]*):(.*)$/s.exec(user) ?? [];
  if (name !== undefined && given !== undefined) return { name, password: given };
  return { name: user, password: await askPassword('Password: ') };
}
