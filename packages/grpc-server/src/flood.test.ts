/**
 * The flood catalogue over raw sockets, one test for each limit: what is just permitted passes, one more
 * ends the connection with ENHANCE_YOUR_CALM and the limit's name, and the server serves others on.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

import { ErrorCode, Flag, FrameType } from './frame.ts';
import { encodeFields, encodeIndexedField } from './hpack/encoder.ts';
import { ManualClock } from './harness/manual-clock.ts';
import { RawPeer, frame, message, requestBlock, settings, uint32 } from './harness/raw-peer.ts';
import { ECHO, HOLD, OPEN, startServer, until } from './harness/test-server.ts';
import type { TestServer } from './harness/test-server.ts';

const LIMITS = {
  resets: { burst: 20, perSecond: 5 },
  pings: { burst: 20, perSecond: 5 },
  settings: { burst: 20, perSecond: 5 },
  windowUpdates: { burst: 20, perSecond: 5 },
  priorities: { burst: 20, perSecond: 5 },
  emptyData: { burst: 20, perSecond: 5 },
};

interface Attack extends TestServer {
  readonly peer: RawPeer;
  readonly clock: ManualClock;
}

async function attack(context: TestContext): Promise<Attack> {
  const clock = new ManualClock();
  const keepalive = { minTimeMs: 0, permitWithoutStream: true };
  const started = await startServer(context, { clock, limits: LIMITS, keepalive });
  const peer = await RawPeer.open(started.port);
  context.after(() => {
    peer.close();
  });
  await peer.frame(({ type, flags }) => type === FrameType.settings && flags === Flag.ack);
  return { ...started, peer, clock };
}

async function assertCalm({ peer, port }: Attack, limit: string): Promise<void> {
  const { code, debug } = await peer.goAway();
  assert.equal(code, ErrorCode.enhanceYourCalm);
  assert.equal(debug, limit);
  await peer.end();
  const other = await RawPeer.open(port);
  other.request(1, ECHO, 'still here');
  assert.equal((await other.trailers(1)).fields.get('grpc-status'), '0');
  other.close();
}

/** Sends `frames` so that all of them are handled before it resolves. */
async function sendAll(peer: RawPeer, frames: readonly Buffer[]): Promise<void> {
  peer.send(...frames);
  await peer.roundTrip();
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const open = (streamId: number, path = HOLD): Buffer =>
  frame(FrameType.headers, Flag.endHeaders, streamId, requestBlock(path));
const cancel = (streamId: number): Buffer =>
  frame(FrameType.resetStream, 0, streamId, uint32(ErrorCode.cancel));

test('rapid reset: streams that are opened and cancelled at once', async (context) => {
  const attacked = await attack(context);
  const { peer, clock } = attacked;
  const rapid = (index: number): Buffer =>
    Buffer.concat([open(2 * index + 1), cancel(2 * index + 1)]);
  await sendAll(peer, times(20, rapid));
  clock.advance(1_000);
  await sendAll(
    peer,
    times(4, (index) => rapid(20 + index)),
  );
  peer.send(...times(2, (index) => rapid(24 + index)));
  await assertCalm(attacked, 'too_many_resets');
});

test('cancelling old streams is not rapid', async (context) => {
  const { peer, clock, server } = await attack(context);
  await sendAll(
    peer,
    times(100, (index) => open(2 * index + 1)),
  );
  assert.equal(server.counts.streams, 100);
  clock.advance(1_000);
  await sendAll(
    peer,
    times(100, (index) => cancel(2 * index + 1)),
  );
  assert.equal(server.counts.streams, 0);
});

test('induced reset: frames that make the server reset streams itself', async (context) => {
  const attacked = await attack(context);
  const induce = (index: number): Buffer =>
    Buffer.concat([
      open(2 * index + 1),
      frame(FrameType.windowUpdate, 0, 2 * index + 1, uint32(0)),
    ]);
  attacked.peer.send(...times(21, induce));
  await assertCalm(attacked, 'too_many_resets');
});

test('too many streams at once are refused, and refusals count as resets', async (context) => {
  const attacked = await startServer(context, {
    limits: { ...LIMITS, concurrentStreamsMax: 3 },
  });
  const peer = await RawPeer.open(attacked.port);
  context.after(() => {
    peer.close();
  });
  peer.send(...times(4, (index) => open(2 * index + 1)));
  assert.equal(await peer.resetCode(7), ErrorCode.refusedStream);
  peer.send(...times(20, (index) => open(2 * index + 9)));
  assert.equal((await peer.goAway()).debug, 'too_many_resets');
});

test('PING flood', async (context) => {
  const attacked = await attack(context);
  attacked.peer.send(...times(21, () => frame(FrameType.ping, 0, 0, Buffer.alloc(8))));
  await assertCalm(attacked, 'too_many_pings');
});

test('a ping for each answer is not a flood', async (context) => {
  const { peer } = await attack(context);
  for (let index = 0; index < 60; index++) {
    peer.request(2 * index + 1, ECHO, 'x');
    await peer.trailers(2 * index + 1);
    await peer.roundTrip();
  }
});

test('SETTINGS flood', async (context) => {
  const attacked = await attack(context);
  attacked.peer.send(...times(20, () => settings()));
  await assertCalm(attacked, 'too_many_settings');
});

test('WINDOW_UPDATE flood', async (context) => {
  const attacked = await attack(context);
  attacked.peer.send(...times(30, () => frame(FrameType.windowUpdate, 0, 0, uint32(1))));
  await assertCalm(attacked, 'too_many_window_updates');
});

test('two WINDOW_UPDATEs for each answer are not a flood', async (context) => {
  const { peer } = await attack(context);
  for (let index = 0; index < 60; index++) {
    peer.request(2 * index + 1, ECHO, 'x');
    await peer.trailers(2 * index + 1);
    const update = frame(FrameType.windowUpdate, 0, 0, uint32(6));
    peer.send(update, update);
  }
  await peer.roundTrip();
});

test('PRIORITY flood', async (context) => {
  const attacked = await attack(context);
  attacked.peer.send(...times(21, () => frame(FrameType.priority, 0, 1, Buffer.alloc(5))));
  await assertCalm(attacked, 'too_many_priorities');
});

test('flood of frames of unknown type', async (context) => {
  const attacked = await attack(context);
  attacked.peer.send(...times(21, () => frame(0x77, 0, 1, Buffer.alloc(5))));
  await assertCalm(attacked, 'too_many_priorities');
});

test('flood of empty DATA, with and without padding', async (context) => {
  for (const empty of [
    frame(FrameType.data, 0, 1),
    frame(FrameType.data, Flag.padded, 1, Buffer.from([3, 0, 0, 0])),
  ]) {
    const attacked = await attack(context);
    attacked.peer.send(open(1), ...times(21, () => empty));
    await assertCalm(attacked, 'too_many_empty_data');
  }
});

test('CONTINUATION flood, of empty frames and of bytes', async (context) => {
  const many = await attack(context);
  many.peer.send(
    frame(FrameType.headers, 0, 1, requestBlock(ECHO)),
    ...times(9, () => frame(FrameType.continuation, 0, 1)),
  );
  await assertCalm(many, 'too_many_continuations');
  const large = await attack(context);
  const part = encodeFields(['x-filler', 'f'.repeat(10_000)]);
  large.peer.send(
    frame(FrameType.headers, 0, 1, requestBlock(ECHO)),
    ...times(2, () => frame(FrameType.continuation, 0, 1, part)),
  );
  await assertCalm(large, 'header_block_too_large');
});

test('a header bomb out of table references is refused with 431, and the connection goes on', async (context) => {
  const { peer } = await attack(context);
  const bomb = Buffer.concat([
    requestBlock(ECHO),
    encodeIndexedField('x-bomb', 'b'.repeat(3_900)),
    Buffer.alloc(8_000, 0xbe),
  ]);
  peer.send(frame(FrameType.headers, Flag.endHeaders | Flag.endStream, 1, bomb));
  assert.equal((await peer.trailers(1)).fields.get(':status'), '431');
  peer.request(3, ECHO, 'x');
  assert.equal((await peer.trailers(3)).fields.get('grpc-status'), '0');
});

test('more header fields than permitted are refused with 431', async (context) => {
  const { peer } = await attack(context);
  const fields = times(60, (index) => [`x-${String(index)}`, 'v']).flat();
  const block = requestBlock(ECHO, ...fields);
  peer.send(frame(FrameType.headers, Flag.endHeaders | Flag.endStream, 1, block));
  assert.equal((await peer.trailers(1)).fields.get(':status'), '431');
});

test('a client that does not read is cut when too much waits for too long', async (context) => {
  const clock = new ManualClock();
  const { port, streams, server } = await startServer(context, {
    clock,
    limits: { slowReaderBytesMax: 1_000_000 },
  });
  const peer = await RawPeer.open(port, 4, 0x7fff_ffff);
  peer.send(
    frame(FrameType.windowUpdate, 0, 0, uint32(0x7000_0000)),
    frame(FrameType.headers, Flag.endHeaders, 1, requestBlock(OPEN)),
  );
  await until(() => streams.length === 1);
  peer.socket.pause();
  const { call, heard } = streams[0]!;
  while (call.pendingBytes < 2_000_000) {
    call.write(Buffer.alloc(10_000));
    if (call.pendingBytes === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  for (let seconds = 0; seconds < 40; seconds++) clock.advance(1_000);
  assert.deepEqual(heard, ['closed connection-lost']);
  await until(() => server.counts.sockets === 0);
  peer.close();
});

test('a connection that sends nothing, half a preface or no SETTINGS is closed in ten seconds', async (context) => {
  const clock = new ManualClock();
  const { port, server } = await startServer(context, { clock });
  const peers = await Promise.all(times(3, () => RawPeer.connect(port)));
  peers[1]!.send(Buffer.from('PRI * HT'));
  peers[2]!.send(Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'));
  await until(() => server.counts.sockets === 3 && server.counts.connections === 1);
  await peers[2]!.frame(({ type }) => type === FrameType.settings);
  for (let seconds = 0; seconds < 12; seconds++) clock.advance(1_000);
  assert.equal((await peers[2]!.goAway()).code, ErrorCode.settingsTimeout);
  await Promise.all(peers.map((peer) => peer.end()));
  await until(() => server.counts.sockets === 0);
});

test('a frame that never ends closes the connection, a request that stands still its stream', async (context) => {
  const { peer, clock, server } = await attack(context);
  peer.send(open(1), frame(FrameType.data, 0, 1, message('half of it').subarray(0, 9)));
  await peer.roundTrip();
  assert.equal(server.counts.streams, 1);
  for (let seconds = 0; seconds < 31; seconds++) clock.advance(1_000);
  assert.equal(await peer.resetCode(1), ErrorCode.cancel);
  assert.equal(server.counts.streams, 0);
  peer.send(Buffer.from([0, 0, 8, 6, 0, 0]));
  const probe = await RawPeer.open(server.counts.sockets === 1 ? peer.socket.remotePort! : 0);
  await probe.roundTrip();
  for (let seconds = 0; seconds < 11; seconds++) clock.advance(1_000);
  assert.equal((await peer.goAway()).debug, 'frame_too_slow');
  probe.close();
});

test('connections above the limits, in total and from one address, are closed at once', async (context) => {
  for (const limits of [{ connectionsMax: 2 }, { connectionsPerAddressMax: 2 }]) {
    const { port, server } = await startServer(context, { limits });
    const peers = [await RawPeer.open(port), await RawPeer.open(port)];
    for (const peer of peers) await peer.roundTrip();
    const third = await RawPeer.open(port);
    await third.end();
    peers[0]!.close();
    await until(() => server.counts.sockets === 1);
    const fourth = await RawPeer.open(port);
    await fourth.roundTrip();
    fourth.close();
    peers[1]!.close();
  }
});
