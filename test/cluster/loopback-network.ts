/** All members on 127.0.0.1, each at the other's ports themselves: for tests that need no faults of the network. */
import { freePorts } from '../conformance/harness/free-ports.ts';
import type { ClusterNetwork, Place } from './network.ts';

const nothing = (): Promise<() => Promise<void>> => Promise.resolve(() => Promise.resolve());

export class LoopbackNetwork implements ClusterNetwork {
  readonly description = 'loopback: without partitions, delay and loss';
  readonly hasFaults = false;
  readonly #places = new Map<number, Place>();
  readonly #peerScheme: 'http' | 'https';
  readonly #clientScheme: 'http' | 'https';

  constructor(peerScheme: 'http' | 'https' = 'http', clientScheme: 'http' | 'https' = 'http') {
    this.#peerScheme = peerScheme;
    this.#clientScheme = clientScheme;
  }

  async place(number: number): Promise<Place> {
    const known = this.#places.get(number);
    if (known !== undefined) return known;
    const [client = 0, peer = 0] = await freePorts(2);
    const place = {
      clientUrl: `${this.#clientScheme}://127.0.0.1:${client}`,
      peerUrl: `${this.#peerScheme}://127.0.0.1:${peer}`,
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
