/** The flags of verbs that change a cluster from outside of its members, named as etcd's tools name them. */
import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../config/command-line.ts';
import { ClusterAdministrator } from './cluster-administrator.ts';
import { readRoot, type Environment } from './pod-environment.ts';

export const administratorFlags = {
  endpoints: { type: 'string' },
  cacert: { type: 'string' },
  cert: { type: 'string' },
  key: { type: 'string' },
} as const;

export type AdministratorFlags = { readonly [Name in keyof typeof administratorFlags]?: string };

/** Throws `ConfigurationError`, naming the flag and the value. */
export function administratorFrom(
  values: AdministratorFlags,
  environment: Environment,
): ClusterAdministrator {
  const read = (flag: 'cacert' | 'cert' | 'key'): Buffer | undefined => {
    const path = values[flag] ?? '';
    if (path === '') return undefined;
    try {
      return readFileSync(path);
    } catch (error) {
      throw new ConfigurationError(`--${flag} ${path}: ${(error as Error).message}`);
    }
  };
  const endpoints = (values.endpoints ?? '').split(',').filter((endpoint) => endpoint !== '');
  const strange = endpoints.find((url) => !/^https?:\/\/[^/]+:\d+$/.test(url));
  if (strange !== undefined || endpoints.length === 0) {
    throw new ConfigurationError(
      `--endpoints ${strange ?? ''}: expected http://HOST:PORT or https://HOST:PORT, with commas between`,
    );
  }
  const [cert, key, ca] = [read('cert'), read('key'), read('cacert')];
  return new ClusterAdministrator({
    endpoints,
    user: readRoot(environment),
    tls: {
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
      ...(ca !== undefined && { ca }),
    },
  });
}
