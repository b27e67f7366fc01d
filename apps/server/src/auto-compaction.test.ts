/**
 * When and to which revision the history is compacted. Method: a clock that is set by hand, one revision a minute.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { autoCompaction, type AutoCompaction } from './auto-compaction.ts';
import type { Compaction } from './config/compaction.ts';

const MINUTE_MS = 60_000;

class Run {
  minute = 0;
  isLeader = true;
  failure: string | undefined;
  readonly compacted: string[] = [];
  readonly #compaction: AutoCompaction;

  constructor(compaction: Compaction) {
    this.#compaction = autoCompaction(compaction, {
      now: () => this.minute * MINUTE_MS,
      revision: () => this.minute + 1,
      isLeader: () => this.isLeader,
      compact: (revision, done) => {
        this.compacted.push(
          `${this.minute}: ${revision}${this.failure === undefined ? '' : ' failed'}`,
        );
        done(this.failure);
      },
      tell: () => undefined,
    });
  }

  until(minute: number): this {
    while (this.minute < minute) {
      this.minute += 1;
      this.#compaction.tick();
    }
    return this;
  }
}

const periodic = (minutes: number): Run =>
  new Run({ kind: 'periodic', retentionMs: minutes * MINUTE_MS });

test('a period is waited out first, then a compaction a period, to what was a period ago', () => {
  assert.deepEqual(periodic(10).until(35).compacted, ['10: 1', '20: 10', '30: 20']);
});

test('longer periods are compacted hourly', () => {
  const { compacted } = periodic(180).until(320);
  assert.deepEqual(compacted, ['180: 1', '240: 55', '300: 115']);
});

test('a member that does not lead compacts nothing, and has its notes when it comes to lead', () => {
  const run = periodic(10);
  run.isLeader = false;
  assert.deepEqual(run.until(25).compacted, []);
  run.isLeader = true;
  assert.deepEqual(run.until(26).compacted, ['26: 16']);
});

test('what failed is tried again a tenth of the period later', () => {
  const run = periodic(10);
  run.failure = 'etcdserver: request timed out';
  assert.deepEqual(run.until(11).compacted, ['10: 1 failed', '11: 1 failed']);
  run.failure = undefined;
  assert.deepEqual(run.until(22).compacted.slice(2), ['12: 2', '22: 12']);
});

test('by revisions, the newest are retained, looked at every five minutes', () => {
  const run = new Run({ kind: 'revision', retainedRevisions: 7 });
  assert.deepEqual(run.until(16).compacted, ['10: 4', '15: 9']);
});

test('where it is off, nothing is compacted', () => {
  assert.deepEqual(new Run({ kind: 'off' }).until(10_000).compacted, []);
});
