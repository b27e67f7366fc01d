import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderAfterClick, rowAfterKey, sorted } from './table-order.ts';

const rows = [{ name: 'node-10' }, { name: 'node-2' }, { name: 'node-1' }];
const columns = [{ id: 'name', sortBy: ({ name }: { name: string }) => name }];
const namesOf = (list: readonly { name: string }[]) => list.map(({ name }) => name);

test('names with numbers are sorted as people count', () => {
  const order = { column: 'name', direction: 'ascending' } as const;
  assert.deepEqual(namesOf(sorted(rows, columns, order)), ['node-1', 'node-2', 'node-10']);
  const descending = { column: 'name', direction: 'descending' } as const;
  assert.deepEqual(namesOf(sorted(rows, columns, descending)), ['node-10', 'node-2', 'node-1']);
  assert.equal(sorted(rows, columns, { column: 'weight', direction: 'ascending' }), rows);
});

test('a third click on a heading gives up the order', () => {
  const once = orderAfterClick(undefined, 'name');
  const twice = orderAfterClick(once, 'name');
  assert.equal(once?.direction, 'ascending');
  assert.equal(twice?.direction, 'descending');
  assert.equal(orderAfterClick(twice, 'name'), undefined);
  assert.equal(orderAfterClick(twice, 'zone')?.column, 'zone');
});

test('keys move within the table', () => {
  assert.equal(rowAfterKey('ArrowDown', 2, 3), 2);
  assert.equal(rowAfterKey('ArrowUp', 2, 3), 1);
  assert.equal(rowAfterKey('Home', 2, 3), 0);
  assert.equal(rowAfterKey('End', 0, 3), 2);
  assert.equal(rowAfterKey('a', 0, 3), undefined);
});
