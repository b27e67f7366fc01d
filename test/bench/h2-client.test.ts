/**
 * Goal: the load generator's HTTP/2 is understood by, and understands, an implementation that is not
 * ours. Method: Node's own HTTP/2 server (nghttp2: Huffman coding, dynamic table, flow control) answers.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http2';
import type { Http2Server, ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { H2Client } from './h2-client.ts';
import { MessageAssembler } from './message-assembler.ts';

async function withServer(
  onStream: (stream: ServerHttp2Stream, path: string) => void,
  body: (client: H2Client, server: Http2Server) => Promise<void>,
): Promise<void> {
  const server = createServer();
  server.on('stream', (stream, headers) => onStream(stream, String(headers[':path'])));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = await H2Client.connect('127.0.0.1', (server.address() as AddressInfo).port);
  try {
    await body(client, server);
  } finally {
    client.close();
    server.close();
  }
}

/** Sends all that comes straight back, as a gRPC answer with these trailers. */
function echo(stream: ServerHttp2Stream, trailers: Record<string, string>): void {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.pipe(stream);
}

test('a thousand calls at once on one connection each get their own answer', async () => {
  const paths = new Set<string>();
  await withServer(
    (stream, path) => {
      paths.add(path);
      echo(stream, { 'grpc-status': '0', 'grpc-message': '' });
    },
    async (client) => {
      const calls = Array.from({ length: 1_000 }, async (_, at) => {
        const sent = Buffer.from(`message ${at} ${'x'.repeat(at)}`);
        assert.deepEqual(await client.request(`/service/Method${at % 3}`, sent), sent);
      });
      await Promise.all(calls);
    },
  );
  assert.deepEqual([...paths].sort(), ['/service/Method0', '/service/Method1', '/service/Method2']);
});

test('messages larger than a frame wait for the window and arrive whole', async () => {
  await withServer(
    (stream) => echo(stream, { 'grpc-status': '0' }),
    async (client) => {
      const sent = Buffer.alloc(60_000, 'abcdefg');
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => client.request('/service/Large', sent)),
      );
      for (const answer of answers) assert.deepEqual(answer, sent);
    },
  );
});

test('a failed call is rejected with its status and text', async () => {
  await withServer(
    (stream) => {
      stream.respond(
        {
          ':status': 200,
          'grpc-status': '11',
          'grpc-message': 'etcdserver: mvcc: required revision',
        },
        { endStream: true },
      );
    },
    async (client) => {
      const failed = client.request('/service/Method', Buffer.alloc(3));
      await assert.rejects(failed, /status 11: etcdserver: mvcc: required revision/);
    },
  );
});

test('calls under way end as unavailable when the connection is lost', async () => {
  await withServer(
    (stream) => stream.session?.destroy(),
    async (client) => {
      await assert.rejects(client.request('/service/Method', Buffer.alloc(3)), /status 14/);
    },
  );
});

test('messages of a stream are put together however the bytes are cut', () => {
  const sent = ['', 'a', 'bc'.repeat(300), 'd'].map((text) => Buffer.from(text));
  const bytes = Buffer.concat(
    sent.map((message) => {
      const prefixed = Buffer.alloc(5 + message.length);
      prefixed.writeUInt32BE(message.length, 1);
      message.copy(prefixed, 5);
      return prefixed;
    }),
  );
  for (const step of [1, 2, 3, 7, 64, bytes.length]) {
    const received: Buffer[] = [];
    const assembler = new MessageAssembler((chunk, start, end) => {
      received.push(Buffer.from(chunk.subarray(start, end)));
    });
    for (let at = 0; at < bytes.length; at += step) {
      assembler.push(bytes, at, Math.min(at + step, bytes.length));
    }
    assert.deepEqual(received, sent, `cut every ${step} bytes`);
  }
});
