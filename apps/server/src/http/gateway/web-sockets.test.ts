/**
 * WebSockets of the gateway over a real HTTP server, with RPCs made for the test: who may open one, how long it lives, and
 * what waits for whom. Whether its messages are etcd's is for `test/conformance/web-socket.test.ts` to say.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { GrpcStatus, type Method, type StreamCall } from '@concord/grpc-server';
import { encode, KV, PutResponse, Watch, WatchRequest, WatchResponse } from '@concord/protocol';
import { LocalCalls } from '../../rpc/local-call.ts';
import { Access } from '../access.ts';
import { createHttpServer } from '../http-server.ts';
import { createRouter, createUpgrade, type Mount } from '../router.ts';
import { Gateway } from './gateway.ts';
import { gatewayLimits } from './request-message.ts';
import { WebSockets } from './web-sockets.ts';

const MESSAGE_BYTES_MAX = 10_000;
const PING_MS = 50;
/** Of the example of RFC 6455. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** What the watch of the test has heard. */
class Heard {
  readonly #words: string[] = [];
  #news = Promise.withResolvers<void>();

  say(word: string): void {
    this.#words.push(word);
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }

  async until(word: string): Promise<void> {
    while (!this.#words.includes(word)) await this.#news.promise;
    this.#words.splice(0, this.#words.indexOf(word) + 1);
  }
}

const heard = new Heard();
let lastStream: StreamCall | undefined;

/** A put fails with the token that it was given; a watch says what it hears, and writes until it is full if asked. */
const methods = new Map<string, Method>([
  [
    KV.methods.put.path,
    {
      kind: 'unary',
      handle: (bytes, call) => {
        const token = call.metadata.get('authorization');
        if (token !== undefined) call.fail(GrpcStatus.unauthenticated, token);
        else if (bytes.length === 0) call.onCancel = (reason) => heard.say(reason);
        else call.respond(encode(PutResponse, PutResponse.create()));
      },
    },
  ],
  [
    Watch.methods.watch.path,
    {
      kind: 'stream',
      open: (call) => {
        lastStream = call;
        return {
          message: (bytes) => {
            const { requestUnion } = WatchRequest.decode(bytes);
            if (requestUnion?.case === 'progressRequest') {
              call.pause();
              heard.say('paused');
            } else if (requestUnion?.case === 'cancelRequest') flood(call);
            else call.write(encode(WatchResponse, WatchResponse.create({ created: true })));
          },
          halfClose: () => heard.say('half-close'),
          closed: (reason) => heard.say(`closed ${reason}`),
          drain: () => heard.say('drain'),
        };
      },
    },
  ],
]);

function flood(call: StreamCall): void {
  const cancelReason = 'x'.repeat(64 * 1024);
  while (call.write(encode(WatchResponse, WatchResponse.create({ cancelReason }))));
  heard.say('full');
}

const calls = new LocalCalls(methods);
const gateway = new Gateway(calls, MESSAGE_BYTES_MAX, () => false);
const hasty = new WebSockets({ calls, limits: gatewayLimits(MESSAGE_BYTES_MAX), pingMs: PING_MS });
const mounts: readonly Mount[] = [
  ...gateway.mounts,
  { prefix: '/hasty/', listener: (_, response) => response.end(), upgrade: hasty.at('/hasty/') },
];
const access = new Access({
  origins: ['https://friend.example'],
  hosts: undefined,
  takesLoopback: true,
});
const server = createHttpServer(
  createRouter({
    routes: new Map(),
    mounts,
    access,
    failed: (path, error) => assert.fail(`${path}: ${String(error)}`),
  }),
  { upgrade: createUpgrade({ mounts, access }) },
);
let port = 0;
before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
after(() => {
  gateway.stop();
  hasty.stop();
  server.close();
  server.closeAllConnections();
});

interface Asked {
  readonly protocols?: string[];
  readonly headers?: Record<string, string>;
}

async function open(
  path: string,
  { protocols = [], headers = {} }: Asked = {},
): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { protocols, headers });
  await once(socket, 'open');
  return socket;
}

