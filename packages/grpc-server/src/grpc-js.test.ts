/** An independent client, grpc-js, drives every kind of call and every kind of outcome. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';

import { Metadata, compressionAlgorithms, status } from '@grpc/grpc-js';
import type { Client, ServiceError, StatusObject, requestCallback } from '@grpc/grpc-js';

import {
  BIDI,
  ECHO,
  HOLD,
  OPEN,
  connectClient,
  raw,
  startServer,
  until,
} from './harness/test-server.ts';

type Result = { readonly bytes: Buffer } | { readonly error: ServiceError };

function unary(
  client: Client,
  path: string,
  request: Buffer,
  metadata = new Metadata(),
  options = {},
): Promise<Result> {
  return new Promise((resolve) => {
    const done: requestCallback<Buffer> = (error, bytes) => {
      resolve(error === null ? { bytes: bytes! } : { error });
    };
    client.makeUnaryRequest(path, raw, raw, request, metadata, options, done);
  });
}

async function succeed(...call: Parameters<typeof unary>): Promise<Buffer> {
  const result = await unary(...call);
  assert.ok('bytes' in result, 'error' in result ? result.error.message : '');
  return result.bytes;
}

async function fail(...call: Parameters<typeof unary>): Promise<ServiceError> {
  const result = await unary(...call);
  assert.ok('error' in result, 'the call succeeded');
  return result.error;
}

test('unary calls of all sizes come back as they were sent', async (context) => {
  const { port } = await startServer(context);
  const client = connectClient(context, port);
  for (const bytes of [0, 1, 100, 16_379, 16_380, 65_536, 200_000, 2_097_152]) {
    const request = Buffer.alloc(bytes, `${String(bytes)} `);
    assert.ok((await succeed(client, ECHO, request)).equals(request), String(bytes));
  }
});

test('two thousand calls at once wait for their turn instead of failing', async (context) => {
  const { port, server } = await startServer(context);
  const client = connectClient(context, port);
  const calls = Array.from({ length: 2_000 }, (_, index) =>
    succeed(client, ECHO, Buffer.from(String(index))),
  );
  const answers = await Promise.all(calls);
  assert.ok(answers.every((bytes, index) => bytes.toString() === String(index)));
  assert.equal(server.counts.streams, 0);
});

test('large messages of many streams at once all arrive', async (context) => {
  const { port } = await startServer(context, { limits: { largeMessageBytesMax: 4_000_000 } });
  const client = connectClient(context, port);
  const request = Buffer.alloc(1_500_000, 'large');
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => succeed(client, ECHO, request)),
  );
  assert.ok(answers.every((bytes) => bytes.equals(request)));
});

test('a message above the limit fails with the text of gRPC', async (context) => {
  const { port } = await startServer(context, { limits: { messageBytesMax: 1_000 } });
  const client = connectClient(context, port);
  const error = await fail(client, ECHO, Buffer.alloc(1_001));
  assert.equal(error.code, status.RESOURCE_EXHAUSTED);
  assert.equal(error.details, 'grpc: received message larger than max (1001 vs. 1000)');
  assert.equal((await succeed(client, ECHO, Buffer.alloc(1_000))).length, 1_000);
});

test('errors carry code, text of any language, and trailing metadata', async (context) => {
  const { port } = await startServer(
    context,
    {},
    {
      '/test.Echo/Fail': {
        kind: 'unary',
        handle: (_request, call) => {
          call.fail(5, 'nicht da: 100 % 漢字\n', ['x-reason', 'gone', 'x-raw-bin', 'AQID']);
        },
      },
    },
  );
  const error = await fail(connectClient(context, port), '/test.Echo/Fail', Buffer.alloc(0));
  assert.equal(error.code, status.NOT_FOUND);
  assert.equal(error.details, 'nicht da: 100 % 漢字\n');
  assert.deepEqual(error.metadata.get('x-reason'), ['gone']);
  assert.deepEqual(error.metadata.get('x-raw-bin'), [Buffer.from([1, 2, 3])]);
});

test('unknown services and methods are told apart', async (context) => {
  const { port } = await startServer(context);
  const client = connectClient(context, port);
  const service = await fail(client, '/no.Such/Method', Buffer.alloc(0));
  assert.equal(service.code, status.UNIMPLEMENTED);
  assert.equal(service.details, 'unknown service no.Such');
  const method = await fail(client, '/test.Echo/Nothing', Buffer.alloc(0));
  assert.equal(method.details, 'unknown method Nothing for service test.Echo');
});

test('metadata arrives, Huffman-coded and binary values included', async (context) => {
  const { port, held } = await startServer(context);
  const client = connectClient(context, port);
  const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
  const text = `<${printable.join('')}>`;
  const metadata = new Metadata();
  metadata.set('x-text', text);
  metadata.set('x-raw-bin', Buffer.from([0, 255, 10]));
  const answer = succeed(client, HOLD, Buffer.alloc(0), metadata);
  await until(() => held.length === 1);
  const call = held[0]!;
  assert.equal(call.path, HOLD);
  assert.equal(call.metadata.get('x-text'), text);
  assert.deepEqual(call.metadata.getBinary('x-raw-bin'), Uint8Array.of(0, 255, 10));
  assert.match(call.peer, /^127\.0\.0\.1:\d+$/);
  call.respond(Buffer.from('later'));
  call.respond(Buffer.from('twice does nothing'));
  assert.equal((await answer).toString(), 'later');
});

test('a deadline ends the call on both sides, and is known to the handler', async (context) => {
  const { port, held, server } = await startServer(context);
  const client = connectClient(context, port);
  const failed = fail(client, HOLD, Buffer.alloc(0), new Metadata(), {
    deadline: Date.now() + 100,
  });
  await until(() => held.length === 1);
  const call = held[0]!;
  assert.ok(call.deadline! > performance.now() && call.deadline! < performance.now() + 101);
  const reason = new Promise((resolve) => {
    call.onCancel = resolve;
  });
  assert.equal((await failed).code, status.DEADLINE_EXCEEDED);
  // Which side is first is a matter of chance: the client's reset counts as cancelled.
  assert.match(String(await reason), /^(deadline|cancelled)$/);
  assert.equal(call.cancelled, true);
  call.respond(Buffer.from('too late'));
  await until(() => server.counts.streams === 0 && server.counts.deadlines === 0);
});

test('a cancelled call tells its handler once', async (context) => {
  const { port, held, server } = await startServer(context);
  const client = connectClient(context, port);
  const call = client.makeUnaryRequest(HOLD, raw, raw, Buffer.alloc(0), () => undefined);
  await until(() => held.length === 1);
  const reasons: string[] = [];
  held[0]!.onCancel = (reason) => reasons.push(reason);
  call.cancel();
  await until(() => server.counts.streams === 0);
  assert.deepEqual(reasons, ['cancelled']);
  assert.equal(held[0]!.cancelled, true);
});

test('a lost connection tells the handlers of all its calls', async (context) => {
  const { port, held, streams, server } = await startServer(context);
  const client = connectClient(context, port);
  client.makeUnaryRequest(HOLD, raw, raw, Buffer.alloc(0), () => undefined);
  client.makeBidiStreamRequest(OPEN, raw, raw).on('error', () => undefined);
  await until(() => held.length === 1 && streams.length === 1);
  const reasons: string[] = [];
  held[0]!.onCancel = (reason) => reasons.push(reason);
  await server.close(0);
  assert.deepEqual(reasons, ['connection-lost']);
  assert.deepEqual(streams[0]!.heard, ['closed connection-lost']);
});

test('gzip requests are read, also as streams', async (context) => {
  const { port } = await startServer(context);
  const client = connectClient(context, port, undefined, {
    'grpc.default_compression_algorithm': compressionAlgorithms.gzip,
  });
  const request = Buffer.alloc(500_000, 'compress me ');
  assert.ok((await succeed(client, ECHO, request)).equals(request));
  const stream = client.makeBidiStreamRequest(BIDI, raw, raw);
  stream.end(request);
  const [answer] = (await once(stream, 'data')) as [Buffer];
  assert.ok(answer.equals(request));
});

test('a gzip bomb is stopped at the message limit', async (context) => {
  const { port } = await startServer(context);
  const client = connectClient(context, port, undefined, {
    'grpc.default_compression_algorithm': compressionAlgorithms.gzip,
  });
  const error = await fail(client, ECHO, Buffer.alloc(100_000_000));
  assert.equal(error.code, status.RESOURCE_EXHAUSTED);
  assert.equal(error.details, 'grpc: received message after decompression larger than max 2097152');
});

test('an unknown encoding is refused and told the known ones', async (context) => {
  const { port } = await startServer(context);
  const client = connectClient(context, port, undefined, {
    'grpc.default_compression_algorithm': compressionAlgorithms.deflate,
  });
  const error = await fail(client, ECHO, Buffer.alloc(100_000));
  assert.equal(error.code, status.UNIMPLEMENTED);
  assert.deepEqual(error.metadata.get('grpc-accept-encoding'), ['identity,gzip']);
});

test('a client stream is one answer for many messages', async (context) => {
  const { port } = await startServer(
    context,
    {},
    {
      '/test.Echo/Sum': {
        kind: 'stream',
        open: (call) => {
          let sum = 0;
          return {
            message: (bytes) => {
              sum += bytes.length;
            },
            halfClose: () => {
              call.write(Buffer.from(String(sum)));
              call.end();
            },
            closed: () => undefined,
          };
        },
      },
    },
  );
  const client = connectClient(context, port);
  const sum = await new Promise<string>((resolve, reject) => {
    const stream = client.makeClientStreamRequest('/test.Echo/Sum', raw, raw, (error, bytes) => {
      if (error === null) resolve(bytes!.toString());
      else reject(error);
    });
    for (let index = 0; index < 1_000; index++) stream.write(Buffer.alloc(index));
    stream.end();
  });
  assert.equal(sum, '499500');
});

test('a server stream delivers everything in order, with headers of its own', async (context) => {
  const { port, streams } = await startServer(context);
  const client = connectClient(context, port);
  const stream = client.makeServerStreamRequest(OPEN, raw, raw, Buffer.from('go'));
  await until(() => streams[0]?.heard.length === 2);
  const { call, heard } = streams[0]!;
  assert.deepEqual(heard, ['message go', 'half-close']);
  call.sendHeaders(['x-early', 'yes']);
  const [headers] = (await once(stream, 'metadata')) as [Metadata];
  assert.deepEqual(headers.get('x-early'), ['yes']);
  const received: string[] = [];
  stream.on('data', (bytes: Buffer) => received.push(bytes.toString()));
  for (let index = 0; index < 5_000; index++) call.write(Buffer.from(String(index)));
  call.end();
  assert.equal(call.write(Buffer.from('behind the end')), true);
  const [ended] = (await once(stream, 'status')) as [StatusObject];
  assert.equal(ended.code, status.OK);
  assert.deepEqual(
    received,
    Array.from({ length: 5_000 }, (_, index) => String(index)),
  );
  assert.deepEqual(heard.at(-1), 'closed finished');
});

test('both directions flow at once under backpressure', async (context) => {
  const { port, server } = await startServer(context);
  const stream = connectClient(context, port).makeBidiStreamRequest(BIDI, raw, raw);
  let received = 0;
  stream.on('data', (bytes: Buffer) => {
    received += bytes.length;
  });
  for (let index = 0; index < 2_000; index++) {
    if (!stream.write(Buffer.alloc(10_000, index))) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'end');
  assert.equal(received, 20_000_000);
  await until(() => server.counts.streams === 0);
});

test('a stream can fail behind its messages', async (context) => {
  const { port, streams } = await startServer(context);
  const stream = connectClient(context, port).makeBidiStreamRequest(OPEN, raw, raw);
  const received: string[] = [];
  stream.on('data', (bytes: Buffer) => received.push(bytes.toString()));
  stream.on('error', () => undefined);
  const outcome = new Promise<StatusObject>((resolve) => stream.once('status', resolve));
  await until(() => streams.length === 1);
  streams[0]!.call.write(Buffer.from('one'));
  streams[0]!.call.fail(11, 'etcdserver: mvcc: required revision has been compacted');
  const ended = await outcome;
  assert.deepEqual(received, ['one']);
  assert.equal(ended.code, status.OUT_OF_RANGE);
  assert.equal(ended.details, 'etcdserver: mvcc: required revision has been compacted');
  assert.deepEqual(streams[0]!.heard, ['closed finished']);
});

test('a handler that throws fails its call and is heard of', async (context) => {
  const heard: string[] = [];
  const { port } = await startServer(
    context,
    { onHandlerError: (error, path) => heard.push(`${path} ${String(error)}`) },
    {
      '/test.Echo/Throw': {
        kind: 'unary',
        handle: () => {
          throw new Error('broken');
        },
      },
    },
  );
  const client = connectClient(context, port);
  const error = await fail(client, '/test.Echo/Throw', Buffer.alloc(0));
  assert.equal(error.code, status.INTERNAL);
  assert.equal(error.details, 'internal error');
  assert.deepEqual(heard, ['/test.Echo/Throw Error: broken']);
  await succeed(client, ECHO, Buffer.alloc(1));
});
