/**
 * The gateway over a real HTTP server, with RPCs made for the test: what is particular to HTTP, above all how streams
 * begin, wait and end. Whether it is etcd's gateway is for `test/conformance/gateway.test.ts` to say.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type Server,
} from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { GrpcStatus, type Method, type StreamCall } from '@concord/grpc-server';
import {
  encode,
  KV,
  Maintenance,
  PutRequest,
  PutResponse,
  SnapshotResponse,
  Watch,
  WatchRequest,
  WatchResponse,
} from '@concord/protocol';
import { LocalCalls } from '../../rpc/local-call.ts';
import { Access } from '../access.ts';
import { createHttpServer } from '../http-server.ts';
import { createRouter } from '../router.ts';
import { Gateway } from './gateway.ts';

const SEED = Number(process.env['SEED'] ?? 20_261_125);
const RANDOM_BODIES = 600;
const MESSAGE_BYTES_MAX = 10_000;
/** Long enough to send a request in, short enough to wait for. */
const REQUEST_TIMEOUT_MS = 250;

/** What the streams of the test have heard. */
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

const methods = new Map<string, Method>([
  [
    KV.methods.put.path,
    {
      kind: 'unary',
      handle: (bytes, call) => {
        const { key } = PutRequest.decode(bytes);
        const text = Buffer.from(key).toString();
        if (text === 'token')
          call.fail(GrpcStatus.unauthenticated, call.metadata.get('authorization') ?? 'none');
        else if (text !== 'silent') call.respond(encode(PutResponse, PutResponse.create()));
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
            heard.say(requestUnion?.case ?? 'nothing');
            if (requestUnion?.case === 'progressRequest') call.pause();
            else call.write(encode(WatchResponse, WatchResponse.create({ created: true })));
          },
          halfClose: () => heard.say('half-close'),
          closed: (reason) => heard.say(`closed ${reason}`),
          drain: () => heard.say('drain'),
        };
      },
    },
  ],
  [
    Maintenance.methods.snapshot.path,
    {
      kind: 'stream',
      open: (call) => ({
        message: () => {
          const blob = new Uint8Array(64 * 1024);
          while (call.write(encode(SnapshotResponse, SnapshotResponse.create({ blob }))));
          heard.say('full');
        },
        halfClose: () => undefined,
        drain: () => {
          heard.say('drain');
          call.fail(GrpcStatus.unavailable, 'enough');
        },
        closed: () => undefined,
      }),
    },
  ],
]);

const router = createRouter({
  routes: new Map(),
  mounts: new Gateway(new LocalCalls(methods), MESSAGE_BYTES_MAX, () => false).mounts,
  access: new Access({ origins: [], hosts: undefined, takesLoopback: true }),
  failed: (path, error) => assert.fail(`${path}: ${String(error)}`),
});
const server = createHttpServer(router);
/** The same, where a request has little time. */
const hastyServer = createHttpServer(router, {
  requestTimeout: REQUEST_TIMEOUT_MS,
  connectionsCheckingInterval: 50,
});
let port = 0;
let hastyPort = 0;
before(async () => {
  port = await listening(server);
  hastyPort = await listening(hastyServer);
});
after(() => {
  for (const each of [server, hastyServer]) {
    each.close();
    each.closeAllConnections();
  }
});

async function listening(each: Server): Promise<number> {
  each.listen(0, '127.0.0.1');
  await once(each, 'listening');
  return (each.address() as AddressInfo).port;
}

function open(path: string, headers: Record<string, string> = {}, at = port): ClientRequest {
  const request = httpRequest({
    host: '127.0.0.1',
    port: at,
    path,
    method: 'POST',
    headers,
    agent: false,
  });
  request.on('error', () => undefined);
  return request;
}

async function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response.setEncoding('utf8');
}

async function ask(path: string, body: string | Buffer, headers = {}): Promise<[number, string]> {
  const request = open(path, headers);
  request.end(body);
  const response = await answerTo(request);
  const chunks: string[] = [];
  for await (const chunk of response) chunks.push(chunk as string);
  return [response.statusCode ?? 0, chunks.join('')];
}

const CREATE = '{"create_request":{"key":"Zg=="}}';
const CREATED = '{"result":{"created":true}}\n';

