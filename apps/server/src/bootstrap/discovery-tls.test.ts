/** The cluster where members meet, behind TLS that asks for certificates; and when it is spoken to in plain text. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { GrpcServer } from '@concord/grpc-server';
import { encode, KV, RangeResponse } from '@concord/protocol';
import { CertificateAuthority } from '@concord/testing/certificates';
import { configure, type Configuration } from '../config/configuration.ts';
import { CertificateDirectory } from '../tls/harness/certificate-directory.ts';
import { connectToDiscovery } from './discovery-service.ts';

const directory = new CertificateDirectory();
const authority = await CertificateAuthority.create();
const served = await directory.issue('server', authority);
const own = await directory.issue('own', authority);
const foreign = await directory.issue('foreign', await CertificateAuthority.create());
const ca = directory.write('ca.pem', authority.certificate);
const shown: (string | undefined)[] = [];
const server = new GrpcServer(
  new Map([
    [
      KV.methods.range.path,
      {
        kind: 'unary',
        handle: (_request, call) => {
          shown.push(call.tlsPeerCertificate?.subject.CN as string | undefined);
          call.respond(encode(RangeResponse, RangeResponse.create({})));
        },
      },
    ],
  ]),
  {
    tls: {
      cert: readFileSync(served.cert),
      key: readFileSync(served.key),
      ca: authority.certificate,
      requestCert: true,
      rejectUnauthorized: true,
    },
  },
);
const bound = await server.listen({ host: '127.0.0.1', port: 0 });
const endpoint = `127.0.0.1:${typeof bound === 'string' ? 0 : bound.port}`;
after(async () => {
  await server.close(0);
  directory[Symbol.dispose]();
});

/** What a key holds there, asked with these flags. */
const ask = (...flags: string[]): Promise<string | undefined> => askAt(endpoint, ...flags);

async function askAt(where: string, ...flags: string[]): Promise<string | undefined> {
  const there = ['--discovery-endpoints', where, '--discovery-token', 't'];
  const { values } = configure([...there, ...flags], {}) as Configuration;
  const service = connectToDiscovery(values);
  try {
    return await service.get('/key');
  } finally {
    service.close();
  }
}

test('with its certificates a member meets the others there', async () => {
  const flags = ['--discovery-cert', own.cert, '--discovery-key', own.key];
  assert.equal(await ask(...flags, '--discovery-cacert', ca), undefined);
  assert.deepEqual(shown, ['own']);
  // For tests one may not ask who is there.
  assert.equal(await ask(...flags, '--discovery-insecure-skip-tls-verify'), undefined);
});

test('refused: an endpoint that nobody vouches for, and a member that nobody vouches for', async () => {
  const flags = ['--discovery-cert', own.cert, '--discovery-key', own.key];
  await assert.rejects(ask(...flags), { message: /certificate/ });
  await assert.rejects(ask('--discovery-cacert', ca), { message: /cannot connect to/ });
  const others = ['--discovery-cert', foreign.cert, '--discovery-key', foreign.key];
  await assert.rejects(ask(...others, '--discovery-cacert', ca));
});

test('refused: half of a pair, and a file that is not there', async () => {
  await assert.rejects(ask('--discovery-cert', own.cert), {
    message: /--discovery-key is missing/,
  });
  await assert.rejects(ask('--discovery-cacert', '/nowhere.pem'), {
    message: /^--discovery-cacert \/nowhere\.pem: ENOENT/,
  });
});

test('an endpoint without a scheme is spoken to in plain text, until TLS is asked for', async () => {
  const trusting = ['--discovery-insecure-skip-tls-verify'];
  const show = ['--discovery-cert', own.cert, '--discovery-key', own.key];
  const isSecured = async (...flags: string[]): Promise<boolean> => {
    await using silent = await SilentServer.start();
    await assert.rejects(askAt(silent.endpoint, ...flags, '--discovery-dial-timeout=100ms'));
    // The first byte of a TLS handshake, or of HTTP/2's preface.
    return silent.firstByte === 0x16;
  };
  assert.equal(await isSecured(), false);
  assert.equal(await isSecured(...trusting), false);
  assert.equal(await isSecured('--discovery-insecure-transport=false'), true);
  assert.equal(await isSecured(...show), true);
  assert.equal(await isSecured('--discovery-cacert', ca), true);
});

test('an endpoint that does not come to a connection is given up in time, and the next one is tried', async () => {
  await using silent = await SilentServer.start();
  const flags = ['--discovery-cert', own.cert, '--discovery-key', own.key];
  const dial = ['--discovery-cacert', ca, '--discovery-dial-timeout=100ms'];
  await assert.rejects(askAt(silent.endpoint, ...flags, ...dial), {
    message: /no connection within 100 ms/,
  });
  assert.equal(await askAt(`${silent.endpoint},${endpoint}`, ...flags, ...dial), undefined);
});

/** Takes connections, and says nothing. */
class SilentServer implements AsyncDisposable {
  readonly endpoint: string;
  firstByte: number | undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(listening: Server) {
    this.#server = listening;
    this.endpoint = `127.0.0.1:${(listening.address() as AddressInfo).port}`;
    listening.on('connection', (socket) => {
      this.#sockets.add(socket.on('error', () => undefined));
      socket.once('data', (chunk: Buffer) => (this.firstByte = chunk[0]));
    });
  }

  static async start(): Promise<SilentServer> {
    const listening = createServer();
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    return new SilentServer(listening);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
