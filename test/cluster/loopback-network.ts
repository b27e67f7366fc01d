/** All members on 127.0.0.1, each at the other's ports themselves: for tests that need no faults of the network. */
import { freePorts } from '../conformance/harness/free-ports.ts';
import type { ClusterNetwork, Place } from './network.ts';

const nothing = (): Promise<() => Promise<void>> => Promise.resolve(() => Promise.resolve());

export class LoopbackNetwork implements ClusterNetwork {
  readonly description = 'loopback: without partitions, delay and loss';
  readonly hasFaults = false;
  readonly #places = new Map<number, Place>();
  readonly #scheme: 'http' | 'https';

  /** @param scheme of the peer URLs */
  constructor(scheme: 'http' | 'https' = 'http') {
    this.#scheme = scheme;
  }

  async place(number: number): Promise<Place> {
    const known = this.#places.get(number);
    if (known !== undefined) return known;
    const [client = 0, peer = 0] = await freePorts(2);
    const place = {
      clientUrl: `http://127.0.0.1:${client}`,
      peerUrl: `${this.#scheme}://127.0.0.1:${peer}`,
      endpoint: `127.0.0.1:${client}`,
      launcher: [],
    };
    this.#places.set(number, place);
    return place;
  }

  cut = nothing;
  impair = nothing;

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}
