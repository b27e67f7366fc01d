/** A port that serves with a member's security, and a client that says what becomes of a connection to it. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { TestContext } from 'node:test';
import { connect, type ConnectionOptions, type PeerCertificate } from 'node:tls';
import { parseAddress } from '../../config/address.ts';
import { HttpPort } from '../../http/http-port.ts';
import type { ClientCertificatePolicy } from '../client-certificate-policy.ts';
import type { PortSecurity } from '../port-security.ts';
import type { CertificateFiles } from './certificate-directory.ts';

/** What a client learned: an answer, or how the connection ended. */
export interface Visit {
  readonly outcome: 'served' | 'closed' | 'failed';
  /** Of a failure. */
  readonly code?: string;
  readonly protocol?: string | null;
  readonly cipher?: string;
  readonly server?: PeerCertificate;
}

export class SecurePort {
  readonly port: number;

  private constructor(port: number) {
    this.port = port;
  }

  static async open(
    context: TestContext,
    security: PortSecurity,
    rules: Partial<ClientCertificatePolicy> = {},
  ): Promise<SecurePort> {
    const http = createServer((_request, response) => response.end('hello'));
    const port = new HttpPort({ http, serving: security.serve(rules), connectionsMax: 100 });
    const endpoint = await port.listen(parseAddress('https://127.0.0.1:0'), 'listen-client-urls');
    context.after(() => port.close());
    return new SecurePort(Number(endpoint.split(':').at(-1)));
  }

  /** Connects, shows `files`, and asks for a page. */
  async visit(files?: CertificateFiles, options: ConnectionOptions = {}): Promise<Visit> {
    const socket = connect({
      host: '127.0.0.1',
      port: this.port,
      rejectUnauthorized: false,
      ...(files !== undefined && { cert: readFileSync(files.cert), key: readFileSync(files.key) }),
      ...options,
    });
    let visit: Visit = { outcome: 'closed' };
    socket.once('secureConnect', () => {
      const about = {
        protocol: socket.getProtocol(),
        cipher: socket.getCipher().standardName,
        server: socket.getPeerCertificate(),
      };
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
      socket.once('data', () => (visit = { outcome: 'served', ...about }));
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      visit = { outcome: 'failed', code: error.code ?? error.message };
    });
    await new Promise((resolve) => socket.once('close', resolve));
    return visit;
  }
}
