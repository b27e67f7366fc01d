/**
 * All members on 127.0.0.1, each with a proxy in front of its peer port: for machines without network namespaces. A cut
 * way holds what is sent until it is healed, as TCP would send it again; delay is real, loss is left out.
 */
import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../conformance/harness/free-ports.ts';
import type { ClusterNetwork, LinkQuality, Place, Way } from './network.ts';

/** Members of Concord and of etcd say in their first request at which URLs they are reached themselves. */
const OWN_URLS = /X-PeerURLs: ([^\r\n]*)/i;
/** Who does not say so is never cut off. */
const UNKNOWN = 0;

const nameOf = ({ from, to }: Way): string => `${from}>${to}`;

export class ProxiedNetwork implements ClusterNetwork {
  readonly description = 'loopback with proxies: partitions and delay, without loss';
  readonly hasFaults = true;
  readonly #places = new Map<number, Promise<Place>>();
  readonly #proxies: Server[] = [];
  readonly #sockets = new Set<Socket>();
  /** Member numbers by their peer URL. */
  readonly #numbers = new Map<string, number>();
  /** How many faults hold what goes along a way at present. */
  readonly #cuts = new Map<string, number>();
  readonly #delaysMs = new Map<number, number>();
  #healed = Promise.withResolvers<void>();

  place(number: number): Promise<Place> {
    const place = this.#places.get(number) ?? this.#create(number);
    this.#places.set(number, place);
    return place;
  }

  cut(ways: readonly Way[]): Promise<() => Promise<void>> {
    for (const way of ways) this.#count(way, 1);
    return Promise.resolve(() => {
      for (const way of ways) this.#count(way, -1);
      this.#healed.resolve();
      this.#healed = Promise.withResolvers();
      return Promise.resolve();
    });
  }

  impair(number: number, { delayMs }: LinkQuality): Promise<() => Promise<void>> {
    this.#delaysMs.set(number, delayMs);
    return Promise.resolve(() => {
      this.#delaysMs.delete(number);
      return Promise.resolve();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#proxies.map((proxy) => new Promise((resolve) => proxy.close(resolve))));
  }

  async #create(number: number): Promise<Place> {
    const [client = 0, peer = 0] = await freePorts(2);
    const proxy = createServer((incoming) => this.#forward(incoming, number, peer));
    this.#proxies.push(proxy);
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const peerUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    this.#numbers.set(peerUrl, number);
    return {
      clientUrl: `http://127.0.0.1:${client}`,
      peerUrl,
      listenPeerUrl: `http://127.0.0.1:${peer}`,
      endpoint: `127.0.0.1:${client}`,
      launcher: [],
    };
  }

  #forward(incoming: Socket, to: number, port: number): void {
    const outgoing = connect(port, '127.0.0.1');
    let from = UNKNOWN;
    incoming.once('data', (head: Buffer) => {
      const urls = OWN_URLS.exec(head.toString('latin1'))?.[1]?.split(',') ?? [];
      from =
        urls.map((url) => this.#numbers.get(url)).find((number) => number !== undefined) ?? UNKNOWN;
    });
    this.#pump(incoming, outgoing, () => ({ from, to }));
    this.#pump(outgoing, incoming, () => ({ from: to, to: from }));
  }

  /** Hands on what comes, in order, each piece no earlier than the line allows. */
  #pump(source: Socket, target: Socket, wayOf: () => Way): void {
    this.#sockets.add(source);
    let before = Promise.resolve();
    source.on('data', (chunk) => {
      const way = wayOf();
      const dueMs = performance.now() + (this.#delaysMs.get(way.from) ?? 0);
      before = before.then(async () => {
        const waitMs = dueMs - performance.now();
        if (waitMs > 0) await sleep(waitMs);
        while (this.#cuts.has(nameOf(way))) await this.#healed.promise;
        if (!target.destroyed) target.write(chunk);
      });
    });
    source.on('error', () => undefined);
    source.on('close', () => {
      this.#sockets.delete(source);
      before = before.then(() => void target.destroy());
    });
  }

  #count(way: Way, change: 1 | -1): void {
    const name = nameOf(way);
    const count = (this.#cuts.get(name) ?? 0) + change;
    if (count === 0) this.#cuts.delete(name);
    else this.#cuts.set(name, count);
  }
}
