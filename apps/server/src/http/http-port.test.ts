/** Ports of their own for HTTP: plain, with TLS, and on local sockets; and what is told of who took one for another. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { connect } from 'node:tls';
import { CertificateAuthority } from '@concord/testing/certificates';
import { parseAddress } from '../config/address.ts';
import { CertificateDirectory, openSecurity } from '../tls/harness/certificate-directory.ts';
import { HttpPort } from './http-port.ts';

const directory = new CertificateDirectory();
after(() => directory[Symbol.dispose]());
const authority = await CertificateAuthority.create();
const files = await directory.issue('server', authority);
const { peer: security } = await openSecurity([
  ...['--listen-peer-urls', 'https://127.0.0.1:2380'],
  ...['--peer-cert-file', files.cert, '--peer-key-file', files.key],
]);

const CONNECTIONS_MAX = 10;

interface Opened {
  readonly port: HttpPort;
  /** `host:port`, or a path. */
  readonly endpoint: string;
  readonly foreign: string[];
}

async function open(context: TestContext, url: string): Promise<Opened> {
  const foreign: string[] = [];
  const port = new HttpPort({
    http: createServer((_request, response) => response.end('hello')),
    serving: /^(https|unixs)/.test(url) ? security.serve() : undefined,
    connectionsMax: CONNECTIONS_MAX,
    foreign: (_address, protocol) => foreign.push(protocol),
  });
  const endpoint = await port.listen(parseAddress(url), 'listen-peer-urls');
  context.after(() => port.close());
  return { port, endpoint, foreign };
}

/** What is read until the end of the connection. */
async function ask(place: { port: number } | { path: string }, secure: boolean): Promise<string> {
  const socket = secure
    ? connect({
        ...place,
        ca: readFileSync(directory.write('ca.pem', authority.certificate)),
        servername: 'localhost',
      })
    : connectTcp({ ...place });
  let answer = '';
  socket.on('data', (bytes: Buffer) => (answer += bytes.toString()));
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  await new Promise((resolve) => socket.once('close', resolve));
  return answer.split('\r\n')[0] ?? '';
}

const portOf = (endpoint: string): { port: number } => ({
  port: Number(endpoint.split(':').at(-1)),
});

test('a port serves what its URL says, and tells of TLS where plain text is expected', async (context) => {
  const plain = await open(context, 'http://127.0.0.1:0');
  assert.equal(await ask(portOf(plain.endpoint), false), 'HTTP/1.1 200 OK');
  assert.equal(await ask(portOf(plain.endpoint), true), '');
  assert.deepEqual(plain.foreign, ['tls']);
  const secure = await open(context, 'https://127.0.0.1:0');
  assert.equal(await ask(portOf(secure.endpoint), true), 'HTTP/1.1 200 OK');
  assert.equal(await ask(portOf(secure.endpoint), false), '');
});

test('a local socket serves plain text as unix, and TLS as unixs', async (context) => {
  const [plainPath, securePath] = [join(directory.path, 'plain'), join(directory.path, 'secure')];
  await open(context, `unix://${plainPath}`);
  assert.equal(await ask({ path: plainPath }, false), 'HTTP/1.1 200 OK');
  await open(context, `unixs://${securePath}`);
  assert.equal(await ask({ path: securePath }, true), 'HTTP/1.1 200 OK');
  assert.equal(await ask({ path: securePath }, false), '');
});

test('a socket that a killed process left behind is taken over, one that is in use is not', async (context) => {
  const path = join(directory.path, 'left');
  const leave = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', leave]);
  assert.ok(existsSync(path));
  await open(context, `unix://${path}`);
  assert.equal(await ask({ path }, false), 'HTTP/1.1 200 OK');
  await assert.rejects(open(context, `unix://${path}`), {
    message: /EADDRINUSE.*another process listens there/,
  });
});

test('connections above the limit are closed at once, and there is room again when others go', async (context) => {
  const { endpoint } = await open(context, 'http://127.0.0.1:0');
  const held = await Promise.all(
    Array.from({ length: CONNECTIONS_MAX }, async () => {
      const socket = connectTcp(portOf(endpoint)).on('error', () => undefined);
      await new Promise((resolve) => socket.once('connect', resolve));
      return socket;
    }),
  );
  assert.equal(await ask(portOf(endpoint), false), '');
  for (const socket of held) socket.destroy();
  // The port learns of it when it does.
  while ((await ask(portOf(endpoint), false)) === '');
});

test('closing ends connections of every kind', async (context) => {
  for (const url of ['http://127.0.0.1:0', 'https://127.0.0.1:0']) {
    const { port, endpoint } = await open(context, url);
    // Half of a handshake, or of a request.
    const socket = connectTcp(portOf(endpoint));
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.resume().once('close', resolve));
    await port.close();
    await closed;
    await assert.rejects(
      new Promise((resolve, reject) => {
        get({ host: '127.0.0.1', ...portOf(endpoint) }, resolve).on('error', reject);
      }),
    );
  }
});
