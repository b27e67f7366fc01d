/**
 * The lines between the members of a cluster. All members know each other by the same URLs, so a proxy learns who calls
 * from the call itself: a member says in the first request of a connection at which URL it is reached.
 */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Random } from '../random.ts';
import { breakSocket } from './break-socket.ts';
import { ProxiedConnection } from './proxied-connection.ts';
import { Weather } from './weather.ts';

/** Members of Concord and of etcd send it. */
const OWN_URLS = /X-PeerURLs: ([^\r\n]*)/i;

interface PeerConnection {
  readonly from: number;
  readonly to: number;
  readonly connection: ProxiedConnection;
}

export class PeerLines implements AsyncDisposable {
  /** Where members are reached by each other, in their order. */
  readonly urls: readonly string[];
  readonly #servers: readonly Server[];
  readonly #ports: readonly number[];
  readonly #weather = new Weather(new Random(1));
  readonly #connections = new Set<PeerConnection>();
  /** Sockets that have not said yet who they are. */
  readonly #strangers = new Set<Socket>();
  /** Of each member: who hears each other. One group is no partition. */
  #groupOf: readonly number[] = [];

  private constructor(servers: readonly Server[], ports: readonly number[]) {
    this.#servers = servers;
    this.#ports = ports;
    this.urls = servers.map(
      (server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    );
    for (const [to, server] of servers.entries()) {
      server.on('connection', (socket) => this.#accept(socket, to));
    }
  }

  /** One line to each of the ports at which members listen for each other. */
  static async start(ports: readonly number[]): Promise<PeerLines> {
    const servers = ports.map(() => createServer({ allowHalfOpen: true, noDelay: true }));
    for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening');
    return new PeerLines(servers, ports);
  }

  /** Members of different groups don't hear each other any more; who is in no group hears nobody. */
  partition(groups: readonly (readonly number[])[]): void {
    this.#groupOf = this.#ports.map((_, member) => {
      const group = groups.findIndex((members) => members.includes(member));
      return group >= 0 ? group : groups.length + member;
    });
    for (const { from, to, connection } of [...this.#connections]) {
      if (!this.#isOpen(from, to)) connection.break();
    }
  }

  heal(): void {
    this.#groupOf = [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#strangers) socket.destroy();
    const open = [...this.#connections].map(({ connection }) => connection);
    for (const connection of open) connection.break();
    await Promise.all([
      ...open.map(({ closed }) => closed),
      ...this.#servers.map((server) => new Promise((resolve) => server.close(resolve))),
    ]);
  }

  #isOpen(from: number, to: number): boolean {
    return this.#groupOf[from] === this.#groupOf[to];
  }

  #accept(socket: Socket, to: number): void {
    this.#strangers.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#strangers.delete(socket));
    socket.once('data', (head: Buffer) => {
      this.#strangers.delete(socket);
      const urls = OWN_URLS.exec(head.toString('latin1'))?.[1]?.split(',') ?? [];
      const from = this.urls.findIndex((url) => urls.includes(url));
      if (!this.#isOpen(from, to)) return breakSocket(socket);
      socket.pause();
      socket.unshift(head);
      this.#join(socket, from, to);
      socket.resume();
    });
  }

  #join(client: Socket, from: number, to: number): void {
    const connection = new ProxiedConnection({
      client,
      target: { host: '127.0.0.1', port: this.#ports[to] ?? 0 },
      weather: this.#weather,
      onBytes: () => undefined,
      onClose: () => this.#connections.delete(peer),
    });
    const peer: PeerConnection = { from, to, connection };
    this.#connections.add(peer);
  }
}
