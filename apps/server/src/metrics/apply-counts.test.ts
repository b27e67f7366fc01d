import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '@concord/kv';
import { CompactionRequest } from '@concord/protocol';
import { ApplyCounts } from './apply-counts.ts';

test('a compaction is told once it has come through, with its revision and with all its turns', () => {
  const told: (readonly [revision: number | undefined, tookMs: number])[] = [];
  const counts = new ApplyCounts({
    slowMs: Infinity,
    slow: () => assert.fail('nothing is slow'),
    compacted: (revision, tookMs) => told.push([revision, tookMs]),
  });
  const beganMs = performance.now() - 1000;

  counts.compacted(beganMs, true); // goes on from before the start
  const command: Command = { kind: 'compact', request: CompactionRequest.create({ revision: 7 }) };
  counts.applied(command, { kind: 'compact' }, beganMs);
  counts.compacted(beganMs, false);
  counts.compacted(performance.now(), true);

  assert.deepEqual(
    told.map(([revision]) => revision),
    [undefined, 7],
  );
  for (const [, tookMs] of told) assert.ok(tookMs >= 1000, String(tookMs));
});
