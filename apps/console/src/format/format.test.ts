import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBytes, formatCompact, formatNumber, formatShare } from './numbers.ts';
import { formatDuration, formatRelative } from './times.ts';

test('numbers are grouped, shortened and cut to what a person reads', () => {
  assert.equal(formatNumber(1234567.891, 'en'), '1,234,567.89');
  assert.equal(formatCompact(12_345, 'en'), '12K');
  assert.equal(formatCompact(12.34, 'en'), '12.3');
  assert.equal(formatShare(0.4167, 'en'), '41.7%');
  assert.equal(formatCompact(12_345, 'zh'), '1万');
});

test('bytes are counted in powers of 1024', () => {
  assert.equal(formatBytes(0, 'en'), '0 B');
  assert.equal(formatBytes(1023, 'en'), '1,023 B');
  assert.equal(formatBytes(3.4 * 1024 * 1024, 'en'), '3.4 MiB');
  assert.equal(formatBytes(2 ** 60, 'en'), '1,048,576 TiB');
});

test('durations have two units at most', () => {
  assert.equal(formatDuration(0), '0 ms');
  assert.equal(formatDuration(0.25), '0.25 ms');
  assert.equal(formatDuration(850), '850 ms');
  assert.equal(formatDuration(12_400), '12.4 s');
  assert.equal(formatDuration(200_000), '3 min 20 s');
  assert.equal(formatDuration(5 * 3_600_000), '5 h');
  assert.equal(formatDuration(12.125 * 86_400_000), '12 d 3 h');
  assert.equal(formatDuration(-5), '0 ms');
});

test('moments are told from now, in the language of the reader', () => {
  assert.equal(formatRelative(0, 0, 'en'), 'now');
  assert.equal(formatRelative(0, 200_000, 'en'), '3 min. ago');
  assert.equal(formatRelative(7_200_000, 0, 'en'), 'in 2 hr.');
  assert.equal(formatRelative(0, 200_000, 'zh'), '3分钟前');
});
