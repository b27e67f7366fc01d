/**
 * The overlay beside a plain map, with rows in every layer: active, being committed, stored; and rows that a newer
 * layer overwrites or deletes. (Row 12 of the bank of historic bugs is a buffer that forgot to.)
 */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore } from '../memory-store.ts';
import type { ScanRange } from '../ordered-store.ts';
import { RandomRequests } from '../txn/random-requests.fixture.ts';
import { Overlay } from './overlay.ts';

const nameOf = (number: number): string => String(number).padStart(3, '0');

function scan(overlay: Overlay, range: ScanRange, rowsMax: number): string[] {
  const seen: string[] = [];
  overlay.scan('meta', range, (key, value) => {
    seen.push(`${key}=${value.join('.')}`);
    return seen.length < rowsMax;
  });
  return seen;
}

test('rows of all layers read as one table, forwards and backwards, whole and cut short', () => {
  const random = new RandomRequests(5);
  const memory = new MemoryStore({ holdsCommits: true, reusesBuffer: true });
  const overlay = new Overlay(memory);
  const model = new Map<string, Uint8Array>();
  for (let step = 0; step < 4000; step++) {
    const key = nameOf(random.integer(0, 60));
    if (random.chance(0.35)) {
      overlay.set('meta', key, null);
      model.delete(key);
    } else {
      const value = Uint8Array.of(step & 0xff, step >> 8);
      overlay.set('meta', key, value);
      model.set(key, value);
    }
    if (random.chance(0.03)) overlay.flush();
    if (random.chance(0.03)) memory.flushCommits();
    const probe = nameOf(random.integer(0, 61));
    deepEqual(overlay.getOwned('meta', probe), model.get(probe), `step ${step}`);
    if (!random.chance(0.2)) continue;
    const from = nameOf(random.integer(0, 60));
    const to = random.chance(0.3) ? undefined : nameOf(random.integer(0, 61));
    const reverse = random.chance(0.5);
    const rowsMax = random.chance(0.5) ? Infinity : random.integer(1, 5);
    const expected = [...model]
      .filter(([name]) => name >= from && (to === undefined || name < to))
      .sort(([a], [b]) => (a < b ? -1 : 1) * (reverse ? -1 : 1))
      .slice(0, rowsMax)
      .map(([name, value]) => `${name}=${value.join('.')}`);
    deepEqual(scan(overlay, { from, to, reverse }, rowsMax), expected, `step ${step}`);
  }
});

test('one batch is committed at a time, and bytes and rows count from the last flush', () => {
  const memory = new MemoryStore({ holdsCommits: true });
  const overlay = new Overlay(memory);
  const done: string[] = [];
  overlay.set('meta', 'a', Uint8Array.of(1, 2));
  overlay.set('meta', 'b', null);
  deepEqual([overlay.rows, overlay.bytes], [2, 4]);
  equal(
    overlay.flush(() => done.push('first')),
    true,
  );
  deepEqual([overlay.rows, overlay.bytes, overlay.isCommitting], [0, 0, true]);
  overlay.set('meta', 'c', Uint8Array.of(3));
  equal(
    overlay.flush(() => done.push('too early')),
    false,
  );
  memory.flushCommits();
  deepEqual([done, overlay.isCommitting], [['first'], false]);
  deepEqual(overlay.get('meta', 'c'), Uint8Array.of(3), 'a refused flush loses nothing');
  equal(overlay.flush(), true);
});

test('owned bytes outlive the next call to a store that reuses its buffer', () => {
  const memory = new MemoryStore({ reusesBuffer: true });
  const overlay = new Overlay(memory);
  overlay.set('meta', 'a', Uint8Array.of(1));
  overlay.set('meta', 'b', Uint8Array.of(2));
  overlay.flush();
  const lent = overlay.get('meta', 'a');
  const owned = overlay.getOwned('meta', 'b');
  overlay.get('meta', 'a');
  deepEqual(lent, Uint8Array.of(0xff), 'the store took its buffer back');
  deepEqual(owned, Uint8Array.of(2));
});
