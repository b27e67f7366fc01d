/** Goal: the network does whatever a network may do, and only that. Method: each claim, one test. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventQueue } from './event-queue.ts';
import { SimulatedNetwork, type NetworkOptions } from './network.ts';
import { Random } from './random.ts';

function network(options: Partial<NetworkOptions> = {}): {
  queue: EventQueue;
  net: SimulatedNetwork<number>;
  received: Record<string, number[]>;
} {
  const queue = new EventQueue();
  const net = new SimulatedNetwork<number>(queue, new Random(1), { delayMs: [1, 10], ...options });
  const received: Record<string, number[]> = { a: [], b: [], c: [] };
  for (const [name, messages] of Object.entries(received)) {
    net.join(name, (message) => messages.push(message));
  }
  return { queue, net, received };
}

const numbers = Array.from({ length: 200 }, (_, i) => i);

test('without faults every message arrives once, in some order, within the longest delay', () => {
  const { queue, net, received } = network();
  for (const number of numbers) net.send('a', 'b', number);
  queue.runUntil(10);
  assert.notDeepEqual(received['b'], numbers);
  assert.deepEqual(
    received['b']?.toSorted((x, y) => x - y),
    numbers,
  );
  assert.deepEqual(received['a'], []);
});

test('messages are lost and doubled about as often as was asked for', () => {
  const { queue, net, received } = network({ loss: 0.2, duplication: 0.5 });
  for (const number of numbers) net.send('a', 'b', number);
  queue.runUntil(10);
  const distinct = new Set(received['b']).size;
  assert.ok(distinct > 130 && distinct < 190, `${distinct} arrived`);
  const doubled = (received['b']?.length ?? 0) - distinct;
  assert.ok(doubled > 50 && doubled < 110, `${doubled} were doubled`);
});

test('a cut is one-way and takes what is under way with it', () => {
  const { queue, net, received } = network();
  net.send('a', 'b', 1);
  net.cut('a', 'b');
  net.send('a', 'b', 2);
  net.send('b', 'a', 3);
  queue.runUntil(10);
  assert.deepEqual([received['a'], received['b']], [[3], []]);
  net.heal();
  net.send('a', 'b', 4);
  queue.runUntil(20);
  assert.deepEqual(received['b'], [4]);
});

test('a partition separates groups and nobody within one', () => {
  const { queue, net, received } = network();
  net.partition([['a', 'b'], ['c']]);
  net.send('a', 'b', 1);
  net.send('a', 'c', 2);
  net.send('c', 'a', 3);
  queue.runUntil(10);
  assert.deepEqual(received, { a: [], b: [1], c: [] });
});

test('a clogged direction holds what is sent and then delivers it at once, in order', () => {
  const { queue, net, received } = network();
  net.clog('a', 'b');
  for (const number of numbers.slice(0, 9)) net.send('a', 'b', number);
  net.send('b', 'a', 1);
  queue.runUntil(20);
  assert.deepEqual([received['a'], received['b']], [[1], []]);
  net.unclog('a', 'b');
  queue.runUntil(20);
  assert.deepEqual(received['b'], numbers.slice(0, 9));
});

test('a member that left receives nothing, and its successor at the address does', () => {
  const { queue, net, received } = network();
  net.leave('b');
  net.send('a', 'b', 1);
  queue.runUntil(10);
  net.join('b', (message, from) => received['c']?.push(message, from.length));
  net.send('a', 'b', 2);
  queue.runUntil(20);
  assert.deepEqual(received, { a: [], b: [], c: [2, 1] });
});
