/** Answers questions about services, as the authority for the domain. Knows nothing of sockets. */
import type { Instance } from '@concord/registry';
import type { DnsRecord } from 'dns-packet';
import { addressName, familyOf, parseName, type DnsName } from './dns-names.ts';

/** Who asks again does so soon: an instance that goes is picked no longer than this. */
export const TTL_SECONDS = 1;
/** What is left of a service with more is chosen by weight: so many fit into a message by TCP. */
const RECORDS_MAX = 300;
/** A name, and a label of it, in octets (RFC 1035, 2.3.4). */
const NAME_OCTETS_MAX = 253;
/** Higher weights than 0 (RFC 2782) tell how often; priorities which are asked at all. */
const PRIORITY_NEAR = 0;
const PRIORITY_FAR = 1;

/** What the zone knows of services. */
export interface DnsServices {
  /** The service's real name: asked without regard to case. Undefined where there is none. */
  find(service: string): string | undefined;
  instances(service: string): readonly Instance[];
}

export interface DnsZoneOptions {
  readonly domain: string;
  /** Of those who ask. */
  readonly zone: string | undefined;
  /** From 0 up to 1, without it. */
  readonly random: () => number;
}

export interface DnsAnswer {
  readonly code: 'NOERROR' | 'NXDOMAIN' | 'REFUSED';
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  /** May be left out where there is no room. */
  readonly additionals: readonly DnsRecord[];
}

const refused: DnsAnswer = { code: 'REFUSED', answers: [], authorities: [], additionals: [] };

export class DnsZone {
  readonly #services: DnsServices;
  readonly #options: DnsZoneOptions;

  constructor(services: DnsServices, options: DnsZoneOptions) {
    this.#services = services;
    this.#options = options;
  }

  /** @param serial - of the zone: grows with every change */
  answer(question: { name: string; type: string; class: string }, serial: number): DnsAnswer {
    if (question.class !== 'IN' && question.class !== 'ANY') return refused;
    const parsed = parseName(question.name, this.#options.domain);
    if (parsed === undefined) return refused;
    const soa = this.#soa(serial);
    if (parsed.kind === 'apex') return this.#apex(question, soa);
    const found = this.#instancesOf(parsed);
    if (found === undefined) {
      return { code: 'NXDOMAIN', answers: [], authorities: [soa], additionals: [] };
    }
    const { answers, additionals } = this.#records(question, parsed, found);
    const authorities = answers.length === 0 ? [soa] : [];
    return { code: 'NOERROR', answers, authorities, additionals };
  }

  #apex({ name, type }: { name: string; type: string }, soa: DnsRecord): DnsAnswer {
    const answers =
      type === 'SOA' || type === 'ANY'
        ? [{ ...soa, name }]
        : type === 'NS'
          ? [{ name, type: 'NS', ttl: TTL_SECONDS, data: `ns.${this.#options.domain}` }]
          : [];
    const authorities = answers.length === 0 ? [soa] : [];
    return { code: 'NOERROR', answers, authorities, additionals: [] };
  }

