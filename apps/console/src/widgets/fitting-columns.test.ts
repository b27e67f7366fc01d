import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fittingColumns } from './fitting-columns.ts';

const name = { id: 'name', width: 'minmax(160px, 1fr)' };
const lease = { id: 'lease', width: '150px', fromWidth: 400 };
const since = { id: 'since', width: '110px', fromWidth: 300 };
const menu = { id: 'menu', width: '32px' };
const columns = [name, lease, since, menu];
const shownAt = (width: number): string[] =>
  fittingColumns(columns, width).shown.map(({ id }) => id);

test('a column that there is no room for is left out, the one that wants most room first', () => {
  assert.deepEqual(shownAt(0), ['name', 'lease', 'since', 'menu']);
  assert.deepEqual(shownAt(600), ['name', 'lease', 'since', 'menu']);
  assert.deepEqual(shownAt(531), ['name', 'since', 'menu'], 'it takes 532 pixels with all of them');
  assert.deepEqual(shownAt(350), ['name', 'menu']);
});

test('what cannot be left out shares the room, and nothing stands out', () => {
  assert.equal(fittingColumns(columns, 600).template, 'minmax(160px, 1fr) 150px 110px 32px');
  assert.equal(fittingColumns(columns, 200).template, 'minmax(0, 1fr) 32px');
});
