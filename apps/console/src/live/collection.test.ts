import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folded } from './collection.ts';

interface Service {
  readonly name: string;
  readonly serving: number;
}
const nameOf = ({ name }: Service) => name;
const snapshot = (revision: number, ...items: Service[]) =>
  ({ kind: 'snapshot', data: { revision, items } }) as const;

test('changes are folded into what the snapshot held', () => {
  const collection = folded(
    undefined,
    [
      snapshot(4, { name: 'orders', serving: 2 }, { name: 'payments', serving: 1 }),
      {
        kind: 'change',
        data: { revision: 6, put: [{ name: 'orders', serving: 3 }], deleted: ['payments'] },
      },
    ],
    nameOf,
  );
  assert.equal(collection.revision, 6);
  assert.deepEqual([...collection.items.values()], [{ name: 'orders', serving: 3 }]);
});

test('a later snapshot forgets what was there before', () => {
  const before = folded(undefined, [snapshot(4, { name: 'orders', serving: 2 })], nameOf);
  const after = folded(before, [snapshot(9, { name: 'stock', serving: 1 })], nameOf);
  assert.deepEqual([...after.items.keys()], ['stock']);
  assert.deepEqual([...before.items.keys()], ['orders'], 'what React has seen does not change');
});
