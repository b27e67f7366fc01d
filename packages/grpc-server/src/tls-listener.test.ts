/**
 * Goal: a TLS port lets in whom it should, tells why it refuses the others, and no client can hold it up. Method: real
 * handshakes on loopback with certificates of authorities made here.
 */
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { connect } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';

import { CertificateAuthority } from '@concord/testing/certificates';

import { startServer, until } from './harness/test-server.ts';
import { createTlsListener } from './tls-listener.ts';
import type { TlsListenerOptions } from './tls-listener.ts';
import type { TlsGate, TlsRefusal } from './tls-gate.ts';

const authority = await CertificateAuthority.create();
const stranger = await CertificateAuthority.create('stranger');
const server = await authority.issue({ commonName: 'server' });
const alice = await authority.issue({ commonName: 'alice' });

class Port extends EventEmitter {
  readonly refusals: TlsRefusal[] = [];
  readonly accepted: TLSSocket[] = [];
  port = 0;

  /** Resolves with the next refusal that somebody is to be told of. */
  async refusal(): Promise<TlsRefusal> {
    for (;;) {
      const refusal = this.refusals.shift();
      if (refusal !== undefined) return refusal;
      await once(this, 'refused');
    }
  }
}

async function openPort(
  context: TestContext,
  options: Partial<TlsListenerOptions> = {},
  gate: TlsGate = {},
): Promise<Port> {
  const port = new Port();
  const sockets = new Set<Socket>();
  const listener = createTlsListener({
    handshakeTimeoutMs: 10_000,
    handshakesMax: 100,
    ...options,
    tls: { cert: server.cert, key: server.key, ...options.tls },
    gate: {
      ...gate,
      refused: (refusal) => {
        port.refusals.push(refusal);
        port.emit('refused');
      },
    },
    accepted: (socket) => {
      port.accepted.push(socket);
      socket.write(socket.isSessionReused() ? 'again' : 'welcome');
    },
  });
  listener.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  port.port = (listener.address() as AddressInfo).port;
  context.after(() => {
    listener.close();
    for (const socket of sockets) socket.destroy();
  });
  return port;
}

