import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cyclesAmong, ownerOf, type Claim, type Line } from './wait-graph.ts';

let lease = 0;
const by = (name: string, label?: string): Claim => ({
  lease: (lease += 1).toString(16),
  app: name,
  label,
});
const line = (name: string, holder: Claim, ...waiters: Claim[]): Line => ({
  name,
  holders: [holder],
  waiters,
});

test('two programs that each hold what the other waits for are a cycle, told once', () => {
  const cycles = cyclesAmong([
    line('a', by('orders'), by('billing')),
    line('b', by('billing'), by('orders')),
    line('c', by('mail'), by('orders')),
  ]);
  assert.equal(cycles.length, 1);
  assert.deepEqual(
    cycles[0]!.map(({ waiter, lock, holder }) => `${waiter} ${lock} ${holder}`),
    ['billing a orders', 'orders b billing'],
  );
});

test('a cycle of three is found; a chain is none', () => {
  const ring = [
    line('a', by('x'), by('y')),
    line('b', by('y'), by('z')),
    line('c', by('z'), by('x')),
  ];
  assert.equal(cyclesAmong(ring)[0]?.length, 3);
  assert.deepEqual(cyclesAmong(ring.slice(1)), []);
});

test('replicas told apart by labels are different programs; a program in line behind itself is no cycle', () => {
  assert.deepEqual(cyclesAmong([line('a', by('orders'), by('orders'))]), []);
  const pods = [by('orders', 'pod 1'), by('orders', 'pod 2')] as const;
  assert.equal(cyclesAmong([line('a', pods[0], pods[1]), line('b', pods[1], pods[0])]).length, 1);
  assert.equal(ownerOf(pods[0]), 'orders (pod 1)');
  assert.equal(ownerOf({ lease: '7f' }), '7f');
});
