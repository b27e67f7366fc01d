/** One port, several protocols: gRPC and HTTP/1.1, with and without TLS, and plain HTTP over HTTP/2. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server as HttpServer } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import type { ClientHttp2Session, OutgoingHttpHeaders } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { connect as connectTls } from 'node:tls';

import { Client, credentials } from '@grpc/grpc-js';

import { createCertificate } from './harness/certificate.ts';
import { peerCertificateOf } from './peer-certificate.ts';
import { GrpcServer } from './server.ts';
import { ECHO, HOLD, connectClient, raw, startServer, until } from './harness/test-server.ts';

/** Certificates are for localhost, connections go to its address. */
const BY_NAME = { 'grpc.ssl_target_name_override': 'localhost' };

const certificate = await createCertificate('localhost');

/** Answers with the request's method, path and body. */
function createHttp(): HttpServer {
  return createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      response.setHeader('x-protocol', request.httpVersion);
      response.statusCode = request.url === '/missing' ? 404 : 200;
      if (request.url === '/large') response.end(Buffer.alloc(3_000_000, 'l'));
      else response.end(`${request.method!} ${request.url!} ${request.headers.host!} ${body}`);
    });
  });
}

function echo(client: Client, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(ECHO, raw, raw, Buffer.from(text), (error, bytes) => {
      if (error === null) resolve(bytes!.toString());
      else reject(error);
    });
  });
}

async function http2Get(
  session: ClientHttp2Session,
  headers: OutgoingHttpHeaders,
  body = '',
): Promise<{ status: number; type: unknown; body: string }> {
  const stream = session.request(headers, { endStream: body === '' });
  if (body !== '') stream.end(body);
  const [answer] = (await once(stream, 'response')) as [Record<string, unknown>];
  const parts: Buffer[] = [];
  for await (const chunk of stream) parts.push(chunk as Buffer);
  const status = Number(answer[':status']);
  return { status, type: answer['content-type'], body: Buffer.concat(parts).toString() };
}

async function openSession(context: TestContext, port: number): Promise<ClientHttp2Session> {
  const session = connectHttp2(`http://127.0.0.1:${String(port)}`);
  context.after(() => {
    session.destroy();
  });
  await once(session, 'connect');
  return session;
}

test('gRPC and HTTP/1.1 share a plain port', async (context) => {
  const { port, server } = await startServer(context, { http: createHttp() });
  assert.equal(await echo(connectClient(context, port), 'hi'), 'hi');
  const answer = await fetch(`http://127.0.0.1:${String(port)}/health`, {
    method: 'PUT',
    body: 'b',
  });
  assert.equal(await answer.text(), `PUT /health 127.0.0.1:${String(port)} b`);
  await server.close(100);
  assert.deepEqual(server.counts, { sockets: 0, connections: 0, streams: 0, deadlines: 0 });
});

test('the first bytes may come one at a time', async (context) => {
  const { port } = await startServer(context, { http: createHttp() });
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  for (const character of 'GET /slow HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n') {
    socket.write(character);
    await new Promise((resolve) => setImmediate(resolve));
  }
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  assert.match(text, /^HTTP\/1\.1 200 OK\r\n[^]*GET \/slow h /);
});

test('HTTP/1.1 headers that never end are cut by the HTTP server', async (context) => {
  const http = createServer({ headersTimeout: 100, connectionsCheckingInterval: 20 });
  const { port, server } = await startServer(context, { http });
  const socket = connect(port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: h\r\nx-more: ');
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  assert.match(text, /^HTTP\/1\.1 408 /);
  await until(() => server.counts.sockets === 0);
});

test('without an HTTP handler an HTTP/1.1 client is cut and HTTP/2 requests get 415', async (context) => {
  const { port } = await startServer(context);
  await assert.rejects(fetch(`http://127.0.0.1:${String(port)}/`));
  const session = await openSession(context, port);
  const answer = await http2Get(session, { ':path': '/health', 'content-type': 'text/plain' });
  assert.equal(answer.status, 415);
});

test('plain HTTP over HTTP/2 reaches the same handler', async (context) => {
  const { port, server } = await startServer(context, { http: createHttp() });
  const session = await openSession(context, port);
  const host = `127.0.0.1:${String(port)}`;
  const get = await http2Get(session, { ':path': '/health' });
  assert.deepEqual([get.status, get.body], [200, `GET /health ${host} `]);
  const post = await http2Get(
    session,
    { ':path': '/v3/kv/put', ':method': 'POST' },
    '{"key":"YQ=="}',
  );
  assert.equal(post.body, `POST /v3/kv/put ${host} {"key":"YQ=="}`);
  assert.equal((await http2Get(session, { ':path': '/missing' })).status, 404);
  const head = await http2Get(session, { ':path': '/x', ':method': 'HEAD' });
  assert.deepEqual([head.status, head.body], [200, '']);
  const large = await http2Get(session, { ':path': '/large' });
  assert.equal(large.body.length, 3_000_000);
  await until(() => server.counts.streams === 0);
});

test('over HTTP/2 a body reaches the handler as it comes, and the answer the client', async (context) => {
  const http = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => response.write(`heard ${chunk.toString()};`));
    request.on('end', () => response.end('goodbye'));
  });
  const { port, server } = await startServer(context, { http });
  const session = await openSession(context, port);
  const stream = session.request({ ':path': '/talk', ':method': 'POST' });
  stream.setEncoding('utf8');
  for (const word of ['one', 'two']) {
    stream.write(word);
    const [answer] = (await once(stream, 'data')) as [string];
    assert.equal(answer, `heard ${word};`);
  }
  stream.end();
  const [last] = (await once(stream, 'data')) as [string];
  assert.equal(last, 'goodbye');
  await until(() => server.counts.streams === 0);
});

