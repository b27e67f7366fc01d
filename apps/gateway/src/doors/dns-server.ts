/** DNS by UDP and TCP at one port. Whatever comes in, it goes on. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, isIPv6, type Server, type Socket } from 'node:net';
import { TCP_BYTES_MAX, readQuery, writeAnswer, writeFailure } from './dns-message.ts';
import type { DnsAnswer } from './dns-zone.ts';

/** Connections at once; a resolver needs one. */
const CONNECTIONS_MAX = 256;
const IDLE_MS_MAX = 10_000;
/** What a connection has sent and has not been answered yet. */
const BACKLOG_BYTES_MAX = 128 * 1024;
const LENGTH_BYTES = 2;

export interface DnsQuestionText {
  readonly name: string;
  readonly type: string;
  readonly class: string;
}

export interface DnsServerOptions {
  readonly host: string;
  readonly port: number;
  /** @returns undefined while nothing is known */
  readonly answer: (question: DnsQuestionText) => DnsAnswer | undefined;
  /** Told of what should not be. */
  readonly failed: (error: unknown) => void;
}

export class DnsServer implements AsyncDisposable {
  readonly #options: DnsServerOptions;
  readonly #udp: UdpSocket;
  readonly #tcp: Server;
  readonly #connections = new Set<Socket>();

  private constructor(options: DnsServerOptions) {
    this.#options = options;
    this.#udp = createSocket(isIPv6(options.host) ? 'udp6' : 'udp4');
    this.#udp.on('message', (bytes, { port, address }) => {
      const answer = this.#answer(bytes, 'udp');
      if (answer !== undefined) this.#udp.send(answer, port, address, () => undefined);
    });
    this.#tcp = createServer((socket) => this.#accept(socket));
    this.#tcp.maxConnections = CONNECTIONS_MAX;
  }

  /** @throws what the system says when the port is taken, or may not be had */
  static async listen(options: DnsServerOptions): Promise<DnsServer> {
    const server = new DnsServer(options);
    const { host, port } = options;
    try {
      server.#udp.bind(port, host);
      await once(server.#udp, 'listening');
      server.#tcp.listen(port, host);
      await once(server.#tcp, 'listening');
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
    server.#udp.on('error', options.failed);
    server.#tcp.on('error', options.failed);
    return server;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#udp.close();
    } catch {
      // It never listened.
    }
    for (const socket of this.#connections) socket.destroy();
    await new Promise((resolve) => this.#tcp.close(resolve));
  }

  #accept(socket: Socket): void {
    let rest: Buffer = Buffer.alloc(0);
    this.#connections.add(socket);
    socket.setTimeout(IDLE_MS_MAX, () => socket.destroy());
    socket.on('close', () => this.#connections.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      rest = this.#takeFrames(socket, rest.length === 0 ? bytes : Buffer.concat([rest, bytes]));
      if (rest.length > BACKLOG_BYTES_MAX || socket.writableLength > BACKLOG_BYTES_MAX)
        socket.destroy();
    });
  }

  /** Each message has its length before it; answers have the order of the questions. */
  #takeFrames(socket: Socket, bytes: Buffer): Buffer {
    let at = 0;
    while (bytes.length - at >= LENGTH_BYTES) {
      const length = bytes.readUInt16BE(at);
      const end = at + LENGTH_BYTES + length;
      if (bytes.length < end) break;
      const answer = this.#answer(bytes.subarray(at + LENGTH_BYTES, end), 'tcp');
      at = end;
      if (answer === undefined) continue;
      const head = Buffer.alloc(LENGTH_BYTES);
      head.writeUInt16BE(answer.length);
      socket.write(Buffer.concat([head, answer]));
    }
    return bytes.subarray(at);
  }

  #answer(bytes: Buffer, via: 'udp' | 'tcp'): Buffer | undefined {
    const read = readQuery(bytes);
    if (read.kind === 'noise') return undefined;
    if (read.kind === 'refusal') return read.bytes;
    const { query } = read;
    try {
      const answer = this.#options.answer(query.question);
      if (answer === undefined) return writeFailure(query, 'SERVFAIL');
      return writeAnswer(query, answer, via === 'tcp' ? TCP_BYTES_MAX : query.udpBytesMax);
    } catch (error) {
      this.#options.failed(error);
      return writeFailure(query, 'SERVFAIL');
    }
  }
}
