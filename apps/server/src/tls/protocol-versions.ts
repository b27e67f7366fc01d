/** `--tls-min-version` and `--tls-max-version`: etcd's names of the versions, and Node's. */
import type { SecureVersion } from 'node:tls';
import type { Flag } from '../config/flag.ts';
import { FlagError } from '../config/flag-error.ts';

export type TlsVersion = 'TLS1.2' | 'TLS1.3';

const nodeNames: Readonly<Record<TlsVersion, SecureVersion>> = {
  'TLS1.2': 'TLSv1.2',
  'TLS1.3': 'TLSv1.3',
};

/** Empty as a minimum is TLS 1.2, and as a maximum the newest. Throws `FlagError`. */
export function parseTlsVersion(text: string): TlsVersion | '' {
  if (text === '' || text === 'TLS1.2' || text === 'TLS1.3') return text;
  throw new FlagError(`unexpected TLS version "${text}" (must be one of: TLS1.2, TLS1.3)`);
}

export const tlsVersion = (initial: TlsVersion | '', help: string): Flag<TlsVersion | ''> => ({
  group: 'Security',
  help,
  initial,
  value: 'TLS1.2|TLS1.3',
  parse: parseTlsVersion,
});

export interface VersionRange {
  readonly minVersion: SecureVersion;
  readonly maxVersion: SecureVersion;
}

export const versionRange = (min: TlsVersion | '', max: TlsVersion | ''): VersionRange => ({
  minVersion: nodeNames[min === '' ? 'TLS1.2' : min],
  maxVersion: nodeNames[max === '' ? 'TLS1.3' : max],
});
