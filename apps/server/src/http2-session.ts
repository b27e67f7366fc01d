/** Opens one HTTP/2 connection to a gRPC server, which this program then is a client of. */
import * as http2 from 'node:http2';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export interface SessionOptions {
  readonly tls: http2.SecureClientSessionOptions;
  /** For everything until the server has said that it speaks HTTP/2. */
  readonly dialTimeoutMs: number;
  /** Node's own where not given. */
  readonly http2?: http2.ClientSessionOptions;
}

/** Rejects with the reason. @param endpoint `http://host:port` or `https://host:port` */
export function connectSession(
  endpoint: string,
  { tls, dialTimeoutMs, http2: options = {} }: SessionOptions,
): Promise<http2.ClientHttp2Session> {
  return new Promise((resolve, reject) => {
    const socket = dial(endpoint, tls);
    const session = http2.connect(endpoint, { ...options, createConnection: () => socket });
    const fail = (error: Error): void => {
      reject(error);
      session.destroy(error);
      socket.destroy();
    };
    const timer = setTimeout(
      () => fail(new Error(`no connection within ${dialTimeoutMs} ms`)),
      dialTimeoutMs,
    );
    // A session does not hear of an alert in the handshake of TLS 1.3, which comes after its own side is done.
    socket.once('error', fail);
    session.once('close', () => clearTimeout(timer));
    // After the promise is settled, errors reach the calls of the session.
    session.on('error', reject);
    session.once('close', () => reject(new Error('the connection was closed')));
    // 'connect' comes before the other side has said a word of HTTP/2; its settings show that it speaks it.
    session.once('remoteSettings', () => {
      clearTimeout(timer);
      resolve(session);
    });
  });
}

/** Pings, so that a server that is gone is noticed although nothing is sent, as while a watch is waited on. */
export function keepAlive(
  session: http2.ClientHttp2Session,
  times: { readonly intervalMs: number; readonly timeoutMs: number },
  isWanted: () => boolean = () => true,
): void {
  const interval = setInterval(() => {
    if (!isWanted()) return;
    const late = setTimeout(() => session.destroy(), times.timeoutMs);
    session.ping(() => clearTimeout(late));
  }, times.intervalMs);
  session.once('close', () => clearInterval(interval));
}

/** @param endpoint `http://host:port` or `https://host:port` */
export function dial(endpoint: string, tls: http2.SecureClientSessionOptions): Socket {
  const { protocol, hostname, port } = new URL(endpoint);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (protocol === 'http:') return connectPlain({ host, port: Number(port) || 80, noDelay: true });
  return connectTls({
    ...tls,
    host,
    port: Number(port) || 443,
    ...(isIP(host) === 0 && { servername: host }),
    ALPNProtocols: ['h2'],
    minVersion: 'TLSv1.2',
  });
}
