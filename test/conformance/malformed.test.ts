/**
 * What no proper client sends: truncated messages, methods that do not exist, frames that lie. Each is
 * answered by an error of its own, and the server goes on.
 */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import * as http2 from 'node:http2';
import { afterEach, test } from 'node:test';
import { bytes } from './harness/answers.ts';
import { onEachBackend } from './harness/each-backend.ts';
import { GrpcFrames, framed } from './harness/grpc-frames.ts';
import { failed } from './harness/outcome.ts';
import type { Failure } from './harness/outcome.ts';

const INTERNAL = 13;
const UNIMPLEMENTED = 12;
const unmarshalling = 'grpc: error unmarshalling request: ';

const malformed: readonly [string, string, readonly number[], string][] = [
  ['a truncated number', 'KV/Range', [0x18], 'unexpected EOF'],
  ['a truncated key', 'KV/Range', [0x0a, 5, 0x61], 'unexpected EOF'],
  ['a truncated put', 'KV/Put', [0x0a, 5], 'unexpected EOF'],
  ['a truncated operation', 'KV/Txn', [0x12, 2, 0x12, 5], 'unexpected EOF'],
  [
    'a length beyond the message',
    'KV/Range',
    [0x0a, 0xff, 0xff, 0xff, 0xff, 0x07],
    'unexpected EOF',
  ],
  [
    'a negative length',
    'KV/Range',
    [0x0a, ...Array<number>(9).fill(0xff), 1],
    'proto: negative length found during unmarshaling',
  ],
  [
    'a number of eleven bytes',
    'KV/Range',
    [0x18, ...Array<number>(10).fill(0xff), 1],
    'proto: integer overflow',
  ],
  ['wire type 7', 'KV/Range', [0x0f], 'proto: wrong wireType = 7 for field Key'],
  [
    'the end of a group that did not begin',
    'KV/Range',
    [0x0c],
    'proto: RangeRequest: wiretype end group for non-group',
  ],
  ['field number 0', 'KV/Range', [0x02, 0], 'proto: RangeRequest: illegal tag 0 (wire type 2)'],
  ['a number for a key', 'KV/Range', [0x08, 1], 'proto: wrong wireType = 0 for field Key'],
];

