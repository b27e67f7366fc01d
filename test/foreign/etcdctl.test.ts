/**
 * Goal: etcdctl 3.4 cannot tell Concord from etcd. Method: the same session on both; exit code, output and
 * errors of each command compared, after ids, times, sizes and addresses are blanked.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { commandOnPath } from '../bench/server-under-test.ts';
import { SESSION } from './etcdctl-script.ts';
import { runSession } from './etcdctl-session.ts';
import { TARGETS } from './targets.ts';

const etcdctl = commandOnPath('etcdctl');
const missing = TARGETS.find((target) => target.skip !== false)?.skip;
const skip = etcdctl === undefined ? 'there is no etcdctl on the PATH' : (missing ?? false);

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
