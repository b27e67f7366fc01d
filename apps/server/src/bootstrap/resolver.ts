/**
 * DNS as bootstrap needs it. Handed in, so that tests ask a server of their own.
 */
import { lookup, resolveSrv } from 'node:dns/promises';

export interface SrvRecord {
  readonly host: string;
  readonly port: number;
  readonly priority: number;
  /** A server's share among those of its priority; absent counts as 0. */
  readonly weight?: number;
}

export interface Resolver {
  /** The IP of a host name: the first one, IPv4 before IPv6, as Go chooses it. Rejects where there is none. */
  address(host: string): Promise<string>;
  /** The SRV records of a name such as `_etcd-server._tcp.example.com`. Rejects where there are none. */
  services(name: string): Promise<readonly SrvRecord[]>;
}

/** Asks the operating system for addresses, `/etc/hosts` included, and its name servers for SRV records. */
export const systemResolver: Resolver = {
  address: async (host) => (await lookup(host, { order: 'ipv4first' })).address,
  services: async (name) => {
    const records = await resolveSrv(name);
    return records.map((record) => ({
      host: record.name,
      port: record.port,
      priority: record.priority,
      weight: record.weight,
    }));
  },
};
