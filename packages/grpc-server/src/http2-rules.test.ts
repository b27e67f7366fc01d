/** What h2spec cannot see: windows in both directions, fairness, shutdown, and streams that linger. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { ErrorCode, Flag, FrameType, INT31_MAX, Setting, readUint32 } from './frame.ts';
import { ManualClock } from './harness/manual-clock.ts';
import { RawPeer, frame, message, requestBlock, settings, uint32 } from './harness/raw-peer.ts';
import type { ReceivedFrame } from './harness/raw-peer.ts';
import { BIDI, ECHO, HOLD, OPEN, startServer, until } from './harness/test-server.ts';
import type { TestServer } from './harness/test-server.ts';

async function open(
  context: TestContext,
  options: Parameters<typeof startServer>[1] = {},
  ...parameters: readonly number[]
): Promise<TestServer & { peer: RawPeer }> {
  const started = await startServer(context, options);
  const peer = await RawPeer.open(started.port, ...parameters);
  context.after(() => {
    peer.close();
  });
  return { ...started, peer };
}

const headers = (streamId: number, path: string, flags: number = Flag.endHeaders): Buffer =>
  frame(FrameType.headers, flags, streamId, requestBlock(path));
const windowUpdate = (streamId: number, increment: number): Buffer =>
  frame(FrameType.windowUpdate, 0, streamId, uint32(increment));
const isData = ({ type }: ReceivedFrame): boolean => type === FrameType.data;

test('an answer stops at the stream window and goes on byte by byte as it opens', async (context) => {
  const { peer } = await open(context, {}, Setting.initialWindowSize, 3);
  peer.request(1, ECHO, 'hello');
  await peer.roundTrip();
  assert.equal(peer.data(1).length, 3);
  peer.send(windowUpdate(1, 4));
  await peer.roundTrip();
  assert.equal(peer.data(1).length, 7);
  peer.send(windowUpdate(1, 100));
  await peer.trailers(1);
  assert.deepEqual(peer.data(1), message('hello'));
});

test('a window that shrinks below zero must be paid back first', async (context) => {
  const { peer } = await open(context, {}, Setting.initialWindowSize, 10);
  peer.request(1, ECHO, 'x'.repeat(95));
  await peer.roundTrip();
  assert.equal(peer.data(1).length, 10);
  peer.send(settings(Setting.initialWindowSize, 4)); // the window is now -6
  peer.send(windowUpdate(1, 6));
  await peer.roundTrip();
  assert.equal(peer.data(1).length, 10);
  peer.send(windowUpdate(1, 1));
  await peer.roundTrip();
  assert.equal(peer.data(1).length, 11);
  peer.send(settings(Setting.initialWindowSize, 1_000));
  await peer.trailers(1);
  assert.equal(peer.data(1).length, 100);
});

test('the connection window bounds all streams together and is shared by turns', async (context) => {
  const { peer } = await open(context, {}, Setting.initialWindowSize, INT31_MAX);
  const body = Buffer.alloc(100_000, 1);
  for (const streamId of [1, 3]) {
    peer.send(headers(streamId, BIDI));
    const bytes = message(body);
    for (let at = 0; at < bytes.length; at += 16_384) {
      const part = bytes.subarray(at, at + 16_384);
      peer.send(frame(FrameType.data, at + 16_384 >= bytes.length ? 1 : 0, streamId, part));
      // The server extends the stream's window when it has seen the message's length.
      if (at === 49_152)
        await peer.frame(({ type, streamId: id }) => type === 8 && id === streamId);
    }
  }
  const received = (): number => peer.data(1).length + peer.data(3).length;
  await peer.received(() => received() === 65_535);
  await peer.roundTrip();
  assert.equal(received(), 65_535);
  peer.send(windowUpdate(0, 65_536));
  await peer.received(() => received() === 131_071);
  const turns = peer.frames.filter(isData).slice(-4);
  assert.deepEqual(
    turns.map(({ streamId }) => streamId),
    turns[0]!.streamId === 1 ? [1, 3, 1, 3] : [3, 1, 3, 1],
  );
});

test('a small answer overtakes a large one that waits', async (context) => {
  const { peer, held } = await open(context, {}, Setting.initialWindowSize, INT31_MAX);
  peer.send(windowUpdate(0, 0x7000_0000));
  peer.request(1, HOLD);
  peer.request(3, HOLD);
  await until(() => held.length === 2);
  held[0]!.respond(Buffer.alloc(30_000_000));
  held[1]!.respond(Buffer.from('small'));
  await peer.trailers(1);
  const ends = peer.frames.filter(
    ({ type, flags }) => type === FrameType.headers && (flags & 1) === 1,
  );
  assert.deepEqual(
    ends.map(({ streamId }) => streamId),
    [3, 1],
  );
  assert.equal(peer.data(1).length, 30_000_005);
});

test('write says when to wait, and drain when to go on', async (context) => {
  const limits = { streamHighWaterBytes: 1_000 };
  const { peer, streams } = await open(context, { limits }, Setting.initialWindowSize, 100);
  peer.send(headers(1, OPEN));
  await until(() => streams.length === 1);
  const { call, heard } = streams[0]!;
  assert.equal(call.write(Buffer.alloc(95)), true);
  assert.equal(call.pendingBytes, 0);
  assert.equal(call.write(Buffer.alloc(900)), true);
  assert.equal(call.write(Buffer.alloc(900)), false);
  assert.equal(call.pendingBytes, 1_810);
  peer.send(windowUpdate(1, 1_000));
  await peer.roundTrip();
  assert.deepEqual(heard, []);
  peer.send(windowUpdate(1, 400));
  await peer.roundTrip();
  assert.deepEqual(heard, ['drain']);
});

test('messages of one turn and one stream share a DATA frame', async (context) => {
  const { peer, streams } = await open(context);
  peer.send(headers(1, OPEN));
  await until(() => streams.length === 1);
  for (let index = 0; index < 10; index++) streams[0]!.call.write(Buffer.from(String(index)));
  streams[0]!.call.end();
  await peer.trailers(1);
  assert.equal(peer.frames.filter(isData).length, 1);
  assert.equal(peer.data(1).length, 60);
});

test('a paused handler holds the client back by the stream window', async (context) => {
  const { peer, streams } = await open(context);
  peer.send(headers(1, OPEN));
  await until(() => streams.length === 1);
  const { call, heard } = streams[0]!;
  call.pause();
  const one = message('m'.repeat(1_019)); // 1,024 bytes with the prefix, 64 fill the window
  for (let index = 0; index < 64; index++) peer.send(frame(FrameType.data, 0, 1, one));
  await peer.roundTrip();
  assert.deepEqual(heard, []);
  assert.ok(
    !peer.frames.some(({ type, streamId }) => type === FrameType.windowUpdate && streamId === 1),
  );
  call.resume();
  assert.equal(heard.length, 64);
  await peer.frame(({ type, streamId }) => type === FrameType.windowUpdate && streamId === 1);
  call.pause();
  for (let index = 0; index < 65; index++) peer.send(frame(FrameType.data, 0, 1, one));
  assert.equal(await peer.resetCode(1), ErrorCode.flowControlError);
});

test('pausing within a message loses nothing, and the end waits for resume', async (context) => {
  const { peer, streams } = await open(context);
  peer.send(headers(1, OPEN));
  await until(() => streams.length === 1);
  const { call, heard } = streams[0]!;
  const bytes = Buffer.concat([message('one'), message('two')]);
  peer.send(frame(FrameType.data, 0, 1, bytes.subarray(0, 6)));
  await peer.roundTrip();
  call.pause();
  peer.send(frame(FrameType.data, Flag.endStream, 1, bytes.subarray(6)));
  await peer.roundTrip();
  assert.deepEqual(heard, []);
  call.resume();
  assert.deepEqual(heard, ['message one', 'message two', 'half-close']);
});

test('the window of a large message is extended by just what it needs', async (context) => {
  const { peer } = await open(context);
  const bytes = message(Buffer.alloc(1_000_000, 7));
  const send = (from: number, to: number): void => {
    for (let at = from; at < to; at += 16_384) {
      const part = bytes.subarray(at, Math.min(to, at + 16_384));
      peer.send(frame(FrameType.data, 0, 1, part));
    }
  };
  peer.send(headers(1, ECHO));
  send(0, 65_535);
  const update = await peer.frame(({ type, streamId }) => type === 8 && streamId === 1);
  assert.equal(readUint32(update.payload, 0), bytes.length - 65_536);
  send(65_535, bytes.length);
  await peer.frame(isData);
  peer.send(frame(FrameType.data, 0, 1, Buffer.alloc(1)));
  assert.equal(await peer.resetCode(1), ErrorCode.flowControlError);
});

test('a unary call whose END_STREAM comes late is answered before it and not reset', async (context) => {
  const { peer, server } = await open(context);
  peer.send(headers(1, ECHO), frame(FrameType.data, 0, 1, message('early')));
  await peer.trailers(1);
  assert.equal(server.counts.streams, 1);
  peer.send(frame(FrameType.data, Flag.endStream, 1));
  await peer.roundTrip();
  assert.equal(server.counts.streams, 0);
  assert.ok(!peer.frames.some(({ type }) => type === FrameType.resetStream));
});

test('a unary request without a message, or with half of one, fails', async (context) => {
  const { peer } = await open(context);
  peer.send(headers(1, ECHO, Flag.endHeaders | Flag.endStream));
  assert.equal((await peer.trailers(1)).fields.get('grpc-status'), '13');
  peer.send(headers(3, ECHO), frame(FrameType.data, 1, 3, message('half').subarray(0, 7)));
  const { fields } = await peer.trailers(3);
  assert.deepEqual(
    [fields.get('grpc-status'), fields.get('grpc-message')],
    ['13', 'unexpected EOF'],
  );
});

test('an oversized message is refused by its length alone, and late frames are ignored', async (context) => {
  const { peer } = await open(context);
  const prefix = Buffer.from([0, 0, 0x20, 0, 1]);
  peer.send(headers(1, ECHO), frame(FrameType.data, 0, 1, prefix));
  const { fields } = await peer.trailers(1);
  assert.equal(fields.get('grpc-status'), '8');
  assert.equal(
    fields.get('grpc-message'),
    'grpc: received message larger than max (2097153 vs. 2097152)',
  );
  assert.equal(await peer.resetCode(1), ErrorCode.noError);
  peer.send(frame(FrameType.data, 1, 1, Buffer.alloc(1_000)));
  await peer.roundTrip();
});

test('a client with a tiny header table still understands every answer', async (context) => {
  const { peer } = await open(context);
  peer.request(1, ECHO, 'a');
  await peer.trailers(1);
  peer.send(settings(Setting.headerTableSize, 0));
  for (const streamId of [3, 5]) {
    peer.request(streamId, ECHO, 'b');
    assert.equal((await peer.trailers(streamId)).fields.get('grpc-status'), '0');
  }
});

test('long error texts are cut into CONTINUATION frames', async (context) => {
  const { peer, held } = await open(context);
  peer.request(1, HOLD);
  await until(() => held.length === 1);
  held[0]!.fail(13, 'x'.repeat(20_000));
  const { payload, type } = await peer.frame(
    (received) => received.type === FrameType.continuation,
  );
  assert.equal(type, FrameType.continuation);
  assert.ok(payload.length > 3_000);
});

test('close lets calls under way finish, and takes requests that crossed the GOAWAY', async (context) => {
  const { peer, held, server } = await open(context);
  peer.request(1, HOLD);
  await until(() => held.length === 1);
  const closed = server.close(60_000);
  assert.equal((await peer.goAway()).lastStreamId, INT31_MAX);
  peer.request(3, HOLD);
  const ping = await peer.frame(({ type, flags }) => type === FrameType.ping && flags === 0);
  peer.send(frame(FrameType.ping, Flag.ack, 0, ping.payload));
  const final = await peer.frame(
    ({ type, payload }) => type === FrameType.goAway && readUint32(payload, 0) === 3,
  );
  assert.equal(readUint32(final.payload, 4), ErrorCode.noError);
  peer.request(5, HOLD);
  assert.equal(held.length, 2);
  for (const call of held) call.respond(Buffer.from('done'));
  await peer.trailers(1);
  await peer.trailers(3);
  await peer.end();
  await closed;
  assert.equal(held.length, 2);
  assert.deepEqual(server.counts, { sockets: 0, connections: 0, streams: 0, deadlines: 0 });
});

test('answers that are behind a full socket still arrive when the connection then closes', async (context) => {
  const { peer, held, server } = await open(context, {}, Setting.initialWindowSize, INT31_MAX);
  peer.send(windowUpdate(0, 0x7000_0000));
  peer.request(1, HOLD);
  peer.request(3, HOLD);
  await until(() => held.length === 2);
  peer.socket.pause();
  held[0]!.respond(Buffer.alloc(20_000_000, 1));
  const closed = server.close(60_000);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  held[1]!.respond(Buffer.from('last'));
  peer.socket.resume();
  const ping = await peer.frame(({ type, flags }) => type === FrameType.ping && flags === 0);
  peer.send(frame(FrameType.ping, Flag.ack, 0, ping.payload));
  await peer.end();
  await closed;
  assert.equal(peer.data(1).length, 20_000_005);
  assert.deepEqual(peer.data(3), message('last'));
  const ends = peer.frames.filter(({ type, flags }) => type === 1 && (flags & 1) !== 0);
  assert.deepEqual(
    ends.map(({ streamId, fields }) => [streamId, fields.get('grpc-status')]),
    [
      [3, '0'],
      [1, '0'],
    ],
  );
});

test('a deadline that passes while an answer waits ends it with an error, not with half of it', async (context) => {
  const clock = new ManualClock();
  const { peer, held, streams } = await open(context, { clock }, Setting.initialWindowSize, 10);
  const block = (path: string): Uint8Array => requestBlock(path, 'grpc-timeout', '1S');
  peer.send(frame(FrameType.headers, Flag.endHeaders, 1, block(HOLD)));
  peer.send(frame(FrameType.data, Flag.endStream, 1, message('')));
  peer.send(frame(FrameType.headers, Flag.endHeaders, 3, block(OPEN)));
  await until(() => held.length === 1 && streams.length === 1);
  held[0]!.respond(Buffer.alloc(1_000));
  const { call, heard } = streams[0]!;
  call.write(Buffer.alloc(5));
  call.write(Buffer.alloc(1_000));
  call.end();
  await peer.received(() => peer.data(1).length === 10 && peer.data(3).length === 10);
  clock.advance(1_020);
  for (const streamId of [1, 3]) {
    assert.equal((await peer.trailers(streamId)).fields.get('grpc-status'), '4');
    assert.equal(peer.data(streamId).length, 10);
  }
  assert.deepEqual(heard, ['closed deadline']);
});

test('what a client sends after the server ended its stream is not delivered', async (context) => {
  const { peer, streams } = await open(context, {}, Setting.initialWindowSize, 0);
  peer.send(headers(1, OPEN));
  await until(() => streams.length === 1);
  const { call, heard } = streams[0]!;
  call.write(Buffer.from('waits for a window'));
  call.end();
  peer.send(frame(FrameType.data, 0, 1, message('late')));
  peer.send(frame(FrameType.data, 0, 1, Buffer.from([0, 0xff, 0xff, 0xff, 0xff])));
  peer.send(frame(FrameType.data, Flag.endStream, 1, message('later')));
  await peer.roundTrip();
  assert.deepEqual(heard, []);
  peer.send(windowUpdate(1, 100));
  assert.equal((await peer.trailers(1)).fields.get('grpc-status'), '0');
  assert.deepEqual(peer.data(1), message('waits for a window'));
  assert.deepEqual(heard, ['closed finished']);
});

test('close cuts what is not done in time, and leaves no timer', async (context) => {
  const clock = new ManualClock();
  const { peer, streams, server } = await open(context, { clock });
  peer.send(headers(1, OPEN));
  await until(() => streams.length === 1);
  const closed = server.close(5_000);
  clock.advance(5_000);
  await closed;
  assert.deepEqual(streams[0]!.heard, ['closed connection-lost']);
  assert.equal(clock.timers, 0);
  await peer.end();
});

test('closing again with less patience cuts, and both wait for the end', async (context) => {
  const { peer, streams, server } = await open(context);
  peer.send(headers(1, OPEN));
  await until(() => streams.length === 1);
  await Promise.all([server.close(600_000), server.close(0)]);
  assert.deepEqual(streams[0]!.heard, ['closed connection-lost']);
  assert.equal(server.counts.sockets, 0);
});

test('early pings earn GOAWAY with too_many_pings', async (context) => {
  const { peer } = await open(context);
  for (let index = 0; index < 4; index++) peer.send(frame(FrameType.ping, 0, 0, Buffer.alloc(8)));
  const { code, debug } = await peer.goAway();
  assert.equal(code, ErrorCode.enhanceYourCalm);
  assert.equal(debug, 'too_many_pings');
  await peer.end();
});

test('a silent client is pinged and, when it stays silent, cut', async (context) => {
  const clock = new ManualClock();
  const keepalive = { intervalMs: 60_000, timeoutMs: 20_000 };
  const { peer, server } = await open(context, { clock, keepalive });
  await peer.roundTrip();
  for (let seconds = 0; seconds < 60; seconds++) clock.advance(1_000);
  const ping = await peer.frame(({ type, flags }) => type === FrameType.ping && flags === 0);
  peer.send(frame(FrameType.ping, Flag.ack, 0, ping.payload));
  await peer.roundTrip();
  for (let seconds = 0; seconds < 59; seconds++) clock.advance(1_000);
  assert.equal(server.counts.connections, 1);
  for (let seconds = 0; seconds < 21; seconds++) clock.advance(1_000);
  await peer.end();
  assert.equal(server.counts.connections, 0);
});
