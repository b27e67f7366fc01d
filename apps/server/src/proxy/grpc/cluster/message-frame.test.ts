import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallFailure } from './call-failure.ts';
import { frame, MessageAssembler } from './message-frame.ts';

test('messages come out whole, however the bytes are cut', () => {
  const messages = ['', 'a', 'bb'.repeat(300), 'c'].map((text) => Buffer.from(text));
  const bytes = Buffer.concat(messages.map(frame));
  for (const size of [1, 2, 5, 7, 100, bytes.length]) {
    const assembler = new MessageAssembler(1000);
    const taken: string[] = [];
    for (let at = 0; at < bytes.length; at += size) {
      assembler.take(bytes.subarray(at, at + size), (message) => taken.push(message.toString()));
    }
    assert.deepEqual(taken, messages.map(String), `in pieces of ${size}`);
  }
});

test('refused before a byte of it is kept: a message that is too large, or compressed', () => {
  const take = (bytes: Buffer): void => new MessageAssembler(10).take(bytes, () => undefined);
  assert.throws(() => take(frame(Buffer.alloc(11)).subarray(0, 5)), {
    code: 8,
    message: 'grpc: received message larger than max (11 vs. 10)',
  });
  assert.throws(() => take(Buffer.from([1, 0, 0, 0, 0])), CallFailure);
});
