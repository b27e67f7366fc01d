/** The endpoints of the cluster as URLs: those that are listed, those that DNS lists, and later those of the members. */
import { Cluster as ClusterApi, MemberListRequest } from '@concord/protocol';
import { systemResolver } from '../../bootstrap/resolver.ts';
import { ConfigurationError } from '../../config/command-line.ts';
import type { Log } from '../../log.ts';
import { discoverEndpoints } from '../discovered-endpoints.ts';
import { formatHostPort, parseHostPort } from '../host-port.ts';
import type { Cluster } from './cluster/cluster.ts';
import { ask } from './cluster/unary.ts';
import type { GrpcProxyValues } from './flags.ts';

/** Throws `ConfigurationError`. @param isSecure whether one without a scheme is spoken to with TLS */
export async function findEndpoints(
  values: GrpcProxyValues,
  isSecure: boolean,
  log: Log,
): Promise<readonly string[]> {
  if (values['discovery-srv'] !== '') {
    const request = {
      domain: values['discovery-srv'],
      serviceName: values['discovery-srv-name'],
      isInsecure: values['insecure-discovery'],
      caFile: values.cacert,
    };
    return (await discoverEndpoints(request, systemResolver, log)).map(({ url }) => url);
  }
  if (values.endpoints.length === 0) {
    throw new ConfigurationError('no endpoints: list the client addresses with --endpoints');
  }
  return values.endpoints.map((text) => urlOf(text, isSecure));
}

/** Throws `ConfigurationError`. */
export function urlOf(text: string, isSecure: boolean): string {
  const scheme = /^([a-z]+):\/\//i.exec(text)?.[1]?.toLowerCase() ?? (isSecure ? 'https' : 'http');
  if (scheme !== 'http' && scheme !== 'https') {
    throw new ConfigurationError(
      `--endpoints ${text}: the scheme is ${scheme}; endpoints are http://host:port, https://host:port or host:port`,
    );
  }
  return `${scheme}://${formatHostPort(parseHostPort(text, 'endpoints'))}`;
}

/** `--endpoints-auto-sync-interval`: takes over what the members advertise. Answers how it is ended. */
export function followMembers(
  cluster: Cluster,
  intervalMs: number,
  isSecure: boolean,
  log: Log,
): () => void {
  if (intervalMs === 0) return () => undefined;
  const use = (urls: readonly string[]): void => {
    const before = cluster.urls;
    cluster.use(urls);
    if (before.join() === cluster.urls.join()) return;
    log.info({ endpoints: cluster.urls }, 'the endpoints are those of the members now');
  };
  const look = async (): Promise<void> => {
    try {
      const { members } = await ask(
        cluster,
        ClusterApi.methods.memberList,
        MemberListRequest.create(),
      );
      const urls = members
        .filter(({ name, isLearner }) => name !== '' && !isLearner)
        .flatMap(({ clientURLs }) => clientURLs)
        .map((url) => urlOf(url, isSecure));
      if (urls.length > 0) use(urls);
    } catch (error) {
      log.warn(
        { error: (error as Error).message },
        'the endpoints could not be brought up to date',
      );
    }
  };
  const timer = setInterval(() => void look(), intervalMs);
  return () => clearInterval(timer);
}
