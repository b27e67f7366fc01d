/**
 * Whether two lists of URLs name the same places: a host name and the IP that it resolves to are the same, as they
 * are for etcd. `localhost` stands for itself.
 *
 * A name may not be known to DNS yet while a cluster is being set up, so a failed resolution is tried again until
 * `signal` says that it has taken long enough. What can be told without DNS is told without it.
 */
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAddress, type Address } from '../config/address.ts';
import type { Resolver } from './resolver.ts';

/** etcd's: DNS has this long to know the names of all members. */
export const RESOLVE_MS_MAX = 30_000;
const RETRY_MS = 1000;

/** Why two lists differ, in etcd's words; undefined where they match. */
export type Mismatch = string | undefined;

export class UrlMatcher {
  readonly #resolver: Resolver;
  readonly #signal: AbortSignal;
  /** By host; a name is asked for once. */
  readonly #resolved = new Map<string, Promise<string>>();

  constructor(resolver: Resolver, signal: AbortSignal = AbortSignal.timeout(RESOLVE_MS_MAX)) {
    this.#resolver = resolver;
    this.#signal = signal;
  }

  /** Compares the characters alone. */
  isSameText(a: readonly string[], b: readonly string[]): boolean {
    const sorted = b.toSorted();
    return a.length === b.length && a.toSorted().every((url, i) => url === sorted[i]);
  }

  /** Compares with host names resolved. */
  async compare(a: readonly string[], b: readonly string[]): Promise<Mismatch> {
    if (this.isSameText(a, b)) return undefined;
    if (a.length !== b.length) return `len(${quoted(a)}) != len(${quoted(b)})`;
    let places: readonly Place[][];
    try {
      places = await Promise.all([this.#places(a), this.#places(b)]);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    const [left = [], right = []] = places;
    const at = left.findIndex(({ place }, i) => place !== right[i]?.place);
    return at < 0 ? undefined : `${described(left[at])} != ${described(right[at])}`;
  }

  async #places(urls: readonly string[]): Promise<Place[]> {
    const places = await Promise.all(
      urls.map(async (text) => ({ text, place: await this.#place(parseAddress(text)) })),
    );
    return places.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  }

  async #place({ text, scheme, host, port }: Address): Promise<string> {
    if (scheme.startsWith('unix') || host === 'localhost' || isIP(host) !== 0) return text;
    let resolving = this.#resolved.get(host);
    if (resolving === undefined) this.#resolved.set(host, (resolving = this.#resolve(host)));
    const address = await resolving;
    return `${scheme}://${isIP(address) === 6 ? `[${address}]` : address}:${port}`;
  }

  async #resolve(host: string): Promise<string> {
    for (;;) {
      try {
        return await this.#resolver.address(host);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        try {
          await sleep(RETRY_MS, undefined, { signal: this.#signal });
        } catch {
          throw new Error(`failed to resolve host ${host}: ${reason}`);
        }
      }
    }
  }
}

interface Place {
  readonly text: string;
  /** The URL with the host resolved. */
  readonly place: string;
}

const described = (place: Place | undefined): string =>
  `"${place?.place}"(resolved from "${place?.text}")`;

/** A list as Go prints it. */
const quoted = (urls: readonly string[]): string =>
  `[${urls.map((url) => JSON.stringify(url)).join(' ')}]`;
