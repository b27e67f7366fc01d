/** The queue gives back the bytes it got, in order, for any sizes (seeded random run). */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ByteQueue } from './byte-queue.ts';

/** A small linear congruential generator: the seed is in the message of every assertion. */
function generator(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

test('random appends and moves keep bytes and order', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = generator(seed);
    const queue = new ByteQueue();
    let model: Buffer = Buffer.alloc(0);
    for (let round = 0; round < 300; round++) {
      if (random(2) === 0) {
        const bytes = Buffer.alloc(random(10) === 0 ? random(60_000) : random(300), round & 0xff);
        queue.append(bytes);
        model = Buffer.concat([model, bytes]);
      } else {
        const count = random(queue.length + 1);
        const target = Buffer.alloc(count + 3);
        queue.moveTo(target, 3, count);
        assert.ok(target.subarray(3).equals(model.subarray(0, count)), `seed ${String(seed)}`);
        model = model.subarray(count);
      }
      assert.equal(queue.length, model.length, `seed ${String(seed)}`);
    }
  }
});

test('the queue does not see later changes of appended bytes', () => {
  const queue = new ByteQueue();
  const bytes = Buffer.from('before');
  queue.append(bytes);
  bytes.write('after!');
  const target = Buffer.alloc(6);
  queue.moveTo(target, 0, 6);
  assert.equal(target.toString(), 'before');
});
