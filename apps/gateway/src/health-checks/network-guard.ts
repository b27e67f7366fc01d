/**
 * Which addresses a check may reach. Whoever may register an instance chooses where the gateway connects to: without a
 * guard that is a way into whatever only the gateway can reach.
 *
 * Invariant: what was judged is what is connected to: a name is resolved once, and its address is handed on.
 */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/** Not reachable from everywhere (IANA's special-purpose registries), or no single host. */
const DENIED_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
];
const DENIED_IPV6 = ['::/127', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'];
/** Where clouds hand out credentials: only if that very address is allowed. */
const METADATA = ['169.254.169.254', '100.100.100.200', 'fd00:ec2::254'];

export class GuardError extends Error {
  override readonly name = 'GuardError';
}

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export interface NetworkGuardOptions {
  /** Addresses or networks (`10.1.0.0/16`) that may be reached although they are not public. */
  readonly networks: readonly string[];
  /** All when there is none. */
  readonly ports: readonly PortRange[];
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

export class NetworkGuard {
  readonly #denied = new BlockList();
  readonly #allowed = new BlockList();
  readonly #allowedHosts: ReadonlySet<string>;
  readonly #ports: readonly PortRange[];
  readonly #resolve: (host: string) => Promise<readonly string[]>;

  /** @throws GuardError for what is no network */
  constructor({ networks, ports, resolve = resolveAll }: NetworkGuardOptions) {
    for (const network of [...DENIED_IPV4, ...DENIED_IPV6]) add(this.#denied, network);
    for (const network of networks) add(this.#allowed, network);
    this.#allowedHosts = new Set(networks.map((network) => network.replace(/\/(32|128)$/, '')));
    this.#ports = ports;
    this.#resolve = resolve;
  }

  /**
   * The address to connect to.
   *
   * @throws GuardError when it may not be reached, Error when the name cannot be resolved
   */
  async addressOf(host: string, port: number): Promise<string> {
    this.assertPort(port);
    const addresses = isIP(host) === 0 ? await this.#resolve(host) : [host];
    const [address] = addresses;
    if (address === undefined) throw new Error(`${host} has no address`);
    this.assertAddress(address);
    return address;
  }

  /** @throws GuardError */
  assertPort(port: number): void {
    if (this.#ports.length === 0) return;
    if (this.#ports.some(({ from, to }) => port >= from && port <= to)) return;
    throw new GuardError(`port ${port} may not be checked: see --health-check-ports`);
  }

  /** @throws GuardError */
  assertAddress(address: string): void {
    const plain = embedded(address) ?? address;
    const family = isIPv4(plain) ? 'ipv4' : 'ipv6';
    const isAllowed = METADATA.includes(plain)
      ? this.#allowedHosts.has(plain)
      : this.#allowed.check(plain, family) || !this.#denied.check(plain, family);
    if (isAllowed) return;
    throw new GuardError(`${address} is not public: allow it by --health-check-networks`);
  }
}

/** An IPv4 address within an IPv6 one reaches the same host: mapped, by NAT64, by 6to4. */
function embedded(address: string): string | undefined {
  if (!isIPv6(address)) return undefined;
  const words = expanded(address);
  const last = (high: number, low: number): string =>
    [high >> 8, high & 255, low >> 8, low & 255].join('.');
  const [first = 0, second = 0, third = 0] = words;
  const isZero = (from: number, to: number): boolean =>
    words.slice(from, to).every((word) => word === 0);
  if (isZero(0, 5) && words[5] === 0xffff) return last(words[6]!, words[7]!);
  if (first === 0x64 && second === 0xff9b && isZero(2, 6)) return last(words[6]!, words[7]!);
  if (first === 0x2002) return last(second, third);
  // Deprecated, and some systems connect all the same; `::` and `::1` are judged as they are.
  if (isZero(0, 6) && (words[6] !== 0 || words[7]! > 1)) return last(words[6]!, words[7]!);
  return undefined;
}

/** The eight words of an IPv6 address. */
function expanded(address: string): number[] {
  // The URL parser writes every form the same: groups, and one "::" at most.
  const text = new URL(`http://[${address.split('%')[0]!}]/`).hostname.slice(1, -1);
  const [head = '', tail] = text.split('::');
  const words = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16));
  const [before, after] = [words(head), words(tail ?? '')];
  const gap = Array<number>(8 - before.length - after.length).fill(0);
  return [...before, ...gap, ...after];
}

function add(list: BlockList, network: string): void {
  const [address = '', prefix] = network.split('/');
  const family = isIP(address);
  const bits = prefix === undefined ? (family === 4 ? 32 : 128) : Number(prefix);
  const isKnown = family !== 0 && Number.isInteger(bits) && bits >= 0;
  if (!isKnown || bits > (family === 4 ? 32 : 128)) {
    throw new GuardError(`${JSON.stringify(network)} is no network: give one such as 10.1.0.0/16`);
  }
  list.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
}

async function resolveAll(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}
