/** Which versions are asked for progress. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canRequestProgress } from './progress-support.ts';

test('those that answer in order are asked', () => {
  for (const version of ['3.4.31', '3.5.13', '3.5.21', '3.6.0', '3.7.3', '4.0.0', '3.6.0-rc.1']) {
    assert.ok(canRequestProgress(version), version);
  }
  for (const version of ['3.4.23', '3.4.30', '3.5.12', '3.3.99', '', 'unknown']) {
    assert.ok(!canRequestProgress(version), version);
  }
});