/** What a client reads before the connection ends or the server has said something. */
async function greet(port: Port, options: ConnectionOptions = {}): Promise<string> {
  const socket = connect({
    port: port.port,
    host: '127.0.0.1',
    ca: authority.certificate,
    ...options,
  });
  const outcome = await new Promise<string>((resolve) => {
    socket.once('data', (bytes: Buffer) => resolve(bytes.toString()));
    socket.once('end', () => resolve('closed'));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
  socket.destroy();
  return outcome;
}

const MUTUAL = { requestCert: true, rejectUnauthorized: true, ca: authority.certificate };

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  const versions = { minVersion: version, maxVersion: version };

  test(`a client is let in with a certificate of the authority alone, over ${version}`, async (context) => {
    const port = await openPort(context, { tls: MUTUAL });
    assert.equal(await greet(port, { ...versions, cert: alice.cert, key: alice.key }), 'welcome');

    const withoutOne = version === 'TLSv1.2' ? /HANDSHAKE_FAILURE/ : /CERTIFICATE_REQUIRED/;
    assert.match(await greet(port, versions), withoutOne);
    assert.equal((await port.refusal()).reason, "tls: client didn't provide a certificate");

    const foreign = await stranger.issue();
    assert.notEqual(await greet(port, { ...versions, ...foreign }), 'welcome');
    const { reason, remoteAddress } = await port.refusal();
    assert.equal(reason, 'x509: certificate signed by unknown authority');
    assert.match(remoteAddress, /^127\.0\.0\.1:\d+$/);

    const expired = await authority.issue({
      notBefore: new Date(Date.now() - 2_000_000),
      notAfter: new Date(Date.now() - 1_000_000),
    });
    assert.notEqual(await greet(port, { ...versions, ...expired }), 'welcome');
    assert.match((await port.refusal()).reason, /has expired or is not yet valid/);

    const serverOnly = await authority.issue({ usages: ['server'] });
    assert.notEqual(await greet(port, { ...versions, ...serverOnly }), 'welcome');
    assert.match((await port.refusal()).reason, /incompatible key usage/);
    assert.equal(port.accepted.length, 1);
  });

  test(`who is judged badly reads of an end in order, over ${version}`, async (context) => {
    const port = await openPort(
      context,
      { tls: MUTUAL },
      {
        judge: (socket) => Promise.resolve(`not ${String(socket.getPeerCertificate().subject.CN)}`),
      },
    );
    assert.equal(await greet(port, { ...versions, cert: alice.cert, key: alice.key }), 'closed');
    const { reason, certificate } = await port.refusal();
    assert.equal(reason, 'not alice');
    assert.equal(certificate?.subject.CN, 'alice');
    assert.equal(port.accepted.length, 0);
  });
}

test('a judge that fails lets nobody in', async (context) => {
  const failures: TlsGate['judge'][] = [
    () => Promise.reject(new Error('no name service')),
    () => {
      throw new Error('no name service');
    },
  ];
  for (const judge of failures) {
    const port = await openPort(context, {}, { judge: judge! });
    assert.equal(await greet(port), 'closed');
    assert.equal((await port.refusal()).reason, 'no name service');
  }
});

test('plain text on a TLS port is closed and told as what it is', async (context) => {
  const port = await openPort(context);
  for (const text of [
    'GET / HTTP/1.1\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '\0\0\0\0\0\0',
  ]) {
    const socket = connectTcp(port.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(text);
    await once(socket, 'close');
    assert.match((await port.refusal()).reason, /does not look like a TLS handshake/);
  }
});

test('a client that only looks whether the port is open is told apart', async (context) => {
  const port = await openPort(context);
  const socket = connectTcp(port.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.end();
  assert.equal((await port.refusal()).isAbandoned, true);
});

test('sessions are resumed, and judged again', async (context) => {
  const revoked = new Set<string>();
  const port = await openPort(
    context,
    { tls: MUTUAL },
    {
      judge: () => (revoked.has('alice') ? 'revoked meanwhile' : undefined),
    },
  );
  const session = await firstSession(port);
  const identity = { cert: alice.cert, key: alice.key };
  assert.equal(await greet(port, { ...identity, session }), 'again');
  revoked.add('alice');
  assert.equal(await greet(port, { ...identity, session }), 'closed');
  assert.equal((await port.refusal()).reason, 'revoked meanwhile');
});

test('a new context serves the very next handshake, and sessions of the old one are not resumed', async (context) => {
  const renewed = await authority.issue({ commonName: 'renewed' });
  let next: typeof renewed | undefined;
  const port = await openPort(
    context,
    { tls: MUTUAL },
    {
      refresh: () => {
        const context = next && { ...next, ca: stranger.certificate };
        next = undefined;
        return context;
      },
    },
  );
  const session = await firstSession(port);
  next = renewed;
  // Another authority is trusted now: the session was made under the one before.
  assert.notEqual(await greet(port, { cert: alice.cert, key: alice.key, session }), 'again');
  assert.match((await port.refusal()).reason, /unknown authority/);
  const friend = await stranger.issue();
  assert.equal(await greet(port, { cert: friend.cert, key: friend.key }), 'welcome');
});

test('a client cannot ask for another handshake', async (context) => {
  const port = await openPort(context);
  const socket = connect({
    port: port.port,
    host: '127.0.0.1',
    ca: authority.certificate,
    maxVersion: 'TLSv1.2',
  });
  await once(socket, 'data');
  const outcome = await new Promise<string>((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
    socket.renegotiate({}, (error) => resolve(error === null ? 'renegotiated' : 'refused'));
  });
  socket.destroy();
  assert.notEqual(outcome, 'renegotiated');
});

test('of too many handshakes under way the oldest makes room', async (context) => {
  const port = await openPort(context, { handshakesMax: 3 });
  const sockets = [];
  for (let i = 0; i < 4; i++) {
    const socket = connectTcp(port.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.resume();
    await once(socket, 'connect');
    sockets.push(socket);
  }
  await once(sockets[0]!, 'close');
  assert.deepEqual(
    sockets.map(({ destroyed }) => destroyed),
    [true, false, false, false],
  );
  // And in comes whoever means it.
  assert.equal(await greet(port), 'welcome');
  for (const socket of sockets) socket.destroy();
});

test('TLS on a plain port is closed and told as what it is', async (context) => {
  const heard: string[] = [];
  const { port, server: plain } = await startServer(context, {
    onForeignProtocol: (_peer, protocol) => heard.push(protocol),
  });
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('close', resolve));
  const other = connectTcp(port, '127.0.0.1');
  other.on('error', () => undefined);
  other.resume();
  other.write('{}');
  await once(other, 'close');
  await until(() => heard.length === 2 && plain.counts.sockets === 0);
  assert.deepEqual(heard, ['tls', 'unknown']);
});

/** Connects once and waits for a session to come back with. */
async function firstSession(port: Port): Promise<Buffer> {
  const socket = connect({
    port: port.port,
    host: '127.0.0.1',
    ca: authority.certificate,
    cert: alice.cert,
    key: alice.key,
  });
  const [session] = (await once(socket, 'session')) as [Buffer];
  socket.destroy();
  return session;
}
