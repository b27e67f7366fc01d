/** How calls end, on servers that each do one thing; against etcd and Concord it is tried in `test/bootstrap`. */
import assert from 'node:assert/strict';
import * as http2 from 'node:http2';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { after, test } from 'node:test';
import { KV, RangeRequest, RangeResponse, StatusCode, encode } from '@concord/protocol';
import { frame } from './grpc-call.ts';
import { GrpcClient } from './grpc-client.ts';

const servers: Server[] = [];
const sessions: http2.ServerHttp2Session[] = [];
after(() => {
  for (const session of sessions) session.destroy();
  for (const server of servers) server.close();
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function serve(answer: (stream: http2.ServerHttp2Stream) => void): Promise<string> {
  const server = http2.createServer();
  server.on('session', (session) => sessions.push(session));
  server.on('stream', (stream) => {
    stream.on('error', () => undefined);
    answer(stream);
  });
  return listen(server);
}

async function ask(endpoints: readonly string[], limits = {}): Promise<RangeResponse> {
  const client = new GrpcClient({
    endpoints,
    tls: {},
    dialTimeoutMs: 5000,
    requestTimeoutMs: 5000,
    keepaliveMs: 2000,
    keepaliveTimeoutMs: 6000,
    ...limits,
  });
  try {
    return await client.unary(KV.methods.range, RangeRequest.create({ key: Buffer.from('k') }));
  } finally {
    client.close();
  }
}

const good = (stream: http2.ServerHttp2Stream): void => {
  stream.respond({ ':status': 200 }, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(frame(encode(RangeResponse, RangeResponse.create({ count: 7 }))));
};

test('an answer is decoded', async () => {
  assert.equal((await ask([await serve(good)])).count, 7);
});

test("the server's status and text are the error", async () => {
  const endpoint = await serve((stream) =>
    stream.respond(
      { ':status': 200, 'grpc-status': '7', 'grpc-message': 'no%3A%20go away 100%' },
      { endStream: true },
    ),
  );
  await assert.rejects(ask([endpoint]), {
    code: StatusCode.PERMISSION_DENIED,
    message: 'no%3A%20go away 100%',
  });
  const wellWritten = await serve((stream) =>
    stream.respond(
      { ':status': 200, 'grpc-status': '16', 'grpc-message': 'no%3A go away' },
      { endStream: true },
    ),
  );
  await assert.rejects(ask([wellWritten]), { code: 16, message: 'no: go away' });
});

test('an endpoint that is no gRPC server is told by its HTTP status', async () => {
  const endpoint = await serve((stream) => stream.respond({ ':status': 404 }, { endStream: true }));
  await assert.rejects(ask([endpoint]), {
    code: StatusCode.UNKNOWN,
    message: 'Range: the endpoint answered HTTP 404',
  });
});

test('a call without an answer ends in time', async () => {
  await assert.rejects(ask([await serve(() => undefined)], { requestTimeoutMs: 50 }), {
    code: StatusCode.DEADLINE_EXCEEDED,
    message: 'Range: no answer in time',
  });
});

test('a connection that is lost is told from an answer', async () => {
  const endpoint = await serve((stream) => {
    stream.respond({ ':status': 200 });
    stream.session?.destroy();
  });
  await assert.rejects(ask([endpoint]), { code: StatusCode.UNAVAILABLE });
});

test('every endpoint is tried, and each that fails is named with its reason', async () => {
  const silent = await listen(createServer());
  const rude = await listen(createServer((socket) => socket.end('SSH-2.0\r\n')));
  assert.equal((await ask([rude, silent, await serve(good)], { dialTimeoutMs: 50 })).count, 7);
  await assert.rejects(ask([silent, rude, 'http://127.0.0.1:1'], { dialTimeoutMs: 50 }), {
    code: StatusCode.UNAVAILABLE,
    message: new RegExp(
      `^cannot connect to ${silent} \\(no connection within 50 ms\\), ${rude} \\(.+\\), http://127.0.0.1:1 \\(.*ECONNREFUSED`,
    ),
  });
});
