/** Both kinds of table beside a plain map: rows in any order, overwritten and deleted, and the memory used again. */
import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { RandomRequests } from '../txn/random-requests.fixture.ts';
import { AscendingTable, HashedTable } from './batch-table.ts';
import type { KeyCursor } from './sorted-keys.ts';
import { RowMemory } from './row-memory.ts';

const ROWS = 6000;
/** Those that share a chunk, those that get one of their own, and the empty one. */
const LENGTHS = [0, 1, 10, 300, 32_768, 32_769, 300_000];

const nameOf = (number: number): string => String(number).padStart(6, '0');

function keysFrom(cursor: KeyCursor): string[] {
  const keys: string[] = [];
  for (let key = cursor.key; key !== undefined; key = cursor.next()) keys.push(key);
  return keys;
}

for (const Table of [HashedTable, AscendingTable]) {
  test(`${Table.name} holds what was last written under each key, in order`, () => {
    const random = new RandomRequests(7);
    const memory = new RowMemory();
    for (let batch = 0; batch < 3; batch++) {
      const table = new Table(memory);
      const model = new Map<string, Uint8Array | null>();
      for (let row = 0; row < ROWS; row++) {
        // Mostly ascending, as revisions are.
        const key = nameOf(random.chance(0.8) ? row * 10 : random.integer(0, ROWS * 10));
        const length = random.chance(0.99) ? random.integer(0, 400) : random.pick(LENGTHS);
        const value = random.chance(0.1) ? null : new Uint8Array(length).fill(row);
        table.set(key, value);
        model.set(key, value);
      }
      equal(table.size, model.size);
      for (const [key, value] of model) deepEqual(table.get(key), value);
      equal(table.get('none'), undefined);
      deepEqual(new Map(table), model);
      const keys = [...model.keys()].sort();
      const from = nameOf(random.integer(0, ROWS * 10));
      deepEqual(
        keysFrom(table.ascending(from)),
        keys.filter((key) => key >= from),
      );
      deepEqual(keysFrom(table.descending(from)), keys.filter((key) => key < from).reverse());
      deepEqual(keysFrom(table.descending()), keys.reverse());
      memory.clear();
    }
  });
}
