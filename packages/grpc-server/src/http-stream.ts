/**
 * A plain HTTP request that came over HTTP/2, served by the same `node:http` server as HTTP/1.1 ones:
 * the request is written out as HTTP/1.0 on an in-memory connection, which makes the answer a head and
 * then bytes until the end, easy to turn back into frames. The body goes along as it comes, in chunks,
 * so that a stream may be answered while it is asked. It begins with the first byte of the body, or its
 * end: until then the client may still be breaking a rule. Not fast; health checks and metrics are rare.
 */
import type { Server as HttpServer } from 'node:http';
import { Duplex } from 'node:stream';
import type { PeerCertificate } from 'node:tls';

import { ErrorCode } from './frame.ts';
import { encodeFields } from './hpack/encoder.ts';
import type { CertificateBearer } from './peer-certificate.ts';
import type { HttpHead } from './request-head.ts';
import { Stream } from './stream.ts';
import type { StreamHost } from './stream-host.ts';

/** Fields of an HTTP/1 answer that have no place in HTTP/2 (RFC 9113 section 8.2.2). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

/** See the file comment. */
export class HttpStream extends Stream {
  readonly #http: HttpServer;
  readonly #head: HttpHead;
  readonly #tunnel: HttpTunnel;
  #state: 'waiting' | 'chunked' | 'sized' = 'waiting';
  /** Of the body: the client may not send as many again before the HTTP server has taken them. */
  #waitingBytes = 0;

  constructor(host: StreamHost, id: number, head: HttpHead, http: HttpServer) {
    super(host, id, undefined, head.contentLength);
    this.#head = head;
    this.#http = http;
    this.#tunnel = new HttpTunnel(this);
  }

  /** Once the answer has begun, the rest of the request may take its time: it may be a conversation. */
  override get awaitsProgress(): boolean {
    return this.remote === 'open' && this.local === 'idle';
  }

  protected override get lingers(): boolean {
    return false;
  }

  protected override onData(source: Buffer, start: number, end: number): void {
    if (this.#state === 'waiting') this.#begin('body');
    const length = end - start;
    const isChunked = this.#state === 'chunked';
    const bytes = Buffer.from(source.subarray(start, end));
    if (isChunked) this.#tunnel.push(`${length.toString(16)}\r\n`);
    const hasRoom = this.#tunnel.push(bytes);
    if (isChunked) this.#tunnel.push('\r\n');
    this.#waitingBytes += length;
    if (hasRoom) this.bodyTaken();
  }

  protected override onRemoteEnd(): void {
    if (this.#state === 'waiting') this.#begin('no body');
    else if (this.#state === 'chunked') this.#tunnel.push('0\r\n\r\n');
  }

  protected override onCancelled(): void {
    this.#tunnel.destroy();
  }

  protected override onFinished(): void {
    // The HTTP server has closed its side, or will hear of it by `onCancelled`.
  }

  override onDrained(): void {
    this.#tunnel.resumeWrites();
  }

  /** The HTTP server has read all that was there. */
  bodyTaken(): void {
    const bytes = this.#waitingBytes;
    this.#waitingBytes = 0;
    if (bytes > 0) this.consumed(bytes);
  }

  override onDeadline(): void {
    // HTTP requests carry no deadline.
  }

  /** The head of the answer. */
  answer(status: string, fields: readonly string[]): void {
    if (this.local !== 'idle') return;
    this.host.sender.headers(this, encodeFields([':status', status, ...fields]));
  }

  /** Bytes of the answer. @returns false to wait for {@link onDrained}. */
  send(bytes: Uint8Array): boolean {
    if (this.local !== 'open') return true;
    this.host.sender.raw(this, bytes);
    this.wantsDrain = this.queuedBytes > this.host.limits.streamHighWaterBytes;
    return !this.wantsDrain;
  }

  /** The end of the answer. */
  complete(): void {
    if (this.local === 'open') this.host.sender.finish(this, 'end-of-data');
    else if (this.local === 'idle') {
      this.host.sender.trailersOnly(this, encodeFields([':status', '502']));
    }
  }

  /** The HTTP server dropped the connection: without a whole answer the client must hear of it. */
  abort(): void {
    if (this.local === 'idle') this.complete();
    else if (this.local === 'open') {
      this.local = 'closed';
      this.queue?.clear();
      this.host.resetStream(this, ErrorCode.internalError);
    }
  }

  /** Hands the request to the HTTP server. */
  #begin(what: 'body' | 'no body'): void {
    const isSized = what === 'no body' || this.#head.contentLength !== undefined;
    this.#state = isSized ? 'sized' : 'chunked';
    this.#http.emit('connection', this.#tunnel);
    this.#tunnel.push(this.#requestText());
  }

  #requestText(): string {
    const { method, path, authority, fields } = this.#head;
    const lines = [`${method} ${path} HTTP/1.0`];
    if (authority !== undefined && !fields.includes('host')) lines.push(`host: ${authority}`);
    for (let index = 0; index + 1 < fields.length; index += 2) {
      if (fields[index] === 'content-length') continue;
      lines.push(`${fields[index]!}: ${fields[index + 1]!}`);
    }
    if (this.#state === 'chunked') lines.push('transfer-encoding: chunked');
    else lines.push(`content-length: ${String(this.#head.contentLength ?? 0)}`);
    return `${lines.join('\r\n')}\r\n\r\n`;
  }
}

/** The in-memory connection; what the HTTP server writes is an HTTP/1 answer. */
class HttpTunnel extends Duplex implements CertificateBearer {
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly tlsPeerCertificate: PeerCertificate | undefined;
  readonly #stream: HttpStream;
  #head = '';
  #inBody = false;
  #resume: (() => void) | undefined;

  constructor(stream: HttpStream) {
    super();
    const { peer, tlsPeerCertificate } = stream.host;
    this.#stream = stream;
    this.tlsPeerCertificate = tlsPeerCertificate;
    const colon = Math.max(0, peer.lastIndexOf(':'));
    this.remoteAddress = peer.slice(0, colon).replace(/^\[|\]$/g, '');
    this.remotePort = Number(peer.slice(colon + 1)) || 0;
    this.on('error', () => undefined);
  }

  /** The HTTP server sets time-outs on its sockets; here the HTTP/2 connection has its own. */
  setTimeout(): this {
    return this;
  }

  resumeWrites(): void {
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
  }

  override _read(): void {
    this.#stream.bodyTaken();
  }

  override _write(chunk: Buffer, _encoding: string, written: () => void): void {
    const body = this.#inBody ? chunk : this.#readHead(chunk);
    if (body.length === 0 || this.#stream.send(body)) written();
    else this.#resume = written;
  }

  override _final(done: () => void): void {
    this.#stream.complete();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#stream.abort();
    done(error);
  }

  /** Takes bytes of the answer's head; returns what is behind it. */
  #readHead(chunk: Buffer): Buffer {
    this.#head += chunk.toString('latin1');
    const end = this.#head.indexOf('\r\n\r\n');
    if (end < 0) return Buffer.alloc(0);
    this.#inBody = true;
    const [statusLine = '', ...lines] = this.#head.slice(0, end).split('\r\n');
    const fields: string[] = [];
    for (const line of lines) {
      const colon = line.indexOf(':');
      const name = line.slice(0, colon).toLowerCase();
      if (colon > 0 && !HOP_BY_HOP.has(name)) fields.push(name, line.slice(colon + 1).trim());
    }
    this.#stream.answer(statusLine.split(' ')[1] ?? '502', fields);
    return Buffer.from(this.#head.slice(end + 4), 'latin1');
  }
}
