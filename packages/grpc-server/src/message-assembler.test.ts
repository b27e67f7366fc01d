/** Messages survive any cutting into frames; the limit is judged on the prefix alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { MessageAssembler } from './message-assembler.ts';
import { message } from './harness/raw-peer.ts';

interface Collected {
  readonly assembler: MessageAssembler;
  readonly messages: string[];
  readonly oversize: number[];
  readonly partial: number[];
}

function collect(limit: number, stopAfter = Infinity): Collected {
  const messages: string[] = [];
  const oversize: number[] = [];
  const partial: number[] = [];
  const assembler = new MessageAssembler(limit, {
    onMessage: (bytes, flags) =>
      messages.push(`${String(flags)}:${Buffer.from(bytes).toString()}`) < stopAfter,
    onOversize: (bytes) => oversize.push(bytes),
    onPartial: (bytes) => partial.push(bytes),
  });
  return { assembler, messages, oversize, partial };
}

const TEXTS = ['hello', '', 'a', 'x'.repeat(40_000), ''];
const BYTES = Buffer.concat(TEXTS.map((text) => message(text)));

test('frames of every size yield the same messages, empty ones included', () => {
  for (const size of [1, 2, 4, 5, 6, 10, 1_000, 16_384, BYTES.length]) {
    const { assembler, messages } = collect(50_000);
    for (let at = 0; at < BYTES.length; at += size) {
      const end = Math.min(at + size, BYTES.length);
      assert.equal(assembler.push(BYTES, at, end), end);
    }
    assert.deepEqual(
      messages,
      TEXTS.map((text) => `0:${text}`),
      `frames of ${String(size)}`,
    );
    assert.equal(assembler.isIdle, true);
  }
});

test('a message above the limit is refused by its prefix', () => {
  const { assembler, messages, oversize } = collect(4);
  assembler.push(message('hello'), 0, 5);
  assert.deepEqual(oversize, [5]);
  assert.deepEqual(messages, []);
  const exact = collect(5);
  exact.assembler.push(message('hello'), 0, 10);
  assert.deepEqual(exact.messages, ['0:hello']);
});

test('says how much of a message is still to come', () => {
  const { assembler, partial } = collect(100);
  assembler.push(message('0123456789'), 0, 8);
  assert.deepEqual(partial, [7]);
});

test('stops behind the message at which the sink says so', () => {
  const { assembler, messages } = collect(100, 1);
  const bytes = Buffer.concat([message('one'), message('two')]);
  assert.equal(assembler.push(bytes, 0, bytes.length), 8);
  assert.deepEqual(messages, ['0:one']);
  assert.equal(assembler.isIdle, true);
});

test('the compressed flag is handed on', () => {
  const { assembler, messages } = collect(100);
  assembler.push(message('zip', 1), 0, 8);
  assert.deepEqual(messages, ['1:zip']);
});
