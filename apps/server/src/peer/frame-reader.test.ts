/** Frames cut at every place that a socket may cut them, and bytes that are no frames. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Writer } from '@concord/protocol';
import fc from 'fast-check';
import { FrameError, emptyFrame, frameHead, sealFrame } from './frame.ts';
import { FrameReader } from './frame-reader.ts';

type Frame = Uint8Array | number;

function readAll(chunks: readonly Uint8Array[], bodyBytesMax?: number): Frame[] {
  const frames: Frame[] = [];
  const reader = new FrameReader(
    {
      body: (bytes) => void frames.push(Uint8Array.from(bytes)),
      empty: (mark) => void frames.push(mark),
    },
    bodyBytesMax,
  );
  for (const chunk of chunks) reader.push(chunk);
  assert.equal(reader.isInFrame, false);
  return frames;
}

const writer = new Writer();

const written = (frame: Frame): Uint8Array =>
  typeof frame === 'number' ? emptyFrame(frame) : sealFrame(writer, (to) => to.raw(frame));

test('frames come out as they went in, wherever the stream is cut', () => {
  const frame = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 60 }),
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  );
  fc.assert(
    fc.property(fc.array(frame), fc.array(fc.nat(200)), (frames, cuts) => {
      const bytes = Buffer.concat(frames.map(written));
      const chunks: Uint8Array[] = [];
      let at = 0;
      for (const cut of cuts) {
        chunks.push(bytes.subarray(at, at + cut));
        at = Math.min(bytes.length, at + cut);
      }
      chunks.push(bytes.subarray(at));
      assert.deepEqual(readAll(chunks), frames);
    }),
  );
});

test('a body has memory of its own, so that it keeps no other frame alive', () => {
  const frame = written(Uint8Array.of(1, 2, 3));
  const bodies: Uint8Array[] = [];
  const reader = new FrameReader({ body: (b) => void bodies.push(b), empty: () => undefined });
  reader.push(Buffer.concat([frame, frame]));
  for (const body of bodies) assert.equal(body.buffer.byteLength, 3);
});

test('a head apart from its body is the head of the same frame', () => {
  const body = Uint8Array.of(7, 7, 7);
  assert.deepEqual(readAll([frameHead(body), body]), [body]);
});

test('a frame with a changed byte is refused, wherever the change is', () => {
  const body = Uint8Array.of(1, 2, 3, 4);
  const frame = written(body);
  for (let at = 0; at < frame.length; at++) {
    const changed = Uint8Array.from(frame);
    changed[at] = changed[at]! ^ 0x40;
    let isRead = false;
    const reader = new FrameReader({
      body: () => (isRead = true),
      empty: () => (isRead = true),
    });
    try {
      reader.push(changed);
    } catch (error) {
      assert.ok(error instanceof FrameError);
    }
    assert.equal(isRead, false, `byte ${at}`);
  }
});

test('a frame longer than allowed is refused by its head alone', () => {
  const head = emptyFrame(0);
  new DataView(head.buffer).setUint32(0, 11);
  assert.throws(() => readAll([head], 10), /a frame of 11 bytes is announced, 10 are allowed/);
});