test('over HTTP/2 a body that nobody reads makes the client wait, and is not kept', async (context) => {
  let resume: () => void = () => undefined;
  let heard = 0;
  const http = createServer((request, response) => {
    response.writeHead(200);
    response.flushHeaders();
    resume = () => {
      request.on('data', (chunk: Buffer) => (heard += chunk.length));
      request.on('end', () => response.end());
    };
  });
  const limits = { streamWindowBytes: 128 * 1024 };
  const { port } = await startServer(context, { http, limits });
  const session = await openSession(context, port);
  const body = Buffer.alloc(2_000_000, 'b');
  const stream = session.request({ ':path': '/slow', ':method': 'POST' });
  stream.end(body);
  await once(stream, 'response');
  let left = -1;
  await until(() => {
    const isStill = stream.writableLength === left;
    left = stream.writableLength;
    return isStill;
  });
  assert.ok(left > body.length / 2, 'most of it is still with the client');
  resume();
  stream.resume();
  await once(stream, 'end');
  assert.equal(heard, body.length);
});

test('over HTTP/2 the handler sees where a request comes from, and its certificate', async (context) => {
  const own = await createCertificate('alice');
  const http = createServer((request, response) => {
    const { remoteAddress = '', remotePort = 0 } = request.socket;
    const name = String(peerCertificateOf(request.socket)?.subject.CN);
    response.end(`${name} ${remoteAddress} ${remotePort > 0}`);
  });
  const tls = { ...certificate, requestCert: true, ca: own.ca };
  const { port } = await startServer(context, { tls, http });
  const session = connectHttp2(`https://localhost:${String(port)}`, {
    ca: certificate.ca,
    key: own.key,
    cert: own.cert,
  });
  context.after(() => {
    session.destroy();
  });
  await once(session, 'connect');
  const { body } = await http2Get(session, { ':path': '/' });
  assert.match(body, /^alice (127\.0\.0\.1|::1|::ffff:127\.0\.0\.1) true$/);
});

test('the client going away in the middle of a body is noticed', async (context) => {
  const gone = Promise.withResolvers<void>();
  const http = createServer((request, response) => {
    request.on('data', () => response.write('.'));
    response.on('close', gone.resolve);
  });
  const { port } = await startServer(context, { http });
  const session = await openSession(context, port);
  const stream = session.request({ ':path': '/talk', ':method': 'POST' });
  stream.on('error', () => undefined);
  stream.write('x');
  await once(stream, 'data');
  stream.destroy();
  await gone.promise;
});

