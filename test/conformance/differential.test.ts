/**
 * A short differential run with every `npm test`; `npm run conformance` makes the long ones.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runDifferential } from './differential/run.ts';

const SEED = 1;

for (const { language, calls } of [
  { language: 'grpc', calls: 600 },
  { language: 'json', calls: 300 },
] as const) {
  test(`random programs in ${language} get the same answers from Concord and from real etcd`, async (t) => {
    const report: string[] = [];
    const result = await runDifferential({
      seed: SEED,
      calls,
      programSteps: 300,
      language,
      print: (line) => report.push(line),
    });
    if (result === 'skipped') return t.skip(report.join('\n'));
    assert.equal(result, 'equal', report.join('\n'));
  });
}

test('random programs with users, roles and tokens get the same answers', async (t) => {
  const report: string[] = [];
  const result = await runDifferential({
    seed: SEED,
    calls: 600,
    programSteps: 300,
    hasAuth: true,
    print: (line) => report.push(line),
  });
  if (result === 'skipped') return t.skip(report.join('\n'));
  assert.equal(result, 'equal', report.join('\n'));
});
