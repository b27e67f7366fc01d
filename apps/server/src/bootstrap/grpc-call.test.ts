import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MessageAssembler, frame } from './grpc-call.ts';

const texts = (messages: readonly Buffer[]): string[] => messages.map(String);

test('messages are found however the bytes are cut', () => {
  const wire = Buffer.concat([
    frame(Buffer.from('one')),
    frame(Buffer.of()),
    frame(Buffer.from('three')),
  ]);
  for (let size = 1; size <= wire.length; size++) {
    const assembler = new MessageAssembler();
    const found: string[] = [];
    for (let at = 0; at < wire.length; at += size) {
      found.push(...texts(assembler.take(wire.subarray(at, at + size))));
    }
    assert.deepEqual(found, ['one', '', 'three']);
  }
});

test('what nobody sends to us is refused before it is gathered', () => {
  const huge = Buffer.from([0, 0xff, 0xff, 0xff, 0xff]);
  assert.throws(() => new MessageAssembler().take(huge), {
    message: 'a message of 4294967295 bytes',
  });
  const compressed = Buffer.from([1, 0, 0, 0, 1, 0]);
  assert.throws(() => new MessageAssembler().take(compressed), {
    message: /^a compressed message/,
  });
});
