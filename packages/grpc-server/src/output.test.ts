/** The gathering buffer over a socket that takes bytes at once, later, or never. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Output, OutputPool } from './output.ts';
import type { ByteSink } from './output.ts';

/** A sink whose writes stay in flight until it is told to complete them. */
class SlowSink implements ByteSink {
  writable = true;
  writableLength = 0;
  readonly written: string[] = [];
  #callbacks: (() => void)[] = [];
  readonly #instant: boolean;

  constructor(instant: boolean) {
    this.#instant = instant;
  }

  write(bytes: Uint8Array, written: () => void): boolean {
    this.written.push(Buffer.from(bytes).toString());
    this.#callbacks.push(written);
    if (!this.#instant) this.writableLength += bytes.length;
    return true;
  }

  complete(): void {
    this.writableLength = 0;
    while (this.#callbacks.length > 0) this.runOldestCallback();
  }

  runOldestCallback(): void {
    this.#callbacks.shift()?.();
  }
}

function put(output: Output, text: string): void {
  const at = output.reserve(text.length);
  output.buffer.write(text, at, 'latin1');
}

test('what is gathered in a turn is one write', () => {
  const sink = new SlowSink(true);
  const output = new Output(sink, new OutputPool(), () => undefined);
  for (const text of ['a', 'b', 'c']) put(output, text);
  output.flush();
  output.flush();
  assert.deepEqual(sink.written, ['abc']);
  assert.equal(output.backlogBytes, 0);
  assert.equal(output.bytesWritten, 3);
});

test('while a write is in flight the next one gathers, and its bytes are not touched', () => {
  const sink = new SlowSink(false);
  let rooms = 0;
  const output = new Output(sink, new OutputPool(), () => {
    rooms++;
    output.flush();
  });
  put(output, 'one');
  output.flush();
  put(output, 'two');
  output.flush();
  assert.deepEqual(sink.written, ['one']);
  assert.equal(output.backlogBytes, 6);
  sink.complete();
  assert.deepEqual(sink.written, ['one', 'two']);
  assert.equal(rooms, 1);
});

test('the late callback of an instant write does not release a later one', () => {
  const sink = new SlowSink(true);
  const output = new Output(sink, new OutputPool(), () => {
    output.flush();
  });
  put(output, 'one');
  output.flush();
  sink.writableLength = 3; // the kernel is full from here on
  put(output, 'two');
  output.flush();
  sink.runOldestCallback();
  put(output, 'three');
  output.flush();
  assert.deepEqual(sink.written, ['one', 'two']);
  sink.complete();
  assert.deepEqual(sink.written, ['one', 'two', 'three']);
});

test('a buffer that is full goes out early, and one in flight makes it grow instead', () => {
  const instant = new SlowSink(true);
  const first = new Output(instant, new OutputPool(), () => undefined);
  for (let index = 0; index < 200; index++) put(first, 'x'.repeat(1_000));
  assert.ok(instant.written.length >= 3);
  const slow = new SlowSink(false);
  const second = new Output(slow, new OutputPool(), () => {
    second.flush();
  });
  for (let index = 0; index < 400; index++) put(second, String(index % 10).repeat(1_000));
  assert.equal(slow.written.length, 1);
  slow.complete();
  slow.complete();
  const all = slow.written.join('');
  assert.equal(all.length, 400_000);
  for (let index = 0; index < 400; index++) assert.equal(all[index * 1_000], String(index % 10));
});

test('a sink that is no longer writable swallows what is gathered', () => {
  const sink = new SlowSink(true);
  sink.writable = false;
  const output = new Output(sink, new OutputPool(), () => undefined);
  put(output, 'lost');
  output.flush();
  assert.deepEqual(sink.written, []);
  assert.equal(output.backlogBytes, 0);
});
