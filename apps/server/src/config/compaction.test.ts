/** What the two flags of automatic compaction mean together. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCompaction } from './compaction.ts';
import { configure } from './configuration.ts';

const compactionOf = (...args: string[]): unknown => {
  const command = configure(args, {});
  return command.kind === 'run' ? command.compaction : undefined;
};

test('a plain number is hours or revisions, by the mode', () => {
  assert.deepEqual(parseCompaction('periodic', '1'), { kind: 'periodic', retentionMs: 3_600_000 });
  assert.deepEqual(parseCompaction('revision', '1000'), {
    kind: 'revision',
    retainedRevisions: 1000,
  });
});

test('periodic takes a length of time', () => {
  assert.deepEqual(parseCompaction('periodic', '30m'), {
    kind: 'periodic',
    retentionMs: 1_800_000,
  });
  assert.deepEqual(parseCompaction('periodic', '1h30m'), {
    kind: 'periodic',
    retentionMs: 5_400_000,
  });
});

test('0 is never', () => {
  for (const [mode, text] of [
    ['periodic', '0'],
    ['periodic', '0s'],
    ['revision', '0'],
  ] as const) {
    assert.deepEqual(parseCompaction(mode, text), { kind: 'off' });
  }
});

test('without flags an hour is retained, and of revisions nobody asked for none is compacted', () => {
  assert.deepEqual(compactionOf(), { kind: 'periodic', retentionMs: 3_600_000 });
  assert.deepEqual(compactionOf('--auto-compaction-mode=revision'), { kind: 'off' });
});

test('what is neither is refused with what would be right', () => {
  assert.throws(() => compactionOf('--auto-compaction-retention', 'often'), {
    message:
      'invalid value "often" for flag -auto-compaction-retention: error parsing CompactionRetention: ' +
      'expected hours such as 1, or a length of time such as 30m',
  });
  assert.throws(
    () => compactionOf('--auto-compaction-mode=revision', '--auto-compaction-retention=1h'),
    /expected a number of revisions such as 1000/,
  );
  assert.throws(
    () => compactionOf('--auto-compaction-mode=daily'),
    /expected periodic or revision/,
  );
});
