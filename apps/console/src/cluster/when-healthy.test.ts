import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestProblem } from '../api/problem.ts';
import { whenHealthy } from './when-healthy.ts';

const unhealthy = new RequestProblem('cluster-away', 503, {
  detail: 'add member: etcdserver: unhealthy cluster',
});

function waiting(signal = new AbortController().signal) {
  let waits = 0;
  const options = {
    signal,
    onWait: () => (waits += 1),
    pause: () => Promise.resolve(),
  };
  return { options, waits: () => waits };
}

test('a change that is refused until the cluster is healthy is made then', async () => {
  const { options, waits } = waiting();
  let asked = 0;
  const change = () => ((asked += 1) < 4 ? Promise.reject(unhealthy) : Promise.resolve('added'));
  assert.equal(await whenHealthy(change, options), 'added');
  assert.equal(waits(), 3);
});

test('a cluster that does not become healthy is not asked for ever', async () => {
  const { options, waits } = waiting();
  await assert.rejects(
    whenHealthy(() => Promise.reject(unhealthy), options),
    unhealthy,
  );
  assert.equal(waits(), 10);
});

test('what is refused for another reason, or waited for by nobody, is not tried again', async () => {
  const away = new RequestProblem('cluster-away', 503, { detail: 'no member answers' });
  for (const [refusal, signal] of [
    [away, undefined],
    [unhealthy, AbortSignal.abort()],
  ] as const) {
    const { options, waits } = waiting(signal);
    await assert.rejects(
      whenHealthy(() => Promise.reject(refusal), options),
      refusal,
    );
    assert.equal(waits(), 0);
  }
});
