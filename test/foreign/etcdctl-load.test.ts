/**
 * Goal: `etcdctl check perf` runs to its end on Concord. What it says of the speed is the machine's, which has other things
 * to do meanwhile: half of what it asks for has to come.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandOnPath } from '../bench/server-under-test.ts';
import { runProgram } from './program.ts';
import { TARGETS, withServer } from './targets.ts';

const etcdctl = commandOnPath('etcdctl');
const concord = TARGETS[0]!;
const skip = etcdctl === undefined ? 'there is no etcdctl on the PATH' : concord.skip;

/** It writes 150 keys a second for a minute. */
const SECONDS_MAX = 150;
const WRITES_PER_SECOND_MIN = 75;

test('the smallest load of etcdctl check perf runs to its end', { skip }, async () => {
  await withServer(concord.kind!, async ({ endpoint }) => {
    const { output } = await runProgram(etcdctl!, ['check', 'perf', '--load=s'], {
      env: { ETCDCTL_API: '3', ETCDCTL_ENDPOINTS: endpoint },
      secondsMax: SECONDS_MAX,
    });
    const [verdict = '', rate = '0'] =
      /Throughput (?:is|too low:) (\d+) writes\/s/.exec(output) ?? [];
    assert.ok(Number(rate) >= WRITES_PER_SECOND_MIN, verdict || output.slice(-500));
    assert.match(output, /Stddev/);
  });
});
