/** The store in memory keeps the promises of the contract, the harsh ones on request. */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore } from './memory-store.ts';
import type { StoreBatch } from './ordered-store.ts';

const batch = (...writes: [string, number | null][]): StoreBatch =>
  new Map([
    [
      'meta',
      new Map(writes.map(([key, value]) => [key, value === null ? null : Uint8Array.of(value)])),
    ],
  ]);

test('a batch is visible once it is committed, in the order given', () => {
  const store = new MemoryStore({ holdsCommits: true });
  const done: number[] = [];
  store.commit(batch(['a', 1], ['b', 1]), () => done.push(1));
  store.commit(batch(['a', 2], ['b', null]), () => done.push(2));
  equal(store.get('meta', 'a'), undefined);
  store.flushCommits(1);
  deepEqual([store.get('meta', 'a'), store.get('meta', 'b')], [Uint8Array.of(1), Uint8Array.of(1)]);
  store.flushCommits();
  deepEqual([store.get('meta', 'a'), store.get('meta', 'b')], [Uint8Array.of(2), undefined]);
  deepEqual(done, [1, 2]);
});

test('without holding back, a batch is committed at once', () => {
  const store = new MemoryStore();
  let isDone = false;
  store.commit(batch(['a', 1]), () => {
    isDone = true;
  });
  equal(isDone, true);
});

test('a crash loses what is held back, and nobody is told', () => {
  const store = new MemoryStore({ holdsCommits: true });
  store.commit(batch(['a', 1]), () => {
    throw new Error('told');
  });
  store.dropHeldCommits();
  store.flushCommits();
  equal(store.get('meta', 'a'), undefined);
});

test('size counts what is stored, and deletions give it back', () => {
  const store = new MemoryStore();
  store.commit(batch(['a', 1], ['bb', 1]), () => {});
  equal(store.size().usedBytes, 5);
  store.commit(batch(['a', 2], ['bb', null], ['c', null]), () => {});
  equal(store.size().usedBytes, 2);
});

test('with a reused buffer a result is gone with the next call, inside a scan too', () => {
  const store = new MemoryStore({ reusesBuffer: true });
  store.commit(batch(['a', 1], ['b', 2]), () => {});
  const kept: Uint8Array[] = [];
  store.scan('meta', { from: '' }, (_key, value) => {
    kept.push(value);
  });
  deepEqual(kept, [Uint8Array.of(0xff), Uint8Array.of(2)]);
});
