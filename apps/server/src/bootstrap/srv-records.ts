/**
 * The members of a cluster as DNS lists them: SRV records `_etcd-server-ssl._tcp.DOMAIN` for peers with TLS and
 * `_etcd-server._tcp.DOMAIN` for those without, one a member. A member knows its own record by the address: the host
 * of the record and the host that it advertises resolve to the same IP and port.
 *
 * DNS knows no names of members: this one is listed by its `--name`, the others by numbers, which each member gives
 * differently. Ids do not depend on them.
 */
import { isIP } from 'node:net';
import type { Address } from '../config/address.ts';
import { ConfigurationError } from '../config/command-line.ts';
import type { FlagValues } from '../config/flags.ts';
import { formatInitialCluster, type ListedMember } from '../config/initial-cluster.ts';
import type { Resolver, SrvRecord } from './resolver.ts';

type Scheme = 'http' | 'https';

/** One record, resolved. */
interface Host {
  readonly peerUrl: string;
  /** `IP:port`. */
  readonly place: string;
}

/** Throws `ConfigurationError` where DNS lists nobody, or not this member. */
export async function lookUpMembers(
  values: FlagValues,
  resolver: Resolver,
): Promise<readonly ListedMember[]> {
  const { name } = values;
  const found: Host[] = [];
  const failures: string[] = [];
  const resolving = ownPlaces(values['initial-advertise-peer-urls'], resolver);
  for (const scheme of ['https', 'http'] as const) {
    const service = serviceName(scheme, values['discovery-srv-name']);
    try {
      const query = `${service}._tcp.${values['discovery-srv']}`;
      found.push(...(await hosts(query, scheme, await resolving, resolver)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failures.push(`error querying DNS SRV records for ${service} ${reason}`);
    }
  }
  if (found.length === 0) {
    throw new ConfigurationError(
      `${failures.join('; ')}; publish a record for each member, or list the members with --initial-cluster`,
    );
  }
  const own = new Set((await resolving).keys());
  const listed = named(name, found, own);
  if (!listed.some((member) => member.name === name)) {
    throw new ConfigurationError(
      `cannot find local etcd member "${name}" in SRV records; they list ` +
        `${found.map(({ peerUrl, place }) => `${peerUrl} (${place})`).join(', ')}, and this member advertises ` +
        `${values['initial-advertise-peer-urls'].map(({ text }) => text).join()} (${[...own].join()}): ` +
        'start it with one of these as --initial-advertise-peer-urls',
    );
  }
  return listed;
}

/** What the log says of the answer of DNS. */
export const describeMembers = (listed: readonly ListedMember[]): string =>
  `DNS lists ${formatInitialCluster(listed)}`;

const serviceName = (scheme: Scheme, ending: string): string =>
  `_etcd-server${scheme === 'https' ? '-ssl' : ''}${ending === '' ? '' : `-${ending}`}`;

/** What this member advertises, by `IP:port`. */
async function ownPlaces(
  advertised: readonly Address[],
  resolver: Resolver,
): Promise<ReadonlyMap<string, Address>> {
  const places = await Promise.all(
    advertised.map(async (address) => [await place(address, resolver), address] as const),
  );
  return new Map(places);
}

/** The records of one service. Rejects where there are none that can be used. */
async function hosts(
  service: string,
  scheme: Scheme,
  own: ReadonlyMap<string, Address>,
  resolver: Resolver,
): Promise<readonly Host[]> {
  const records = (await resolver.services(service)).toSorted(byPriority);
  const usable: Host[] = [];
  const reasons: string[] = [];
  for (const record of records) {
    const peerUrl = `${scheme}://${record.host.replace(/\.$/, '')}:${record.port}`;
    try {
      const host = { peerUrl, place: await place(record, resolver) };
      const self = own.get(host.place);
      if (self === undefined || self.scheme === scheme) usable.push(host);
      else {
        reasons.push(
          `bootstrap at ${peerUrl} from DNS for ${service} has scheme mismatch with expected peer ${self.text}`,
        );
      }
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (usable.length === 0) throw new Error(reasons.join(', ') || `no records for ${service}`);
  return usable;
}

async function place(
  { host, port }: Pick<SrvRecord, 'host' | 'port'>,
  resolver: Resolver,
): Promise<string> {
  const address = isIP(host) === 0 ? await resolver.address(host) : host;
  return `${isIP(address) === 6 ? `[${address}]` : address}:${port}`;
}

/** Numbers for the others, none of which is the own name. */
function named(name: string, found: readonly Host[], own: ReadonlySet<string>): ListedMember[] {
  let next = 0;
  return found.map(({ peerUrl, place: at }) => {
    if (own.has(at)) return { name, peerUrl };
    if (String(next) === name) next++;
    return { name: String(next++), peerUrl };
  });
}

const byPriority = (a: SrvRecord, b: SrvRecord): number =>
  a.priority - b.priority || a.host.localeCompare(b.host) || a.port - b.port;
