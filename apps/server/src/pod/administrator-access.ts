/** How a member reaches the client ports of its cluster: with the certificates that it serves clients with itself. */
import { readFileSync } from 'node:fs';
import type { AuthenticateRequest } from '@concord/protocol';
import { ConfigurationError } from '../config/command-line.ts';
import type { FlagValues } from '../config/flags.ts';
import { ClusterAdministrator } from './cluster-administrator.ts';

/** Throws `ConfigurationError` for a file that cannot be read. */
export function administratorOf(
  values: FlagValues,
  endpoints: readonly string[],
  user: AuthenticateRequest | undefined,
): ClusterAdministrator {
  const read = (flag: 'cert-file' | 'key-file' | 'trusted-ca-file'): Buffer | undefined => {
    if (values[flag] === '') return undefined;
    try {
      return readFileSync(values[flag]);
    } catch (error) {
      throw new ConfigurationError(`--${flag} ${values[flag]}: ${(error as Error).message}`);
    }
  };
  const [cert, key, ca] = [read('cert-file'), read('key-file'), read('trusted-ca-file')];
  return new ClusterAdministrator({
    endpoints,
    user,
    tls: {
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
      ...(ca !== undefined && { ca }),
      // Certificates that members have made for themselves are vouched for by nobody.
      rejectUnauthorized: !values['auto-tls'],
    },
  });
}
