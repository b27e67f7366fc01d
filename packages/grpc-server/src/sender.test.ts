/** Bounds of the send side that depend on how fast the socket is, over a socket that takes all at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Method, StreamCall } from './call.ts';
import { DeadlineWheel } from './deadline-wheel.ts';
import { DuplexStream } from './duplex-stream.ts';
import { INT31_MAX } from './frame.ts';
import { ManualClock } from './harness/manual-clock.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { Metadata } from './metadata.ts';
import { Output, OutputPool } from './output.ts';
import type { CallHead } from './request-head.ts';
import { Sender } from './sender.ts';
import type { StreamHost } from './stream-host.ts';
import { WindowGrants } from './window-grants.ts';

/** Counts what it takes, and is never busy. */
class InstantSink {
  readonly writable = true;
  readonly writableLength = 0;
  bytes = 0;

  write(bytes: Uint8Array): boolean {
    this.bytes += bytes.length;
    return true;
  }
}

function createStream(method: Method & { kind: 'stream' }): { sender: Sender; sink: InstantSink } {
  const sink = new InstantSink();
  const output = new Output(sink, new OutputPool(), () => undefined);
  const sender = new Sender(output, DEFAULT_LIMITS, () => undefined);
  sender.initialStreamWindow = INT31_MAX;
  sender.onConnectionWindow(INT31_MAX - 65_535);
  const host: StreamHost = {
    sender,
    limits: DEFAULT_LIMITS,
    deadlines: new DeadlineWheel(new ManualClock()),
    grants: new WindowGrants(0),
    nowMs: 0,
    peer: 'test',
    tlsPeerCertificate: undefined,
    release: () => undefined,
    resetStream: () => undefined,
    onHandlerError: (error) => {
      throw error;
    },
  };
  const head: CallHead = {
    kind: 'call',
    path: '/a.B/C',
    method,
    metadata: new Metadata([]),
    timeoutMs: undefined,
    compression: 'identity',
    contentLength: undefined,
  };
  new DuplexStream(host, 1, head).open(method.open);
  return { sender, sink };
}

test('an application that always has more and a socket that takes all give the turn back', () => {
  const message = new Uint8Array(1_000);
  const fill = (call: StreamCall): void => {
    while (call.write(message));
  };
  const { sender, sink } = createStream({
    kind: 'stream',
    open: (call) => {
      fill(call);
      return {
        message: () => undefined,
        halfClose: () => undefined,
        closed: () => undefined,
        drain: () => {
          fill(call);
        },
      };
    },
  });
  const direct = sink.bytes;
  assert.ok(direct > 3_000_000 && direct < 5_000_000, String(direct));
  sender.pump();
  const pumped = sink.bytes - direct;
  assert.ok(pumped > 100_000 && pumped < 400_000, String(pumped));
  assert.equal(sender.hasReady, true);
  sender.beginTurn();
  sender.pump();
  assert.ok(sink.bytes > direct + pumped);
});
