/**
 * A bad line in front of a server, under a test's command: connections break, stall, slow down, or lose the answers.
 * It carries bytes and knows no protocol, so it stands before a member of Concord, etcd, a service, or anything on TCP.
 *
 * A stream of bytes with a hole in it is of no use to anybody: a connection that has lost something is broken when the
 * line is healed, never patched up.
 */
import { EventEmitter, once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Random } from '../random.ts';
import { parseAddress, parseAmount } from './arguments.ts';
import { breakSocket } from './break-socket.ts';
import { ProxiedConnection } from './proxied-connection.ts';
import { Weather, type Direction } from './weather.ts';

export interface FaultProxyOptions {
  /** Where it leads, as `host:port`. */
  readonly target: string;
  /** Where it listens on 127.0.0.1; a free port by default. */
  readonly port?: number;
  /** Of the jitter of delays. Default 1. */
  readonly seed?: number;
}

/** What a test can wait for: see {@link FaultProxy.next}. */
export type FaultProxyEvent = 'connection' | 'refusal' | 'request' | 'reply' | 'loss';

export class FaultProxy implements AsyncDisposable {
  /** `host:port`, in place of the target's. */
  readonly endpoint: string;
  #target: string;
  readonly #server: Server;
  readonly #weather: Weather;
  readonly #connections = new Set<ProxiedConnection>();
  readonly #happenings = new EventEmitter();
  readonly #closing = new AbortController();
  #isCut = false;
  #closed: Promise<void> | undefined;

  private constructor({ target, seed = 1 }: FaultProxyOptions, server: Server) {
    this.#target = target;
    this.endpoint = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#server = server;
    this.#weather = new Weather(new Random(seed));
    this.#happenings.setMaxListeners(0);
    server.on('connection', (client) => this.#accept(client));
  }

  /**
   * Begins to listen. The target need not be there yet.
   *
   * @throws TypeError if `target` is no `host:port`; the system's error if `port` is taken
   */
  static async start(options: FaultProxyOptions): Promise<FaultProxy> {
    parseAddress(options.target);
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    server.listen(options.port ?? 0, '127.0.0.1');
    await once(server, 'listening');
    return new FaultProxy(options, server);
  }

  /** Where new connections lead, as `host:port`: a server that has moved is followed. */
  get target(): string {
    return this.#target;
  }

  /** @throws TypeError unless it is a `host:port` */
  set target(target: string) {
    parseAddress(target);
    this.#target = target;
  }

  /** How many connections stand. */
  get connectionCount(): number {
    return this.#connections.size;
  }

  /** Breaks all connections, and every new one at once. The port stays taken, so that nobody else gets it. */
  cut(): void {
    this.#isCut = true;
    this.breakConnections();
  }

  /** Ends whatever was done to the line. Connections that have lost replies are broken; what was held arrives. */
  heal(): void {
    this.#isCut = false;
    this.#weather.clear();
    for (const connection of [...this.#connections]) {
      if (connection.isLossy) connection.break();
      else connection.hurry();
    }
  }

  /** A black hole: connections stand and new ones are taken, but nothing arrives until `resume` or `heal`. */
  pause(): void {
    this.#weather.isPaused = true;
  }

  /** What was held since `pause` arrives, in order. */
  resume(): void {
    this.#weather.isPaused = false;
    for (const connection of [...this.#connections]) connection.pump();
  }

  /**
   * From now on everything arrives `ms` later in each direction, so a round trip takes twice as much longer.
   *
   * @param jitterMs - up to so much more, drawn for each piece from the seed
   */
  delay(ms: number, jitterMs = 0): void {
    this.#weather.delayMs = parseAmount('FaultProxy.delay', 'ms', ms);
    this.#weather.jitterMs = parseAmount('FaultProxy.delay', 'jitterMs', jitterMs);
  }

  /**
   * Requests arrive, replies are lost, until `heal`: the client doesn't learn what became of its request. A protocol
   * that shakes hands first, as HTTP/2 does, gets nowhere on a new connection.
   */
  dropReplies(): void {
    this.#weather.losesReplies = true;
  }

  /** From now on no more than this passes in each direction, all connections together. `Infinity` ends it. */
  throttle(bytesPerSecond: number): void {
    this.#weather.bytesPerSecond = parseAmount(
      'FaultProxy.throttle',
      'bytesPerSecond',
      bytesPerSecond,
      1,
    );
    for (const connection of [...this.#connections]) connection.pump();
  }

  /** Resets all connections that stand; what was under way on them is lost. New ones fare as before. */
  breakConnections(): void {
    for (const connection of [...this.#connections]) connection.break();
  }

  /**
   * Resolves the next time it happens: a `connection` is taken; one is met with a `refusal`; bytes of a `request` or of
   * a `reply` have come (whether or not they are held); a reply is lost (`loss`).
   *
   * Rejects with an `AbortError` when the signal aborts or the proxy is closed.
   */
  async next(
    event: FaultProxyEvent,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<void> {
    const signals = [this.#closing.signal, ...(signal === undefined ? [] : [signal])];
    await once(this.#happenings, event, { signal: AbortSignal.any(signals) });
  }

  /** Breaks all connections and frees the port. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    this.#closing.abort();
    const open = [...this.#connections].map(({ closed }) => closed);
    this.cut();
    await Promise.all([new Promise((resolve) => this.#server.close(resolve)), ...open]);
  }

  #accept(client: Socket): void {
    if (this.#isCut) {
      client.on('error', () => undefined);
      breakSocket(client);
      this.#happenings.emit('refusal');
      return;
    }
    const connection = new ProxiedConnection({
      client,
      target: parseAddress(this.#target),
      weather: this.#weather,
      onBytes: (direction: Direction, _count: number, isLost: boolean) =>
        this.#happenings.emit(isLost ? 'loss' : direction),
      onClose: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
    this.#happenings.emit('connection');
  }
}
