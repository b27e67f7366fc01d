/** Eviction rules of RFC 7541 section 4. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DynamicTable } from './dynamic-table.ts';
import type { HeaderField } from './dynamic-table.ts';

const field = (name: string, bytes = 100): HeaderField => ({ name, value: '', bytes, valid: true });

test('the newest entry is first and the oldest is evicted', () => {
  const table = new DynamicTable(300);
  for (const name of ['a', 'b', 'c', 'd']) table.add(field(name));
  assert.deepEqual(
    [0, 1, 2, 3].map((index) => table.at(index)?.name),
    ['d', 'c', 'b', undefined],
  );
  assert.equal(table.usedBytes, 300);
});

test('an entry larger than the table empties it', () => {
  const table = new DynamicTable(300);
  table.add(field('a'));
  table.add(field('huge', 301));
  assert.equal(table.length, 0);
  assert.equal(table.usedBytes, 0);
});

test('shrinking evicts, and growing past the limit is refused', () => {
  const table = new DynamicTable(300);
  for (const name of ['a', 'b', 'c']) table.add(field(name));
  assert.equal(table.resize(150), true);
  assert.equal(table.length, 1);
  assert.equal(table.at(0)?.name, 'c');
  assert.equal(table.resize(301), false);
});

test('a ring that has wrapped and grown keeps its order', () => {
  const table = new DynamicTable(100 * 32);
  const names: string[] = [];
  for (let index = 0; index < 1_000; index++) {
    names.unshift(String(index));
    table.add(field(String(index), 32 + (index % 3)));
    for (let at = 0; at < table.length; at++) assert.equal(table.at(at)?.name, names[at]);
  }
  assert.ok(table.length > 90);
});
