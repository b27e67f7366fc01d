import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newLatencyRecord } from './peak-latency.ts';
import { EMPTY_RING, mergedRing, PointList, type Ring } from './ring-points.ts';

const members = ['b', 'a', 'c'].map((id) => ({ id, active: 0, latency: newLatencyRecord() }));

function sorted(...points: readonly (readonly [point: number, owner: number])[]): Float64Array {
  const list = new PointList();
  for (const [point, owner] of points) list.push(point, owner);
  const steps = list.sorted();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

const shown = ({ points, owners }: Ring): string =>
  Array.from(points, (point, place) => `${point}${members[owners[place]!]!.id}`).join(' ');

const NONE = new Float64Array();

test('points are sorted over the whole ring, however many there are', () => {
  const points = Array.from(
    { length: 1000 },
    (_, n) => [(n * 2_654_435_761) % 2 ** 32, 0] as const,
  );
  const ring = mergedRing(EMPTY_RING, new Int32Array(), sorted(...points), NONE, members);
  assert.deepEqual(
    [...ring.points],
    points.map(([point]) => point).sort((a, b) => a - b),
  );
});

test('what comes is merged in, what goes is left out, and members have new places', () => {
  const ring = mergedRing(
    EMPTY_RING,
    new Int32Array(),
    sorted([10, 0], [20, 1], [30, 0], [4_294_967_295, 1]),
    NONE,
    members,
  );
  assert.equal(shown(ring), '10b 20a 30b 4294967295a');
  // The first is gone, the second is now the third of the list, and has lost a point.
  const next = mergedRing(
    ring,
    Int32Array.of(-1, 2),
    sorted([5, 0], [25, 1]),
    sorted([20, 2]),
    members,
  );
  assert.equal(shown(next), '5b 25a 4294967295c');
});

test('equal points are in the order of ids, and only the one of the owner is taken away', () => {
  const ring = mergedRing(
    EMPTY_RING,
    new Int32Array(),
    sorted([7, 0], [7, 1], [7, 2]),
    NONE,
    members,
  );
  assert.equal(shown(ring), '7a 7b 7c');
  const same = Int32Array.of(0, 1, 2);
  assert.equal(shown(mergedRing(ring, same, NONE, sorted([7, 0], [7, 1]), members)), '7c');
  const without = mergedRing(ring, same, NONE, sorted([7, 1]), members);
  assert.equal(shown(mergedRing(without, same, sorted([7, 1]), NONE, members)), '7a 7b 7c');
});
