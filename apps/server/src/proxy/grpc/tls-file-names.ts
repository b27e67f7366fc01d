/** Which files of TLS were given, by what they are for. */
import { ConfigurationError } from '../../config/command-line.ts';
import type { TlsFileNames, TlsFileRole } from '../../tls/tls-files.ts';
import type { GrpcProxyValues } from './flags.ts';

type FileFlag =
  'cert' | 'key' | 'cacert' | 'cert-file' | 'key-file' | 'trusted-ca-file' | 'client-crl-file';
export type FileFlags = Readonly<Partial<Record<TlsFileRole, FileFlag>>> &
  Readonly<Record<'cert' | 'key', FileFlag>>;

export function namedFiles(values: GrpcProxyValues, flags: FileFlags): TlsFileNames {
  const entries = (Object.entries(flags) as [TlsFileRole, FileFlag][])
    .map(([role, flag]) => [role, { flag, path: values[flag] }] as const)
    .filter(([, { path }]) => path !== '');
  return Object.fromEntries(entries);
}

/** Half of a pair is a mistake, and not a port without TLS. Throws `ConfigurationError`. */
export function assertPair(names: TlsFileNames, flags: FileFlags): void {
  const [present, missing] =
    names.cert === undefined ? [names.key, flags.cert] : [names.cert, flags.key];
  if (present === undefined || (names.cert !== undefined && names.key !== undefined)) return;
  throw new ConfigurationError(
    `--${present.flag} ${present.path} and --${missing} belong together: --${missing} is missing`,
  );
}
