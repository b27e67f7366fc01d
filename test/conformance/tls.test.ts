/**
 * A TLS port that asks for client certificates, seen by clients of every kind: who is served by which protocol, and what
 * those see who are not.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import * as http2 from 'node:http2';
import * as https from 'node:https';
import { connect as connectTcp } from 'node:net';
import { test } from 'node:test';
import { connect } from 'node:tls';
import * as grpc from '@grpc/grpc-js';
import { CertificateAuthority } from '@concord/testing/certificates';
import { onEachBackend } from './harness/each-backend.ts';
import { methodDefinition } from './harness/service-definitions.ts';
import { getCredentials } from './harness/tls-tunnel.ts';

const { authority, client } = await getCredentials();
const stranger = await (await CertificateAuthority.create('stranger')).issue();
const UNAVAILABLE = grpc.status.UNAVAILABLE;

interface Identity {
  readonly cert: string;
  readonly key: string;
}

/** The code of a put by grpc-js. */
function put(port: number, identity?: Identity): Promise<number> {
  const credentials = grpc.credentials.createSsl(
    Buffer.from(authority),
    identity === undefined ? null : Buffer.from(identity.key),
    identity === undefined ? null : Buffer.from(identity.cert),
  );
  const channel = new grpc.Client(`localhost:${port}`, credentials, {
    'grpc.use_local_subchannel_pool': 1,
  });
  const { path, requestSerialize } = methodDefinition('Put');
  const identityOf = (bytes: Buffer): Buffer => bytes;
  const request = requestSerialize({ key: Buffer.from('tls'), value: Buffer.from('v') });
  return new Promise((resolve) => {
    channel.makeUnaryRequest(path, identityOf, identityOf, request, (error) => {
      channel.close();
      resolve(error === null ? grpc.status.OK : error.code);
    });
  });
}

function get(port: number, identity: Identity): Promise<string> {
  const options = { host: 'localhost', port, path: '/version', ca: authority, agent: false };
  return new Promise((resolve, reject) => {
    https
      .get({ ...options, cert: identity.cert, key: identity.key }, (answer) => {
        answer.resume();
        resolve(`${answer.statusCode} over HTTP/${answer.httpVersion}`);
      })
      .on('error', reject);
  });
}

onEachBackend(
  'TLS with client certificates',
  (target) => {
    test('grpc-js is served with a certificate of the authority, and unavailable without', async () => {
      const { serverPort } = target.server;
      assert.equal(await put(serverPort, client), grpc.status.OK);
      assert.equal(await put(serverPort), UNAVAILABLE);
      assert.equal(await put(serverPort, stranger), UNAVAILABLE);
      assert.equal(await put(serverPort, client), grpc.status.OK);
    });

    test('HTTP/1.1 shares the port, for clients that ask for it and for those that ask for nothing', async () => {
      assert.equal(await get(target.server.serverPort, client), '200 over HTTP/1.1');
      await assert.rejects(get(target.server.serverPort, stranger));
    });

    test('plain requests come over HTTP/2 too', async () => {
      const session = http2.connect(`https://localhost:${target.server.serverPort}`, {
        ca: authority,
        cert: client.cert,
        key: client.key,
      });
      const stream = session.request({ ':path': '/version' });
      const [headers] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
      assert.equal(Number(headers[':status']), 200);
      session.destroy();
    });

    for (const [version, alert] of [
      ['TLSv1.2', /HANDSHAKE_FAILURE|BAD_CERTIFICATE/],
      ['TLSv1.3', /CERTIFICATE_REQUIRED|BAD_CERTIFICATE/],
    ] as const) {
      test(`a client without a certificate is told so in the handshake, over ${version}`, async () => {
        const socket = connect({
          host: 'localhost',
          port: target.server.serverPort,
          ca: authority,
          minVersion: version,
          maxVersion: version,
        });
        socket.resume();
        const code = await new Promise<string>((resolve) =>
          socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? '')),
        );
        assert.match(code, alert);
      });
    }

    test('plain text is closed without an answer', async () => {
      const socket = connectTcp(target.server.serverPort, 'localhost');
      socket.write('GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n');
      let answer = '';
      socket.on('data', (bytes: Buffer) => (answer += bytes.toString()));
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.once('close', resolve));
      assert.equal(answer, '');
    });
  },
  { tls: true },
);