test('gRPC and HTTP/1.1 share a TLS port by ALPN', async (context) => {
  const { port, server, held } = await startServer(context, {
    tls: certificate,
    http: createHttp(),
  });
  const client = connectClient(context, port, credentials.createSsl(certificate.ca), BY_NAME);
  assert.equal(await echo(client, 'secret'), 'secret');
  assert.equal((await echo(client, 'l'.repeat(1_000_000))).length, 1_000_000);
  client.makeUnaryRequest(HOLD, raw, raw, Buffer.alloc(0), () => undefined);
  await until(() => held.length === 1);
  assert.equal(held[0]!.tlsPeerCertificate, undefined);
  const options = {
    host: '127.0.0.1',
    port,
    path: '/health',
    ca: certificate.ca,
    servername: 'localhost',
    agent: false,
  };
  const status = await new Promise((resolve, reject) => {
    httpsRequest(options, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
  assert.equal(status, 200);
  client.close();
  held[0]!.respond(Buffer.alloc(0));
  await server.close(1_000);
  assert.deepEqual(server.counts, { sockets: 0, connections: 0, streams: 0, deadlines: 0 });
});

test('ALPN picks h2, and a client certificate reaches the handler', async (context) => {
  const own = await createCertificate('alice');
  const { port, held } = await startServer(context, {
    tls: { ...certificate, requestCert: true, ca: own.ca },
  });
  const socket = connectTls({
    port,
    host: '127.0.0.1',
    servername: 'localhost',
    ca: certificate.ca,
    ALPNProtocols: ['h2'],
  });
  await once(socket, 'secureConnect');
  assert.equal(socket.alpnProtocol, 'h2');
  socket.destroy();
  const channel = credentials.createSsl(certificate.ca, own.key, own.cert);
  connectClient(context, port, channel, BY_NAME).makeUnaryRequest(
    HOLD,
    raw,
    raw,
    Buffer.alloc(0),
    () => undefined,
  );
  await until(() => held.length === 1);
  assert.equal(held[0]!.tlsPeerCertificate?.subject.CN, 'alice');
});

test('a new certificate serves new handshakes without a restart', async (context) => {
  const { port, server } = await startServer(context, { tls: certificate });
  const renewed = await createCertificate('renewed');
  server.setSecureContext(renewed);
  const socket = connectTls({
    port,
    host: '127.0.0.1',
    ca: renewed.ca,
    servername: 'localhost',
    ALPNProtocols: ['h2'],
  });
  await once(socket, 'secureConnect');
  assert.equal(socket.getPeerCertificate().subject.CN, 'renewed');
  socket.destroy();
});

test('a handshake that goes wrong costs nobody else anything', async (context) => {
  const { port, server } = await startServer(context, { tls: certificate });
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\n\r\n');
  socket.resume();
  await once(socket, 'close');
  await until(() => server.counts.sockets === 0);
  const client = connectClient(context, port, credentials.createSsl(certificate.ca), BY_NAME);
  assert.equal(await echo(client, 'fine'), 'fine');
});

test('one port serves those with TLS and those without, where that is wanted', async (context) => {
  const { port, server } = await startServer(context, {
    tls: certificate,
    isPlainToo: true,
    http: createHttp(),
    limits: { prefaceTimeoutMs: 50 },
  });
  const secret = connectClient(context, port, credentials.createSsl(certificate.ca), BY_NAME);
  const open = connectClient(context, port);
  assert.equal(await echo(secret, 'l'.repeat(100_000)), 'l'.repeat(100_000));
  assert.equal(await echo(open, 'open'), 'open');
  const answer = await fetch(`http://127.0.0.1:${String(port)}/health`);
  assert.equal(await answer.text(), `GET /health 127.0.0.1:${String(port)} `);
  secret.close();
  open.close();
  const silent = connect(port, '127.0.0.1');
  silent.resume();
  await once(silent, 'close');
  await server.close(100);
  assert.deepEqual(server.counts, { sockets: 0, connections: 0, streams: 0, deadlines: 0 });
});

test('a handshake that does not come is given up', async (context) => {
  const { port, server } = await startServer(context, {
    tls: certificate,
    limits: { prefaceTimeoutMs: 50 },
  });
  const socket = connect(port, '127.0.0.1');
  socket.resume();
  await once(socket, 'close');
  await until(() => server.counts.sockets === 0);
});

test('closing does not wait for a handshake', async (context) => {
  const { port, server } = await startServer(context, { tls: certificate });
  const socket = connect(port, '127.0.0.1');
  socket.resume();
  await until(() => server.counts.sockets === 1);
  await Promise.all([server.close(0), once(socket, 'close')]);
  assert.equal(server.counts.sockets, 0);
});

test('a local socket serves gRPC too', async (context) => {
  const directory = mkdtempSync(join(tmpdir(), 'grpc-server-'));
  const path = join(directory, 'socket');
  const server = new GrpcServer(
    new Map([
      [
        ECHO,
        {
          kind: 'unary',
          handle: (_request, call) => {
            call.respond(Buffer.from(call.peer));
          },
        },
      ],
    ]),
  );
  assert.equal(await server.listen({ path }), path);
  const client = new Client(`unix:${path}`, credentials.createInsecure());
  context.after(async () => {
    client.close();
    await server.close(0);
    rmSync(directory, { recursive: true });
  });
  assert.equal(await echo(client, ''), '@');
});

test('a port that is taken is an error of listen', async (context) => {
  const { port } = await startServer(context);
  const second = new GrpcServer(new Map());
  await assert.rejects(second.listen({ host: '127.0.0.1', port }), { code: 'EADDRINUSE' });
  await second.close(0);
});
