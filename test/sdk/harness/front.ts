/** Another door to a server: a port that speaks TLS, or a Unix socket, before one that knows neither. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import type { IssuedCertificate } from '@concord/testing/certificates';

export interface FrontOptions {
  /** What it shows; without one it speaks no TLS. */
  readonly certificate?: IssuedCertificate;
  /** Of a Unix socket; a free port of this machine where there is none. */
  readonly path?: string;
}

export class Front implements AsyncDisposable {
  /** Which name each TLS connection asked for. */
  readonly namesAsked: (string | false)[] = [];
  readonly #listener: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(endpoint: string, certificate: IssuedCertificate | undefined) {
    const [host = '', port = ''] = endpoint.split(':');
    const bridge = (socket: Socket): void => {
      if (socket instanceof TLSSocket) this.namesAsked.push(socket.servername ?? false);
      const line = connect({ host, port: Number(port) });
      for (const one of [socket, line]) {
        this.#sockets.add(one);
        one.on('error', () => undefined).on('close', () => void (socket.destroy(), line.destroy()));
      }
      socket.pipe(line).pipe(socket);
    };
    // HTTP/2 where the client offers it, as a member does, and HTTP/1.1 for who does not.
    const protocols = ['h2', 'http/1.1'];
    this.#listener =
      certificate === undefined
        ? createServer(bridge)
        : createTlsServer({ ...certificate, ALPNProtocols: protocols }, bridge);
  }

  /** @param endpoint - `host:port` of the server */
  static async start(endpoint: string, options: FrontOptions = {}): Promise<Front> {
    const front = new Front(endpoint, options.certificate);
    const { path } = options;
    if (path === undefined) front.#listener.listen(0, '127.0.0.1');
    else front.#listener.listen(path);
    await once(front.#listener, 'listening');
    return front;
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#listener.close(), 'close');
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
