import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameEncoder } from './frame-encoder.ts';
import { append, heartbeat } from './harness/messages.ts';

const ONE = 1n;

test('followers that are equally far share one frame', () => {
  const encoder = new FrameEncoder();
  const toTwo = append(ONE, 2n, 6, 100);
  const toThree = { ...toTwo, to: 3n };
  assert.equal(encoder.frameOf([toTwo]), encoder.frameOf([toThree]));
});

test('whatever differs makes a frame of its own', () => {
  const encoder = new FrameEncoder();
  const given = append(ONE, 2n, 6, 100);
  assert(given.kind === 'append');
  const others = [
    [{ ...given, term: 4 }],
    [{ ...given, commit: 4 }],
    [{ ...given, previous: { term: 2, index: 5 } }],
    [append(ONE, 2n, 6, 100)],
    [given, given],
    [given, heartbeat(ONE, 2n, 1)],
  ];
  const frame = encoder.frameOf([given]);
  for (const other of others) assert.notEqual(encoder.frameOf(other), frame);
});

test('a frame is not kept beyond its turn', () => {
  const encoder = new FrameEncoder();
  const given = append(ONE, 2n, 6, 100);
  const frame = encoder.frameOf([given]);
  encoder.endTurn();
  assert.notEqual(encoder.frameOf([given]), frame);
  assert.deepEqual(encoder.frameOf([given]), frame);
});
