/** Goal: the client's side of HTTP/2. Method: Node's own server at the other end, which shares nothing with it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { constants, createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, test } from 'node:test';
import { ErrorCode } from '../frame.ts';
import type { HeaderField } from '../hpack/dynamic-table.ts';
import { ClientConnection, encodeRequestHead } from './client-connection.ts';
import type { ClientStream, ClientStreamListener } from './client-stream.ts';

const closing: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const HEAD = [':method', 'POST', ':scheme', 'http', ':path', '/a', ':authority', 'test'];
const block = encodeRequestHead(HEAD);

interface Peer {
  readonly server: Http2Server;
  readonly client: ClientConnection;
  /** Resolves with the reason. */
  readonly closed: Promise<string>;
  readonly draining: Promise<void>;
}

/** A connection to a server that does this with each call. */
async function connected(
  handle: (stream: ServerHttp2Stream, headers: Readonly<Record<string, unknown>>) => void,
  settings = {},
): Promise<Peer> {
  const server = createServer({ settings });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    handle(stream, headers);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket: Socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  const [ready, drained, gone] = [
    Promise.withResolvers<void>(),
    Promise.withResolvers<void>(),
    Promise.withResolvers<string>(),
  ];
  const client = new ClientConnection(socket, {
    ready: ready.resolve,
    draining: drained.resolve,
    closed: gone.resolve,
  });
  closing.push(() => {
    client.destroy();
    server.close();
  });
  await ready.promise;
  return { server, client, closed: gone.promise, draining: drained.promise };
}

/** What a call came to. */
class Heard implements ClientStreamListener {
  readonly fields = new Map<string, string>();
  readonly chunks: Buffer[] = [];
  readonly #closed = Promise.withResolvers<number | undefined>();
  onData: () => void = () => undefined;
  onDrain: () => void = () => undefined;

  headers(fields: readonly HeaderField[]): void {
    for (const { name, value } of fields) this.fields.set(name, value);
  }

  data(bytes: Buffer): void {
    this.chunks.push(Buffer.from(bytes));
    this.onData();
  }

  drain(): void {
    this.onDrain();
  }

  closed(code: number | undefined): void {
    this.#closed.resolve(code);
  }

  /** Resolves with the code of the end. */
  get end(): Promise<number | undefined> {
    return this.#closed.promise;
  }

  get body(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

function call(client: ClientConnection, head = block): { heard: Heard; stream: ClientStream } {
  const heard = new Heard();
  return { heard, stream: client.open(head, heard) };
}

const echo = (stream: ServerHttp2Stream): void => {
  stream.respond({ ':status': 200, 'x-answer': 'yes' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.pipe(stream);
};

test('many calls at once, each with its head, its bytes and its trailers', async () => {
  const { client } = await connected(echo);
  const calls = Array.from({ length: 200 }, (_, i) => {
    const made = call(client);
    made.stream.write(Buffer.from(`call ${i}`), true);
    return made;
  });
  for (const [i, { heard }] of calls.entries()) {
    assert.equal(await heard.end, undefined);
    assert.equal(heard.body.toString(), `call ${i}`);
    assert.deepEqual(
      [':status', 'x-answer', 'grpc-status'].map((name) => heard.fields.get(name)),
      ['200', 'yes', '0'],
    );
  }
  assert.equal(client.streamCount, 0);
});

test('megabytes go both ways, at the pace of the windows', async () => {
  const { client } = await connected(echo, { initialWindowSize: 20_000 });
  const bytes = Buffer.alloc(5_000_000, 'flow control ');
  const { heard, stream } = call(client);
  assert.equal(stream.write(bytes.subarray(0, 3_000_000)), false, 'it has to wait');
  await new Promise<void>((resolve) => (heard.onDrain = resolve));
  stream.write(bytes.subarray(3_000_000), true);
  assert.equal(await heard.end, undefined);
  assert.ok(heard.body.equals(bytes));
});

test('a paused call holds the server back, and misses nothing', async () => {
  const total = 4_000_000;
  let sent = 0;
  const { client } = await connected((stream) => {
    stream.respond({ ':status': 200 });
    const send = (): void => {
      while (sent < total) {
        sent += 10_000;
        if (!stream.write(Buffer.alloc(10_000, 1))) {
          stream.once('drain', send);
          return;
        }
      }
      stream.end();
    };
    send();
  });
  const { heard, stream } = call(client);
  heard.onData = () => stream.pause();
  stream.end();
  // The connection goes on meanwhile.
  for (let i = 0; i < 10; i++) await new Promise<void>((resolve) => client.ping(resolve));
  assert.ok(sent < total, `${sent} bytes`);
  heard.onData = () => undefined;
  stream.resume();
  assert.equal(await heard.end, undefined);
  assert.equal(heard.body.length, total);
});

test('a head that is larger than a frame', async () => {
  const { client } = await connected((stream, headers) => {
    stream.respond({ ':status': 200, length: String(String(headers['token']).length) });
    stream.end();
  });
  const { heard, stream } = call(client, encodeRequestHead([...HEAD, 'token', 't'.repeat(40_000)]));
  stream.end();
  await heard.end;
  assert.equal(heard.fields.get('length'), '40000');
});

test('a call that is given up is over at both ends, and says nothing more', async () => {
  const given = Promise.withResolvers<number>();
  const { client } = await connected((stream) => {
    stream.on('close', () => given.resolve(stream.rstCode));
    stream.respond({ ':status': 200 });
    stream.write('something');
  });
  const { heard, stream } = call(client);
  await new Promise<void>((resolve) => (heard.onData = resolve));
  heard.onData = () => assert.fail('it was given up');
  stream.reset();
  assert.equal(await given.promise, constants.NGHTTP2_CANCEL);
  assert.equal(client.streamCount, 0);
});

test('the server’s words: a reset, a call that it refuses, and that it takes no more', async () => {
  const { client, draining, closed } = await connected((stream, headers) => {
    if (headers['x-do'] === 'reset') stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    if (headers['x-do'] === 'refuse') stream.close(constants.NGHTTP2_REFUSED_STREAM);
    if (headers['x-do'] === 'go away') {
      stream.session?.goaway(constants.NGHTTP2_NO_ERROR, stream.id);
      stream.respond({ ':status': 200 });
      stream.end('last');
    }
  });
  const outcome = async (what: string): Promise<[number | undefined, string]> => {
    const { heard, stream } = call(client, encodeRequestHead([...HEAD, 'x-do', what]));
    stream.end();
    return [await heard.end, heard.body.toString()];
  };
  assert.deepEqual(await outcome('reset'), [ErrorCode.internalError, '']);
  assert.deepEqual(await outcome('refuse'), [ErrorCode.refusedStream, '']);
  assert.deepEqual(await outcome('go away'), [undefined, 'last'], 'calls under way go on');
  await draining;
  assert.equal(client.hasRoom, false);
  await closed;
});

test('the connection is lost: every call hears of it', async () => {
  const { client, closed } = await connected((stream) => stream.respond({ ':status': 200 }));
  const [one, two] = [call(client), call(client)];
  client.destroy('cut');
  assert.deepEqual(await Promise.all([one.heard.end, two.heard.end]), [undefined, undefined]);
  assert.equal(await closed, 'cut');
  assert.equal(client.streamCount, 0);
});

test('no more calls than the server allows', async () => {
  const { client } = await connected(() => undefined, { maxConcurrentStreams: 2 });
  const first = call(client);
  call(client);
  assert.equal(client.hasRoom, false);
  first.stream.reset();
  assert.equal(client.hasRoom, true);
});
