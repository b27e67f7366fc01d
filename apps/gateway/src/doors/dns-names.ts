/**
 * The names that are answered for, below a domain such as `concord`:
 *
 *     _orders._tcp.service.concord     SRV: the instances of orders with their ports, weights, and priorities by zone
 *     orders.service.concord           A, AAAA, SRV
 *     _http._tcp.orders.service.concord  SRV of a port by its name
 *     a.orders.instance.concord        A, AAAA, SRV of one instance
 *     0a000001.addr.concord            A or AAAA: what SRV records point to, an address in hexadecimal
 */
import { isIPv4, isIPv6 } from 'node:net';

export type DnsName =
  | { readonly kind: 'apex' }
  /** There are names below it, and nothing at it. */
  | { readonly kind: 'between' }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'port'; readonly service: string; readonly port: string | undefined }
  /** Both have dots: any part may be the id's. */
  | { readonly kind: 'instance'; readonly labels: readonly string[] }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'unknown' };

/** Undefined for a name that is not below the domain. Names are told apart without regard to case. */
export function parseName(name: string, domain: string): DnsName | undefined {
  const lower = name.toLowerCase().replace(/\.$/, '');
  if (lower === domain) return { kind: 'apex' };
  if (!lower.endsWith(`.${domain}`)) return undefined;
  const labels = lower.slice(0, -domain.length - 1).split('.');
  const kind = labels.pop();
  if (kind !== 'service' && kind !== 'instance' && kind !== 'addr') return { kind: 'unknown' };
  if (labels.length === 0) return { kind: 'between' };
  if (kind === 'service') return serviceName(labels);
  if (kind === 'instance')
    return labels.length < 2 ? between(labels) : { kind: 'instance', labels };
  const address = labels.length === 1 ? addressOf(labels[0]!) : undefined;
  return address === undefined ? { kind: 'unknown' } : { kind: 'address', address };
}

const between = (labels: readonly string[]): DnsName =>
  labels.length === 1 ? { kind: 'between' } : { kind: 'unknown' };

function serviceName(labels: readonly string[]): DnsName {
  const [first = '', second = '', ...rest] = labels;
  const isProtocol = (label: string): boolean => label === '_tcp' || label === '_udp';
  if (isProtocol(first) && labels.length === 1) return { kind: 'between' };
  // A service's name begins with a letter or digit, so that what begins with an underscore is none.
  const last = labels.at(-1)!;
  if (isProtocol(last) && first.startsWith('_')) {
    const service = labels.slice(0, -1).join('.').slice(1);
    return { kind: 'port', service, port: undefined };
  }
  if (first.startsWith('_') && isProtocol(second) && rest.length > 0) {
    return { kind: 'port', service: rest.join('.'), port: first.slice(1) };
  }
  return { kind: 'service', service: labels.join('.') };
}

/** The name of an IP address below the domain. */
export function addressName(address: string, domain: string): string {
  return `${Buffer.from(addressBytes(address)).toString('hex')}.addr.${domain}`;
}

function addressOf(label: string): string | undefined {
  if (/^[0-9a-f]{8}$/.test(label)) return [...Buffer.from(label, 'hex')].join('.');
  if (!/^[0-9a-f]{32}$/.test(label)) return undefined;
  return label.replace(/.{4}(?=.)/g, '$&:');
}

function addressBytes(address: string): Uint8Array {
  if (isIPv4(address)) return Uint8Array.from(address.split('.'), Number);
  const bytes = new Uint8Array(16);
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const groupsOf = (part: string): number[] =>
    part === '' ? [] : part.split(':').flatMap((group) => wordsOf(group));
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const words = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  words.forEach((word, at) => new DataView(bytes.buffer).setUint16(at * 2, word));
  return bytes;
}

/** The last group may be an IPv4 address. */
function wordsOf(group: string): number[] {
  if (!group.includes('.')) return [Number.parseInt(group, 16)];
  const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
}

export type AddressFamily = 'A' | 'AAAA';

/** Undefined for a host name. */
export function familyOf(address: string): AddressFamily | undefined {
  if (isIPv4(address)) return 'A';
  return isIPv6(address) ? 'AAAA' : undefined;
}
