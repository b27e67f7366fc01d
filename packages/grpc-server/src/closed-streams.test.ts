import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ClosedStreams } from './closed-streams.ts';

test('remembers who closed a stream until a later one takes its slot', () => {
  const closed = new ClosedStreams();
  closed.add(1);
  closed.addReset(3);
  assert.equal(closed.closedBy(1), 'peer');
  assert.equal(closed.closedBy(3), 'us');
  assert.equal(closed.closedBy(5), 'forgotten');
  closed.add(1 + 2 * 512);
  assert.equal(closed.closedBy(1), 'forgotten');
  assert.equal(closed.closedBy(1 + 2 * 512), 'peer');
});
