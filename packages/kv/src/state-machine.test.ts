/**
 * What every entry does to the applied index, whatever else it does; and what a deposed leader can no more do. The
 * numbers are the rows of the project's bug bank.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AlarmRequest_AlarmAction as AlarmAction,
  AlarmType,
  PutRequest,
  type AlarmRequest,
} from '@concord/protocol';
import type { Command } from './command.ts';
import { SmallCluster, bytes } from './harness/small-cluster.ts';

const put: Command = {
  kind: 'put',
  request: PutRequest.create({ key: bytes('k'), value: bytes('v') }),
};

const nospace = (action: AlarmRequest['action']): Command => ({
  kind: 'alarm',
  request: { action, memberID: 1n, alarm: AlarmType.NOSPACE },
});

test('4 (etcd 13937): what an alarm refuses advances the applied index like any entry', () => {
  const cluster = new SmallCluster(1);
  const member = cluster.leader();
  member.propose(nospace(AlarmAction.ACTIVATE));
  const { index } = member.replica.machine.applied;
  const refused = member.propose(put);
  assert.equal('code' in refused && refused.name, 'ErrNoSpace');
  assert.equal(member.replica.machine.applied.index, index + 1);
  member.propose(nospace(AlarmAction.DEACTIVATE));
  assert.equal('code' in member.propose(put), false);
  cluster.run(2000);
  member.kill();
  member.start();
  cluster.leader();
  assert.equal(member.localGet('k'), 'v');
});

test('53 (etcd 12528): the end of a lease counts in the term of the leader that saw it, and in no other', () => {
  const cluster = new SmallCluster(1);
  const member = cluster.leader();
  member.propose({ kind: 'lease-grant', request: { ID: 7n, TTL: 100 } });
  const { term } = member.replica;
  const late = member.propose({ kind: 'lease-expiry', request: { ID: 7n, term: term - 1 } });
  assert.equal('code' in late && late.name, 'ErrLeaseNotFound');
  assert.ok(member.replica.machine.leases.exists(7n));
  member.propose({ kind: 'lease-expiry', request: { ID: 7n, term } });
  assert.equal(member.replica.machine.leases.exists(7n), false);
});

test('no alarm of no kind is raised: it would be listed for ever, and in a snapshot its row would have no key', () => {
  const member = new SmallCluster(1).leader();
  for (const memberID of [0n, 1n]) {
    const request = { action: AlarmAction.ACTIVATE, memberID, alarm: AlarmType.NONE };
    const outcome = member.propose({ kind: 'alarm', request });
    assert.deepEqual(outcome, { kind: 'alarm', alarms: [] });
  }
  assert.deepEqual(member.replica.machine.alarms.list(AlarmType.NONE), []);
});