onEachBackend('malformed requests', (target) => {
  afterEach(async () => {
    assert.ok(target.server.running);
    await target.client.must('Range', { key: bytes('a') });
  });

  for (const [what, method, message, text] of malformed) {
    test(`refuses ${what}`, async () => {
      const path = `/etcdserverpb.${method}`;
      const outcome = await target.client.rawCall(path, Buffer.from(message));
      assert.ok(failed(outcome));
      // 3.7 decodes with another library, which takes a field of a wrong wire type as an unknown one.
      if (target.server.version.atLeast('3.7.0')) return;
      assert.deepEqual(outcome, { code: INTERNAL, message: unmarshalling + text });
    });
  }

  test('skips fields it does not know, of every wire type', async () => {
    const key = [0x0a, 1, 0x61];
    const unknown = [
      [0xa0, 0x06, 1],
      [0xa1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8],
      [0xa2, 0x06, 2, 1, 2],
      [0xa5, 0x06, 1, 2, 3, 4],
    ];
    const message = Buffer.from([...unknown.flat(), ...key]);
    assert.ok('response' in (await target.client.rawCall('/etcdserverpb.KV/Range', message)));
  });

  test('takes the last of a field given twice', async () => {
    const twice = Buffer.from([0x0a, 0, 0x0a, 1, 0x61]);
    assert.ok('response' in (await target.client.rawCall('/etcdserverpb.KV/Range', twice)));
  });

  const missing: readonly [string, string][] = [
    ['/etcdserverpb.KV/Nothing', 'unknown method Nothing for service etcdserverpb.KV'],
    ['/etcdserverpb.KV/range', 'unknown method range for service etcdserverpb.KV'],
    ['/etcdserverpb.Nothing/Range', 'unknown service etcdserverpb.Nothing'],
  ];
  for (const [path, message] of missing) {
    test(`does not implement ${path}`, async () => {
      const outcome = await target.client.rawCall(path, Buffer.alloc(0));
      assert.deepEqual(outcome, { code: UNIMPLEMENTED, message });
    });
  }

  test('does not implement a path without a service', async () => {
    const outcome = await target.client.rawCall('/nothing', Buffer.alloc(0));
    const code = target.changed({
      since: '3.5.0',
      now: UNIMPLEMENTED,
      then: 8,
      because: 'its gRPC library took another code',
    });
    assert.deepEqual(outcome, { code, message: 'malformed method name: "/nothing"' });
  });

  for (const [method, field] of [
    ['Watch', 'CreateRequest'],
    ['LeaseKeepAlive', 'ID'],
  ] as const) {
    test(`a malformed message ends the ${method} stream with an error`, async () => {
      const call = target.client.openStream(method);
      // 3.7's library puts a no-break space into its texts at random, so that nobody relies on them.
      const ended = new Promise<Failure>((resolve) =>
        call.on('status', ({ code, details }) =>
          resolve({ code, message: details.replace('\u00a0', ' ') }),
        ),
      );
      call.on('error', () => undefined);
      call.write(Buffer.from([0x0f]));
      const words = target.changed({
        since: '3.6.0',
        now: 'grpc: failed to unmarshal the received message: ',
        then: 'grpc: failed to unmarshal the received message ',
        because: 'its gRPC library found its colon',
      });
      const text = target.changed({
        since: '3.7.0',
        now: 'proto: cannot parse invalid wire-format data',
        then: `proto: wrong wireType = 7 for field ${field}`,
        because: 'it decodes with another library',
      });
      assert.deepEqual(await ended, { code: INTERNAL, message: words + text });
    });
  }

  const range = framed(Buffer.from([0x0a, 1, 0x61]));
  /** The last column is what 3.4 answers where that differs. */
  const statuses: readonly [string, Record<string, string>, Buffer, string[], string[]?][] = [
    ['a proper call', {}, range, ['0']],
    ['a call of content type +proto', { 'content-type': 'application/grpc+proto' }, range, ['0']],
    ['a call without te', { te: '' }, range, ['0']],
    ['a call without a message', {}, Buffer.alloc(0), ['2', '13']],
    ['a call cut in its message', {}, range.subarray(0, 6), ['2', '13']],
    ['a call cut in its prefix', {}, range.subarray(0, 3), ['2', '13']],
    ['a flag that means nothing', {}, framed(Buffer.from([0x0a, 1, 0x61]), 2), ['13']],
    ['a compressed message without an encoding', {}, framed(Buffer.alloc(3), 1), ['13']],
    ['an unknown encoding', { 'grpc-encoding': 'snappy' }, framed(Buffer.alloc(3), 1), ['12']],
    ['a timeout that is over', { 'grpc-timeout': '0n' }, range, ['4'], ['2', '4']],
    ['a timeout that is none', { 'grpc-timeout': 'abc' }, range, ['13'], ['reset 1', 'reset 0']],
  ];
  for (const [what, headers, body, now, then = now] of statuses) {
    test(`${what} ends with status ${now.join(' or ')}`, async () => {
      const because = 'its gRPC library told it so';
      const expected = target.changed({ since: '3.5.0', now, then, because });
      using frames = new GrpcFrames(target.server.endpoint);
      const answer = await frames.send('/etcdserverpb.KV/Range', headers, body);
      assert.ok(expected.includes(answer.status), `${answer.status} ${answer.message}`);
    });
  }

  test('GET on a method is refused', async (t) => {
    const skip = target.changed({
      since: '3.5.0',
      now: '',
      then: '3.4 never answers',
      because: 'its gRPC library does not look at the method',
    });
    if (skip !== '') return t.skip(skip);
    using frames = new GrpcFrames(target.server.endpoint);
    const answer = await frames.send('/etcdserverpb.KV/Range', { ':method': 'GET' });
    assert.notEqual(answer.status, '0');
  });

  for (const [what, garbage] of [
    ['bytes that are no protocol', Buffer.alloc(64, 0xfe)],
    [
      'a preface and garbage',
      Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'.padEnd(200, '\xff'), 'latin1'),
    ],
    ['half a preface', Buffer.from('PRI * HTTP/2.0\r\n\r\n')],
  ] as const) {
    test(`${what} cost only their connection`, async () => {
      const socket = connect(target.server.clientPort, '127.0.0.1');
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      socket.on('error', () => undefined);
      socket.resume();
      socket.end(garbage);
      await closed;
    });
  }

  test('a client that disappears in the middle of its streams is forgotten', async () => {
    const session = http2.connect(`http://${target.server.endpoint}`);
    session.on('error', () => undefined);
    const headers = {
      ':method': 'POST',
      ':path': '/etcdserverpb.Watch/Watch',
      'content-type': 'application/grpc',
      te: 'trailers',
    };
    const created = Array.from({ length: 10 }, () => {
      const stream = session.request(headers);
      stream.on('error', () => undefined);
      // WatchRequest.create_request { key: "a" }
      stream.write(framed(Buffer.from([0x0a, 3, 0x0a, 1, 0x61])));
      return new Promise((resolve) => stream.once('data', resolve));
    });
    await Promise.all(created);
    session.destroy();
    for (let i = 0; i < 10; i++) await target.client.must('Put', { key: bytes('a') });
  });
});
