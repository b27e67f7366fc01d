/** Any cutting of the same bytes into chunks yields the same frames. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ConnectionError } from './errors.ts';
import { FrameReader } from './frame-reader.ts';
import { frame } from './harness/raw-peer.ts';

function collect(): { reader: FrameReader; frames: string[] } {
  const frames: string[] = [];
  const reader = new FrameReader({
    onFrame: (type, flags, streamId, source, start, end) => {
      frames.push([type, flags, streamId, source.toString('hex', start, end)].join(' '));
      return true;
    },
  });
  return { reader, frames };
}

const BYTES = Buffer.concat([
  frame(0, 1, 1, Buffer.alloc(300, 1)),
  frame(8, 0, 0x7fff_ffff, Buffer.from([1, 2, 3, 4])),
  frame(4, 1, 0),
  frame(0, 0, 3, Buffer.alloc(16_384, 2)),
  frame(6, 0, 0, Buffer.alloc(8, 3)),
]);

test('chunks of every size yield the same frames', () => {
  const whole = collect();
  whole.reader.push(BYTES);
  assert.equal(whole.frames.length, 5);
  for (const size of [1, 2, 7, 8, 9, 10, 100, 511, 512, 513, 4_096, 16_393]) {
    const cut = collect();
    for (let at = 0; at < BYTES.length; at += size) {
      cut.reader.push(Buffer.from(BYTES.subarray(at, at + size)));
    }
    assert.deepEqual(cut.frames, whole.frames, `chunks of ${String(size)}`);
    assert.equal(cut.reader.isMidFrame, false);
  }
});

test('a frame above 16,384 bytes is refused by its header', () => {
  const header = Buffer.from([0, 0x40, 1, 0, 0, 0, 0, 0, 1]);
  assert.throws(() => {
    collect().reader.push(header);
  }, ConnectionError);
  const { reader } = collect();
  reader.push(header.subarray(0, 8));
  assert.throws(() => {
    reader.push(header.subarray(8));
  }, ConnectionError);
});

test('nothing is handed on after the sink has enough', () => {
  let count = 0;
  const reader = new FrameReader({ onFrame: () => ++count < 2 });
  reader.push(BYTES);
  assert.equal(count, 2);
});
