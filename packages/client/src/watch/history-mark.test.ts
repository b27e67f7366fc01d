/** When an answer is of another history, and when a member only lags. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResponseHeader } from '@concord/protocol';
import { HistoryMark } from './history-mark.ts';

const header = (clusterId: bigint, raftTerm: number): ResponseHeader =>
  ResponseHeader.create({ clusterId, raftTerm });

test('another cluster id, or an older term, is another history', () => {
  const mark = new HistoryMark();
  assert.equal(mark.isReplaced(header(7n, 1)), false);
  mark.remember(header(7n, 5));
  // A member that lags.
  mark.remember(header(7n, 4));
  assert.equal(mark.isReplaced(header(7n, 5)), false);
  assert.equal(mark.isReplaced(header(7n, 6)), false);
  assert.equal(mark.isReplaced(header(7n, 4)), true);
  assert.equal(mark.isReplaced(header(8n, 9)), true);
  mark.reset(header(8n, 2));
  assert.equal(mark.isReplaced(header(8n, 2)), false);
});
