/**
 * The TCP gateway: each connection of a client becomes one to an endpoint, and bytes go both ways until both sides have
 * ended. It knows nothing of what is said, so TLS is between client and member.
 *
 * Invariant: nothing is read of a client faster than its endpoint takes it, and the other way round; so a connection
 * holds no more than the buffers of two sockets.
 */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Log } from '../../log.ts';
import { formatHostPort, type HostPort } from '../host-port.ts';
import { RemoteSet, type Remote } from './remote-set.ts';

/** An endpoint that does not answer at all must not hold a client up until TCP gives up after two minutes. */
const DIAL_MS_MAX = 5000;
/** Finds out about peers that went away without a word, so that idle connections do not pile up. */
const KEEPALIVE_MS = 30_000;

export interface TcpProxyOptions {
  readonly remotes: readonly Remote[];
  /** `--retry-delay`. */
  readonly retryDelayMs: number;
  /** Clients at a time; more are turned away. */
  readonly connectionsMax: number;
  readonly log: Log;
}

export class TcpProxy {
  readonly #options: TcpProxyOptions;
  readonly #remotes: RemoteSet;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: TcpProxyOptions) {
    this.#options = options;
    this.#remotes = new RemoteSet(options.remotes);
    this.#server = createServer(
      { allowHalfOpen: true, pauseOnConnect: true, noDelay: true },
      (client) => void this.#serve(this.#kept(client)),
    );
    this.#server.maxConnections = options.connectionsMax;
  }

  /** For whoever opens the address. */
  get server(): Server {
    return this.#server;
  }

  /** Begins to try endpoints that failed. */
  start(): void {
    const { retryDelayMs } = this.#options;
    this.#retry = setInterval(() => this.#tryInactive(), retryDelayMs);
  }

  async close(): Promise<void> {
    clearInterval(this.#retry);
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #serve(client: Socket): Promise<void> {
    const remote = await this.#connect(client);
    if (remote === undefined || client.destroyed) {
      remote?.destroy();
      client.destroy();
      return;
    }
    client.pipe(remote);
    remote.pipe(client);
    client.once('close', () => remote.destroy());
    remote.once('close', () => client.destroy());
  }

  /** To whichever endpoint takes it; undefined when none does. */
  async #connect(client: Socket): Promise<Socket | undefined> {
    const { log, retryDelayMs } = this.#options;
    const tried = new Set<Remote>();
    while (!client.destroyed) {
      const remote = this.#remotes.pick(tried);
      if (remote === undefined) break;
      tried.add(remote);
      try {
        const socket = this.#kept(await dial(remote));
        this.#remotes.activate(remote);
        return socket;
      } catch (error) {
        if (!this.#remotes.deactivate(remote)) continue;
        const address = formatHostPort(remote);
        const { message } = error as Error;
        log.warn({ address, 'interval-ms': retryDelayMs, error: message }, 'deactivated endpoint');
      }
    }
    return undefined;
  }

  #tryInactive(): void {
    const { log, retryDelayMs } = this.#options;
    for (const remote of this.#remotes.inactive) {
      const address = formatHostPort(remote);
      dial(remote).then(
        (socket) => {
          socket.destroy();
          this.#remotes.activate(remote);
          log.info({ address }, 'activated');
        },
        (error: unknown) =>
          log.warn(
            { address, 'interval-ms': retryDelayMs, error: (error as Error).message },
            'failed to activate endpoint (stay inactive for another interval)',
          ),
      );
    }
  }

  #kept(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.setKeepAlive(true, KEEPALIVE_MS);
    // What follows is 'close', which ends the other side too.
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }
}

function dial({ host, port }: HostPort): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    const fail = (error: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(
      () => fail(new Error(`no connection within ${DIAL_MS_MAX} ms`)),
      DIAL_MS_MAX,
    );
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', fail);
      resolve(socket);
    });
  });
}
