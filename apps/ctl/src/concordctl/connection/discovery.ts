/** Endpoints that a domain tells in its SRV records, as etcd's tools look for them. */
import { CommandError } from '../../command-error.ts';

/**
 * Asks for `_etcd-client-ssl._tcp` and `_etcd-client._tcp` of `domain`.
 *
 * @param serviceName - stands behind `etcd-client` in the name of the service, where it is not empty
 * @throws CommandError where neither has records
 */
export async function discoverEndpoints(
  domain: string,
  serviceName: string,
): Promise<readonly string[]> {
  const { resolveSrv } = await import('node:dns/promises');
  const suffix = serviceName === '' ? '' : `-${serviceName}`;
  const reasons: string[] = [];
  const ask = async (service: string, scheme: string): Promise<string[]> => {
    try {
      const records = await resolveSrv(`_${service}._tcp.${domain}`);
      return records.map(({ name, port }) => `${scheme}://${name}:${port}`);
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
      return [];
    }
  };
  const found = [
    ...(await ask(`etcd-client-ssl${suffix}`, 'https')),
    ...(await ask(`etcd-client${suffix}`, 'http')),
  ];
  if (found.length > 0) return found;
  throw new CommandError(
    `dns lookup errors: ${reasons.join(' and ')}: --discovery-srv "${domain}" has no such records`,
  );
}