async function nextMessage(socket: WebSocket): Promise<string> {
  const [event] = (await once(socket, 'message')) as [{ readonly data: string }];
  return event.data;
}

async function closing(socket: WebSocket): Promise<CloseEvent> {
  const [event] = (await once(socket, 'close')) as [CloseEvent];
  return event;
}

/** The answer to a request to become something else. */
async function answerTo(path: string, headers: Record<string, string>): Promise<IncomingMessage> {
  const request = httpRequest({
    host: '127.0.0.1',
    port,
    path,
    agent: false,
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Key': KEY,
      'Sec-WebSocket-Version': '13',
      ...headers,
    },
  });
  request.end();
  const [response] = (await Promise.race([
    once(request, 'response'),
    once(request, 'upgrade'),
  ])) as [IncomingMessage];
  request.destroy();
  return response;
}

describe('who may open a WebSocket', () => {
  test('programs, which name no origin', async () => {
    assert.equal((await answerTo('/v3/watch', {})).statusCode, 101);
  });

  test('pages of an origin that --cors names, and of no other', async () => {
    const from = (origin: string): Promise<IncomingMessage> =>
      answerTo('/v3/watch', { Origin: origin });
    assert.equal((await from('https://friend.example')).statusCode, 101);
    assert.equal((await from('https://evil.example')).statusCode, 403);
    assert.equal((await from(`http://127.0.0.1:${port}`)).statusCode, 101, 'its own');
  });

  test('who says what RFC 6455 asks for', async () => {
    const old = await answerTo('/v3/watch', { 'Sec-WebSocket-Version': '7' });
    assert.equal(old.statusCode, 400);
    assert.equal(old.headers['sec-websocket-version'], '13, 8');
    assert.equal((await answerTo('/v3/watch', { 'Sec-WebSocket-Key': 'short' })).statusCode, 400);
  });

  test('another protocol is not asked for in vain: the answer comes in this one', async () => {
    const { statusCode } = await answerTo('/v3/watch', { Upgrade: 'h2c', Connection: 'Upgrade' });
    assert.equal(statusCode, 501, 'as GET of an RPC is');
    assert.equal((await answerTo('/health', {})).statusCode, 404, 'this server has none');
  });

  test('a path that leads elsewhere is redirected before', async () => {
    const { statusCode, headers } = await answerTo('/v3//watch', {});
    assert.equal(statusCode, 307);
    assert.equal(headers.location, '/v3/watch');
  });
});

describe('a token', () => {
  const tokenOf = async (asked: Asked): Promise<string> => {
    const socket = await open('/v3/kv/put', asked);
    socket.send('{"key":"YQ=="}');
    const text = await nextMessage(socket);
    return (JSON.parse(text) as { message: string }).message;
  };

  test('comes as a subprotocol, as pages have no other place', async () => {
    const socket = await open('/v3/watch', { protocols: ['Bearer', 'abc.17'] });
    assert.equal(socket.protocol, 'Bearer');
    socket.close();
    assert.equal(await tokenOf({ protocols: ['Bearer', 'abc.17'] }), 'Bearer abc.17');
  });

  test('or in the header Authorization, as programs send it', async () => {
    assert.equal(await tokenOf({ headers: { Authorization: 'abc.17' } }), 'abc.17');
  });
});

test('the client going away ends a stream, and a call that waits', async () => {
  const watch = await open('/v3/watch');
  watch.send('{"create_request":{}}');
  await nextMessage(watch);
  watch.close();
  await heard.until('closed cancelled');
  const put = await open('/v3/kv/put');
  put.send('{}');
  put.close();
  await heard.until('cancelled');
});