  /** Undefined where there is no such name; without instances where it has nothing to say. */
  #instancesOf(name: DnsName): readonly Instance[] | undefined {
    switch (name.kind) {
      case 'apex':
      case 'between':
      case 'address':
        return [];
      case 'unknown':
        return undefined;
      case 'service':
      case 'port': {
        const service = this.#services.find(name.service);
        if (service === undefined) return undefined;
        const open = this.#services
          .instances(service)
          .filter(({ state, weight }) => state === 'serving' && weight > 0);
        if (name.kind === 'service' || name.port === undefined) return open;
        const { port } = name;
        return open.filter(({ ports }) => portNamed(ports, port) !== undefined);
      }
      case 'instance':
        return this.#instanceNamed(name.labels);
    }
  }

  #instanceNamed(labels: readonly string[]): readonly Instance[] | undefined {
    for (let at = 1; at < labels.length; at++) {
      const service = this.#services.find(labels.slice(at).join('.'));
      if (service === undefined) continue;
      const id = labels.slice(0, at).join('.');
      const one = this.#services
        .instances(service)
        .find((instance) => instance.id.toLowerCase() === id);
      if (one !== undefined) return [one];
    }
    return undefined;
  }

  #records(
    { name, type }: { name: string; type: string },
    parsed: DnsName,
    instances: readonly Instance[],
  ): Pick<DnsAnswer, 'answers' | 'additionals'> {
    if (parsed.kind === 'address') {
      const family = familyOf(parsed.address);
      const isAsked = type === family || type === 'ANY';
      const answers = isAsked ? [addressRecord(name, parsed.address)] : [];
      return { answers, additionals: [] };
    }
    const chosen = this.#chosen(instances);
    // RFC 8482: what is asked for anything gets something.
    if (type === 'SRV' || type === 'ANY') return this.#srv(name, parsed, chosen);
    if ((type !== 'A' && type !== 'AAAA') || parsed.kind === 'port') {
      return { answers: [], additionals: [] };
    }
    const addresses = chosen.filter(({ address }) => familyOf(address) === type);
    const answers = [...new Set(addresses.map(({ address }) => address))].map((address) =>
      addressRecord(name, address),
    );
    const [host] = chosen.filter(({ address }) => familyOf(address) === undefined);
    // A name has one alias, and nothing beside it.
    const isAlias = answers.length === 0 && host !== undefined && isHostName(host.address);
    if (!isAlias) return { answers, additionals: [] };
    const alias = { name, type: 'CNAME', ttl: TTL_SECONDS, data: host.address };
    return { answers: [alias], additionals: [] };
  }

  #srv(
    name: string,
    parsed: DnsName,
    instances: readonly Instance[],
  ): Pick<DnsAnswer, 'answers' | 'additionals'> {
    const { domain, zone } = this.#options;
    const additionals = new Map<string, DnsRecord>();
    const answers = instances.flatMap((instance): DnsRecord[] => {
      const { address, weight, ports } = instance;
      const isAddress = familyOf(address) !== undefined;
      const target = isAddress ? addressName(address, domain) : address;
      if (!isAddress && !isHostName(address)) return [];
      if (isAddress) additionals.set(target, addressRecord(target, address));
      const named = parsed.kind === 'port' && parsed.port !== undefined;
      const port = named ? portNamed(ports, parsed.port)! : instance.port;
      const isNear = zone === undefined || instance.zone === zone;
      const priority = isNear ? PRIORITY_NEAR : PRIORITY_FAR;
      const data = { priority, weight: Math.round(weight), port, target };
      return [{ name, type: 'SRV', ttl: TTL_SECONDS, data }];
    });
    return { answers, additionals: [...additionals.values()] };
  }

  /** In an order by chance and weight: who takes the first takes it as often as its weight says. */
  #chosen(instances: readonly Instance[]): readonly Instance[] {
    const { random } = this.#options;
    return instances
      .map((instance) => ({
        instance,
        key: -Math.log(1 - random()) / Math.max(instance.weight, 1e-9),
      }))
      .sort((one, other) => one.key - other.key)
      .slice(0, RECORDS_MAX)
      .map(({ instance }) => instance);
  }

  #soa(serial: number): DnsRecord {
    const { domain } = this.#options;
    return {
      name: domain,
      type: 'SOA',
      ttl: TTL_SECONDS,
      data: {
        mname: `ns.${domain}`,
        rname: `hostmaster.${domain}`,
        // Serial numbers have 32 bits, and go round (RFC 1982).
        serial: serial >>> 0,
        refresh: 3600,
        retry: 600,
        expire: 86_400,
        minimum: TTL_SECONDS,
      },
    };
  }
}

function addressRecord(name: string, address: string): DnsRecord {
  return { name, type: familyOf(address)!, ttl: TTL_SECONDS, data: address.split('%')[0] };
}

function portNamed(ports: Readonly<Record<string, number>>, name: string): number | undefined {
  return Object.entries(ports).find(([known]) => known.toLowerCase() === name)?.[1];
}

const isHostName = (address: string): boolean =>
  address.length <= NAME_OCTETS_MAX &&
  /^([A-Za-z0-9_-]{1,63}\.)*[A-Za-z0-9_-]{1,63}$/.test(address);