describe('a stream whose body stays open', () => {
  test('answers each request as it comes, whatever the pieces that it comes in', async () => {
    const request = open('/v3/watch');
    request.write(CREATE.slice(0, 5));
    request.write(CREATE.slice(5));
    const response = await answerTo(request);
    assert.deepEqual(await once(response, 'data'), [CREATED]);
    request.write(` ${CREATE}`);
    assert.deepEqual(await once(response, 'data'), [CREATED]);
    request.end();
    await heard.until('half-close');
    lastStream?.end();
    await once(response.resume(), 'end');
  });

  test('outlives the time that a request has', async () => {
    const request = open('/v3/watch', {}, hastyPort);
    request.write(CREATE);
    const response = await answerTo(request);
    await once(response, 'data');
    // A body that may not stay open shows that the time is over, and over again.
    for (let round = 0; round < 2; round++) {
      const slow = connect(hastyPort, '127.0.0.1').resume();
      slow.write('POST /v3/kv/put HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{');
      await once(slow, 'close');
    }
    request.write(CREATE);
    assert.deepEqual(await once(response, 'data'), [CREATED]);
    request.destroy();
    await heard.until('closed cancelled');
  });

  test('ends in the member when the client goes away', async () => {
    const request = open('/v3/watch');
    request.write(CREATE);
    await answerTo(request);
    request.destroy();
    await heard.until('closed cancelled');
  });

  test('waits while the member takes no more', async () => {
    const request = open('/v3/watch');
    request.write('{"progress_request":{}}');
    await heard.until('progressRequest');
    request.write(CREATE.repeat(2));
    const response = answerTo(request);
    lastStream?.resume();
    await heard.until('createRequest');
    await response;
    request.destroy();
    await heard.until('closed cancelled');
  });

  test('ends what the client says where it is no JSON', async () => {
    const request = open('/v3/watch');
    request.write(`${CREATE}}`);
    await answerTo(request);
    await heard.until('half-close');
    request.destroy();
    await heard.until('closed cancelled');
  });

  test('is cut off when its answer is over and it goes on', async () => {
    const client = connect(port, '127.0.0.1').on('error', () => undefined);
    const head = 'POST /v3/watch HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
    client.write(`${head}${CREATE.length.toString(16)}\r\n${CREATE}\r\n`);
    await heard.until('createRequest');
    // What is idle is closed anyway.
    const going = setInterval(() => client.write('1\r\n \r\n'), 20);
    lastStream?.end();
    // It may hear of it by a reset, which is an error to `once`.
    await new Promise((resolve) => client.resume().once('close', resolve));
    clearInterval(going);
  });

  test('refuses a message that is too large, and a value that never ends', async () => {
    const key = Buffer.alloc(MESSAGE_BYTES_MAX).toString('base64');
    const [status, text] = await ask('/v3/watch', `{"create_request":{"key":"${key}"}}`);
    assert.equal(status, 429);
    assert.match(text, /^\{"error":\{"code":8,"message":"grpc: received message larger than max/);
    const request = open('/v3/watch');
    request.write(`{"create_request":{"key":"${'A'.repeat(3 * MESSAGE_BYTES_MAX)}`);
    await heard.until('half-close');
    request.destroy();
  });
});

test('a stream waits for a client that reads slowly, and ends with the error in its last line', async () => {
  const request = open('/v3/maintenance/snapshot');
  request.end('{}');
  const response = await answerTo(request);
  await heard.until('full');
  const chunks: string[] = [];
  for await (const chunk of response) chunks.push(chunk as string);
  const lines = chunks.join('').trimEnd().split('\n');
  assert.equal(lines.at(-1), '{"error":{"code":14,"message":"enough"}}');
  assert.ok(lines.slice(0, -1).every((line) => line.startsWith('{"result":{"blob":"')));
});

describe('a unary call', () => {
  test('brings Authorization along as metadata', async () => {
    const [status, text] = await ask('/v3/kv/put', '{"key":"dG9rZW4="}', { Authorization: 'abc' });
    assert.deepEqual([status, text], [401, '{"error":"abc","code":16,"message":"abc"}']);
  });

  test('takes an answer in time or none', async () => {
    const [status] = await ask('/v3/kv/put', '{"key":"c2lsZW50"}', { 'Grpc-Timeout': '20m' });
    assert.equal(status, 504);
  });

  test('takes a chunked body', async () => {
    const request = open('/v3/kv/put');
    for (const piece of ['{"ke', 'y":"Z', 'g=="}']) request.write(piece);
    request.end();
    assert.equal((await answerTo(request)).statusCode, 200);
  });

  test('is refused before a body that is too large has come to its end', async () => {
    const request = open('/v3/kv/put');
    request.write('x'.repeat(3 * MESSAGE_BYTES_MAX));
    const response = await answerTo(request);
    assert.equal(response.statusCode, 429);
    assert.equal(response.headers.connection, 'close');
  });

  test('is unimplemented where the member does not have it', async () => {
    const [status, text] = await ask('/v3/lock/lock', '{}');
    assert.equal(status, 501);
    assert.match(text, /"code":12/);
  });
});

test(`random bodies are answered, all of them (SEED=${SEED})`, async () => {
  let state = SEED;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const paths = [
    '/v3/kv/put',
    '/v3/kv/txn',
    '/v3/maintenance/snapshot',
    '/v3/nothing',
    '/v3beta/kv/put',
  ];
  const tokens = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"key"',
    '"Zg=="',
    '"success"',
    '"request_put"',
    'null',
    '1e9',
    '\\u',
    '"',
    ' ',
    '\u0000',
    'é',
  ];
  for (let count = 0; count < RANDOM_BODIES; count++) {
    const body = Array.from({ length: random(20) }, () => tokens[random(tokens.length)]).join('');
    const [status, text] = await ask(paths[random(paths.length)] ?? '/v3/', body);
    assert.ok(
      [200, 400, 404, 501, 503].includes(status),
      `${body}: ${status} ${text.slice(0, 100)}`,
    );
  }
});