test('the end of a stream comes with its status, and a goodbye', async () => {
  const socket = await open('/v3/watch');
  socket.send('{"create_request":{}}');
  await nextMessage(socket);
  lastStream?.fail(GrpcStatus.unavailable, 'etcdserver: no leader');
  assert.equal(
    await nextMessage(socket),
    '{"error":{"code":14,"message":"etcdserver: no leader"}}',
  );
  const { code, wasClean } = await closing(socket);
  assert.deepEqual([code, wasClean], [1000, true]);
});

test('what is no JSON ends what the client says, and the answers go on', async () => {
  const socket = await open('/v3/watch');
  socket.send('{"create_request":{}}');
  await nextMessage(socket);
  socket.send('}');
  await heard.until('half-close');
  socket.send('{"create_request":{}}');
  const event = nextMessage(socket);
  lastStream?.write(encode(WatchResponse, WatchResponse.create({ canceled: true })));
  assert.equal(await event, '{"result":{"canceled":true}}');
  socket.close();
});

test('a message has a bound', async () => {
  const socket = await open('/v3/watch');
  const closed = closing(socket);
  socket.send(`{"create_request":{"key":"${'A'.repeat(2 * MESSAGE_BYTES_MAX)}"}}`);
  assert.equal((await closed).code, 1009);
  await heard.until('closed cancelled');
});

test('a value that comes in many messages has the same bound', async () => {
  const socket = await open('/v3/kv/put');
  socket.send('{"key":"');
  for (let i = 0; i < 3; i++) socket.send('A'.repeat(MESSAGE_BYTES_MAX));
  const { code } = JSON.parse(await nextMessage(socket)) as { code: number };
  assert.equal(code, GrpcStatus.invalidArgument);
});

test('a member that waits makes the client wait, and hears all of it later', async () => {
  const socket = await open('/v3/watch');
  socket.send('{"progress_request":{}}');
  await heard.until('paused');
  const both = Promise.withResolvers<void>();
  let answers = 0;
  socket.addEventListener('message', () => ++answers === 2 && both.resolve());
  socket.send('{"create_request":{}}');
  socket.send('{"create_request":{}}');
  lastStream?.resume();
  await both.promise;
  socket.close();
});

test('a client that reads slowly makes the member wait', async () => {
  const { raw } = await openRaw('/v3/watch');
  raw.pause();
  raw.write(frame('{"cancel_request":{}}'));
  await heard.until('full');
  raw.resume();
  await heard.until('drain');
  raw.destroy();
});

test('a client that answers no ping is cut, and one that does is not', async () => {
  const alive = await open('/hasty/watch');
  const { raw } = await openRaw('/hasty/watch');
  raw.resume();
  await once(raw, 'close');
  alive.send('{"create_request":{}}');
  assert.equal(await nextMessage(alive), '{"result":{"created":true}}');
  alive.close();
});

test('a member that stops says goodbye', async () => {
  const own = new Gateway(calls, MESSAGE_BYTES_MAX, () => false);
  const rules = { mounts: own.mounts, access };
  const leaving = createHttpServer((_, response) => response.end(), {
    upgrade: createUpgrade(rules),
  });
  leaving.listen(0, '127.0.0.1');
  await once(leaving, 'listening');
  const socket = new WebSocket(
    `ws://127.0.0.1:${(leaving.address() as AddressInfo).port}/v3/watch`,
  );
  await once(socket, 'open');
  own.stop();
  assert.equal((await closing(socket)).code, 1001);
  leaving.close();
});

/** A WebSocket of which nothing answers by itself. */
async function openRaw(path: string): Promise<{ raw: ReturnType<typeof connect> }> {
  const raw = connect(port, '127.0.0.1');
  raw.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Key: ${KEY}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  const [head] = (await once(raw, 'data')) as [Buffer];
  assert.match(head.toString('latin1'), /^HTTP\/1.1 101 [^]*s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/);
  return { raw };
}

/** A text of less than 126 bytes in one frame, masked with zeros (RFC 6455 section 5.2). */
const frame = (text: string): Buffer =>
  Buffer.concat([Buffer.of(0x81, 0x80 | text.length, 0, 0, 0, 0), Buffer.from(text)]);
