/**
 * A server that does nothing: answers every call at once with an empty message and status 0, from bytes
 * computed once. What the load generator reaches against it is the generator's own limit, below which
 * a figure says something about the server under test. Runs as a child
 * process, tells its parent its port, and ends with it.
 */
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import {
  CONNECTION_PREFACE,
  Flag,
  FrameReader,
  FrameType,
  FrameWriter,
  Setting,
  WINDOW_BYTES_MAX,
} from './h2-frame.ts';

/** `:status: 200` by index, `content-type: application/grpc` spelled out and not to be remembered. */
const RESPONSE_HEADERS = Buffer.from('\x88\x0f\x10\x10application/grpc', 'latin1');
/** `grpc-status: 0`, likewise. */
const TRAILERS = Buffer.from('\x00\x0bgrpc-status\x010', 'latin1');
const EMPTY_MESSAGE = Buffer.alloc(0);
/** Consumed bytes after which the client's window is refilled. */
const REFILL_BYTES = 2 ** 20;

function serve(socket: Socket): void {
  const writer = new FrameWriter();
  let prefaceLeft = CONNECTION_PREFACE.length;
  let received = 0;
  const reader = new FrameReader({
    onData: (streamId, _bytes, start, end, endStream) => {
      received += end - start;
      if (received >= REFILL_BYTES) {
        writer.windowUpdate(0, received);
        received = 0;
      }
      if (!endStream) return;
      writer.frame(FrameType.headers, Flag.endHeaders, streamId, RESPONSE_HEADERS);
      writer.message(0, streamId, EMPTY_MESSAGE);
      writer.frame(FrameType.headers, Flag.endHeaders | Flag.endStream, streamId, TRAILERS);
    },
    onFrame: (type, flags) => {
      const acknowledges = (flags & Flag.ack) !== 0;
      if (type === FrameType.settings && !acknowledges) {
        writer.frame(FrameType.settings, Flag.ack, 0, EMPTY_MESSAGE);
      }
    },
  });
  writer.settings([[Setting.initialWindowSize, WINDOW_BYTES_MAX]]);
  writer.windowUpdate(0, 2 ** 24);
  socket.setNoDelay(true);
  socket.on('data', (chunk) => {
    const skipped = Math.min(prefaceLeft, chunk.length);
    prefaceLeft -= skipped;
    const frames = chunk.subarray(skipped);
    reader.read(frames, frames.length);
    if (writer.pending) socket.write(writer.take());
  });
  socket.on('error', () => socket.destroy());
}

const server = createServer(serve).listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the responder has no port');
  process.send?.(address.port);
});

process.once('disconnect', () => process.exit());
