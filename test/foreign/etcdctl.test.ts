/**
 * Goal: etcdctl 3.4 cannot tell Concord from etcd. Method: the same session on both; exit code, output and
 * errors of each command compared, after ids, times, sizes and addresses are blanked.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { commandOnPath } from '../bench/server-under-test.ts';
import { SESSION } from './etcdctl-script.ts';
import { runSession } from './etcdctl-session.ts';
import { runProgram } from './program.ts';
import { TARGETS, withServer } from './targets.ts';

const etcdctl = commandOnPath('etcdctl');
const missing = TARGETS.find((target) => target.skip !== false)?.skip;
const skip = etcdctl === undefined ? 'there is no etcdctl on the PATH' : (missing ?? false);

/** `check perf` writes 150 keys a second for a minute. */
const CHECK_PERF_SECONDS_MAX = 150;

describe('etcdctl 3.4 on Concord and on etcd', { skip }, () => {
  let ours: string[];
  let theirs: string[];

  before(async () => {
    const [concord, etcd] = TARGETS;
    ours = await runSession(etcdctl!, concord!.kind!, SESSION);
    theirs = await runSession(etcdctl!, etcd!.kind!, SESSION);
  });

  for (const [at, { args, input }] of SESSION.entries()) {
    const typed = input === undefined ? '' : ` <<< ${JSON.stringify(input)}`;
    test(`${at + 1}. etcdctl ${args.join(' ')}${typed}`, () => {
      assert.equal(ours[at], theirs[at]);
    });
  }
});

describe('etcdctl check perf', () => {
  const concord = TARGETS[0]!;
  const unable = etcdctl === undefined ? 'there is no etcdctl on the PATH' : concord.skip;
  test('the smallest load runs to its end on Concord', { skip: unable }, async () => {
    await withServer(concord.kind!, async ({ endpoint }) => {
      const { output } = await runProgram(etcdctl!, ['check', 'perf', '--load=s'], {
        env: { ETCDCTL_API: '3', ETCDCTL_ENDPOINTS: endpoint },
        secondsMax: CHECK_PERF_SECONDS_MAX,
      });
      // Whether that is fast enough is the machine's affair, and the benches'.
      assert.match(output, /(?:PASS|FAIL): Throughput (?:is|too low:) \d+ writes\/s/);
      assert.doesNotMatch(output, /Too many errors/i);
    });
  });
});
