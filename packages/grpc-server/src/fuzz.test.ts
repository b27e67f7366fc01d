/**
 * Random bytes and randomly broken frames: whatever comes, the server answers the next client, throws
 * nothing and keeps nothing. Seeds are fixed; a failure names its seed.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Flag, FrameType } from './frame.ts';
import { PREFACE, RawPeer, frame, message, requestBlock, settings } from './harness/raw-peer.ts';
import { BIDI, ECHO, HOLD, OPEN, startServer, until } from './harness/test-server.ts';

/** Connections tried; each sends up to 40 frames. */
const ROUNDS = 150;

function generator(seed: number): (bound: number) => number {
  let state = seed * 2_654_435_761;
  return (bound) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % bound;
  };
}

/** A frame that is nearly right: a valid conversation with one thing in ten broken. */
function randomFrame(random: (bound: number) => number, streamId: number): Buffer {
  const path = [ECHO, HOLD, BIDI, OPEN, '/no/Such'][random(5)]!;
  const noise = Buffer.from(Array.from({ length: random(40) }, () => random(256)));
  const valid: readonly Buffer[] = [
    frame(FrameType.headers, Flag.endHeaders | random(2), streamId, requestBlock(path)),
    frame(FrameType.data, random(2), streamId, message(noise, random(20) === 0 ? 1 : 0)),
    frame(FrameType.data, 0, streamId, noise),
    frame(FrameType.windowUpdate, 0, random(2) * streamId, Buffer.from([0, 0, random(256), 1])),
    frame(FrameType.resetStream, 0, streamId, Buffer.alloc(4)),
    settings(1 + random(6), random(1 << 20)),
    frame(FrameType.headers, random(256), streamId, noise),
  ];
  const chosen = valid[random(valid.length)]!;
  if (random(10) === 0) chosen[random(chosen.length)] = random(256);
  return chosen;
}

test('random conversations neither break the server nor stay behind', async (context) => {
  const errors: unknown[] = [];
  const { port, server } = await startServer(context, {
    onHandlerError: (error) => errors.push(error),
  });
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const random = generator(seed);
    const peer = await RawPeer.connect(port);
    const frames = Array.from({ length: 1 + random(40) }, (_, index) =>
      randomFrame(random, random(4) === 0 ? 1 + 2 * random(20) : 1 + 2 * index),
    );
    const start =
      random(10) === 0 ? Buffer.from([random(256)]) : Buffer.concat([PREFACE, settings()]);
    const bytes = Buffer.concat([start, ...frames]);
    const cut = random(bytes.length);
    peer.send(bytes.subarray(0, cut));
    await new Promise((resolve) => setImmediate(resolve));
    peer.send(bytes.subarray(cut));
    peer.socket.end();
    await peer.end();
    assert.deepEqual(errors, [], `seed ${String(seed)}`);
  }
  const last = await RawPeer.open(port);
  last.request(1, ECHO, 'alive');
  assert.equal((await last.trailers(1)).fields.get('grpc-status'), '0');
  last.close();
  await until(() => server.counts.sockets === 0);
  assert.deepEqual(server.counts, { sockets: 0, connections: 0, streams: 0, deadlines: 0 });
  assert.deepEqual(errors, []);
});
