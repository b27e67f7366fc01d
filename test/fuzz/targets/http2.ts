/**
 * Connections to a gRPC server over real sockets: conversations that are right but for a few frames, cut into pieces at
 * random places. The server ends each connection, says in right frames whatever it says, throws nothing, keeps nothing,
 * and answers the next client.
 */
import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import { Random } from '@concord/testing';
import { Flag, FrameType } from '../../../packages/grpc-server/src/frame.ts';
import {
  PREFACE,
  RawPeer,
  frame,
  message,
  requestBlock,
  settings,
  uint32,
} from '../../../packages/grpc-server/src/harness/raw-peer.ts';
import {
  BIDI,
  ECHO,
  HOLD,
  OPEN,
  startServer,
  until,
  type TestServer,
} from '../../../packages/grpc-server/src/harness/test-server.ts';
import { mutate, noise } from '../mutation.ts';
import {
  GROWTH_BYTES_MAX_DEFAULT,
  HANG_MS_DEFAULT,
  type FuzzSession,
  type FuzzTarget,
} from '../target.ts';

/** Every so many connections a client with a right request has to be answered. */
const CONNECTIONS_PER_PROBE = 50;

/** A frame of a right conversation; `streamId` may be anybody's. */
function rightFrame(random: Random, streamId: number): Buffer {
  const path = random.pick([ECHO, HOLD, BIDI, OPEN, '/no/Such']);
  const bytes = noise(random, random.magnitude(1, 200));
  const padded = Buffer.concat([Buffer.from([random.integer(0, 4)]), bytes, Buffer.alloc(4)]);
  const block = requestBlock(path, 'grpc-timeout', random.pick(['1S', '100m', '0n', '99999999H']));
  const cut = random.integer(0, block.length);
  return random.pick<() => Buffer>([
    () => frame(FrameType.headers, Flag.endHeaders | random.integer(0, 1), streamId, block),
    () => frame(FrameType.headers, Flag.endHeaders, streamId, requestBlock(path)),
    () =>
      Buffer.concat([
        frame(FrameType.headers, random.integer(0, 1), streamId, block.subarray(0, cut)),
        frame(FrameType.continuation, Flag.endHeaders, streamId, block.subarray(cut)),
      ]),
    () => frame(FrameType.data, random.integer(0, 1), streamId, message(bytes)),
    () => frame(FrameType.data, 0, streamId, message(bytes, 1)),
    () => frame(FrameType.data, Flag.padded | random.integer(0, 1), streamId, padded),
    () =>
      frame(
        FrameType.windowUpdate,
        0,
        random.pick([0, streamId]),
        uint32(random.magnitude(1, 2 ** 31 - 1)),
      ),
    () => frame(FrameType.resetStream, 0, streamId, uint32(random.integer(0, 14))),
    () => frame(FrameType.ping, random.integer(0, 1), 0, noise(random, 8)),
    () => frame(FrameType.priority, 0, streamId, noise(random, 5)),
    () => frame(FrameType.goAway, 0, 0, noise(random, 8)),
    () => settings(random.integer(1, 8), random.magnitude(1, 2 ** 31)),
    () => frame(FrameType.settings, 1, 0),
    () => frame(random.integer(0, 255), random.integer(0, 255), streamId, bytes),
  ])();
}

function conversation(random: Random): Buffer {
  const frames = Array.from({ length: random.magnitude(1, 60) }, (_, index) => {
    const streamId = random.chance(0.6) ? 1 + 2 * index : 1 + 2 * random.integer(0, 20);
    const right = rightFrame(random, streamId);
    return random.chance(0.08) ? mutate(random, right, { changesMax: 2 }) : right;
  });
  const start = random.chance(0.05)
    ? noise(random, random.integer(0, 30))
    : Buffer.concat([PREFACE, settings()]);
  return Buffer.concat([start, ...frames]);
}

class Http2Session implements FuzzSession {
  readonly #server: TestServer;
  readonly #errors: unknown[];
  readonly #end: () => Promise<void>;
  #connections = 0;

  constructor(server: TestServer, errors: unknown[], end: () => Promise<void>) {
    this.#server = server;
    this.#errors = errors;
    this.#end = end;
  }

  next(random: Random): Uint8Array {
    const bytes = conversation(random);
    return random.chance(0.2) ? mutate(random, bytes) : bytes;
  }

  async run(input: Uint8Array): Promise<string> {
    // The same input is cut in the same places.
    const random = new Random(crc32(input));
    const peer = await RawPeer.connect(this.#server.port);
    for (let at = 0; at < input.length;) {
      const end = at + random.magnitude(1, input.length);
      peer.send(input.subarray(at, end));
      at = end;
      await new Promise((resolve) => setImmediate(resolve));
    }
    peer.socket.end();
    await peer.end();
    assert.deepEqual(this.#errors, []);
    this.#server.held.length = 0;
    this.#server.streams.length = 0;
    if (++this.#connections % CONNECTIONS_PER_PROBE === 0) await this.#probe();
    const isRefused = peer.frames.some(({ type }) => type === FrameType.goAway);
    const isAnswered = peer.frames.some(({ type }) => type === FrameType.headers);
    return isRefused ? 'cut off' : isAnswered ? 'answered' : 'silent';
  }

  async close(): Promise<void> {
    await this.#probe();
    await this.#end();
  }

  /** The server answers, and has forgotten all connections but this one's. */
  async #probe(): Promise<void> {
    const { port, server } = this.#server;
    const peer = await RawPeer.open(port);
    peer.request(1, ECHO, 'alive');
    assert.equal((await peer.trailers(1)).fields.get('grpc-status'), '0');
    peer.close();
    await until(() => server.counts.sockets === 0);
    assert.deepEqual(server.counts, { sockets: 0, connections: 0, streams: 0, deadlines: 0 });
  }
}

export const http2: FuzzTarget = {
  hangMs: HANG_MS_DEFAULT,
  growthBytesMax: GROWTH_BYTES_MAX_DEFAULT,
  open: async () => {
    const errors: unknown[] = [];
    const endings: (() => unknown)[] = [];
    const context = { after: (end: () => unknown) => void endings.push(end) };
    const server = await startServer(context, {
      onHandlerError: (error) => errors.push(error),
    });
    return new Http2Session(server, errors, async () => {
      for (const end of endings) await end();
    });
  },
};
