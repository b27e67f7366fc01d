/**
 * A run with TLS, whatever is run: a server with `--client-cert-auth`, and in front of it a port of this process that
 * takes plain text and carries it through TLS, with a client certificate. So every test, and every client that it
 * brings, works unchanged, and each byte of it has been through the server's TLS port.
 *
 * Environment: `CONCORD_TLS=1` turns it on.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { CertificateAuthority, type IssuedCertificate } from '@concord/testing/certificates';

export const isTlsWanted = (): boolean => process.env['CONCORD_TLS'] === '1';

export interface Credentials {
  /** PEM of whom the server trusts, and who vouches for it. */
  readonly authority: string;
  readonly client: IssuedCertificate;
  /** The certificate of a client with this common name. */
  clientNamed(commonName: string): Promise<IssuedCertificate>;
  /** Of a server. */
  readonly serverFlags: readonly string[];
  /** Of one that asks for certificates of its clients. Even the authority alone makes etcd ask. */
  readonly askingFlags: readonly string[];
}

/** How the clients behind a tunnel are known. */
export interface Guise {
  /** Default: true. Otherwise the server does not ask for a certificate, and gets none. */
  readonly hasCertificate?: boolean;
  /** The common name of the certificate. Default: none. */
  readonly name?: string;
}

let credentials: Promise<Credentials> | undefined;

/** Made once for this process. */
export function getCredentials(): Promise<Credentials> {
  credentials ??= makeCredentials();
  return credentials;
}

async function makeCredentials(): Promise<Credentials> {
  const directory = mkdtempSync(join(tmpdir(), 'conformance-tls-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const authority = await CertificateAuthority.create('conformance');
  const server = await authority.issue({ commonName: 'server' });
  const write = (name: string, text: string): string => {
    const path = join(directory, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const clientNamed = (commonName: string): Promise<IssuedCertificate> =>
    authority.issue({ commonName, dnsNames: [], ipAddresses: [] });
  return {
    authority: authority.certificate,
    client: await clientNamed(''),
    clientNamed,
    serverFlags: [
      `--cert-file=${write('server.pem', server.cert)}`,
      `--key-file=${write('server.key', server.key)}`,
    ],
    askingFlags: [
      `--trusted-ca-file=${write('ca.pem', authority.certificate)}`,
      '--client-cert-auth',
    ],
  };
}

export class TlsTunnel {
  /** Where plain text is taken. */
  readonly port: number;
  /** Flags of the server behind it, apart from its addresses. */
  readonly serverFlags: readonly string[];
  readonly #listener: NetServer;
  readonly #sockets: Set<Socket>;

  private constructor(listener: NetServer, sockets: Set<Socket>, serverFlags: readonly string[]) {
    this.#listener = listener;
    this.#sockets = sockets;
    this.serverFlags = serverFlags;
    this.port = (listener.address() as AddressInfo).port;
  }

  /** Leads to a TLS port of loopback, which need not be open yet. */
  static async open(
    serverPort: number,
    { hasCertificate = true, name = '' }: Guise = {},
  ): Promise<TlsTunnel> {
    const { authority, clientNamed, serverFlags, askingFlags } = await getCredentials();
    const client = hasCertificate ? await clientNamed(name) : undefined;
    const sockets = new Set<Socket>();
    const keep = <Kind extends Socket>(socket: Kind): Kind => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    };
    const dial = (protocol: 'h2' | 'http/1.1'): TLSSocket =>
      connect({
        host: '127.0.0.1',
        port: serverPort,
        ca: authority,
        ...(client !== undefined && { cert: client.cert, key: client.key }),
        ALPNProtocols: [protocol],
      });
    const listener = createServer({ allowHalfOpen: true, noDelay: true }, (plain) => {
      keep(plain).on('error', () => plain.destroy());
      // A client of HTTP/2 speaks first, as one of HTTP/1 does: what it says picks the protocol.
      plain.once('data', (first) => {
        plain.pause();
        const secure = keep(dial(first.toString('latin1', 0, 3) === 'PRI' ? 'h2' : 'http/1.1'));
        secure.setNoDelay(true);
        couple(plain, secure);
        secure.write(first);
      });
    });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    listener.unref();
    const flags = hasCertificate ? [...serverFlags, ...askingFlags] : serverFlags;
    return new TlsTunnel(listener, sockets, flags);
  }

  close(): void {
    this.#listener.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** What one side says or does, the other hears and does. */
function couple(plain: Socket, secure: TLSSocket): void {
  plain.pipe(secure);
  secure.pipe(plain);
  secure.on('error', () => plain.destroy());
  secure.once('close', () => plain.destroySoon());
  plain.once('close', () => secure.destroy());
}
