/**
 * Goal: several replicas behave as one for whoever talks to any of them. Method: production replicas under
 * virtual time, one situation a test; the worlds that try to break them are the simulator's.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  MembershipRequest,
  MembershipRequest_Action as Action,
  PutRequest,
  WatchCreateRequest,
} from '@concord/protocol';
import { encodeCommand, type Command } from './command.ts';
import { SmallCluster, bytes, type SmallMember } from './harness/small-cluster.ts';

const isPut = (outcome: object): boolean => 'kind' in outcome && outcome.kind === 'put';

const putOf = (key: string): Command => ({
  kind: 'put',
  request: PutRequest.create({ key: bytes(key), value: bytes(key) }),
});

function pair(cluster: SmallCluster): [SmallMember, SmallMember] {
  return cluster.followers() as [SmallMember, SmallMember];
}

test('every member takes writes, and every member reads them', () => {
  const cluster = new SmallCluster(3);
  cluster.leader();
  for (const member of cluster.members) {
    const value = `from ${member.id}`;
    assert.ok(isPut(member.put('key', value)));
    for (const other of cluster.members) assert.equal(other.get('key'), value);
  }
  cluster.converge();
});

test('a write through a follower counts once although the network doubles every message', () => {
  const cluster = new SmallCluster(3);
  const [follower] = pair(cluster);
  cluster.network.options = { delayMs: [1, 30], duplication: 1 };
  const { revision } = cluster.leader().replica.machine;
  for (let i = 0; i < 20; i++) assert.ok(isPut(follower.put('key', String(i))));
  cluster.network.options = { delayMs: [1, 3] };
  cluster.run(1000);
  assert.equal(cluster.leader().replica.machine.revision, revision + 20);
});

test('a write that was forwarded to a leader that dies is made by the next one, once', () => {
  const cluster = new SmallCluster(3);
  const leader = cluster.leader();
  const [follower] = pair(cluster);
  const { revision } = leader.replica.machine;
  const outcome = cluster.await<object>((done) => {
    follower.replica.propose(putOf('key'), encodeCommand(putOf('key')), done);
    cluster.queue.step();
    leader.kill();
  });
  assert.ok(isPut(outcome), JSON.stringify(outcome));
  assert.equal(follower.replica.machine.revision, revision + 1);
});

test('a write on a leader that is deposed before it is committed is made by the next one', () => {
  const cluster = new SmallCluster(3);
  const old = cluster.leader();
  const [a, b] = pair(cluster);
  cluster.network.partition([[String(old.id)], [String(a.id), String(b.id)]]);
  const waiting = cluster.await<object>((done) => {
    old.replica.propose(putOf('key'), encodeCommand(putOf('key')), done);
    cluster.until(() => a.replica.isLeader || b.replica.isLeader);
    cluster.network.heal();
  });
  assert.ok(isPut(waiting), JSON.stringify(waiting));
  cluster.converge();
  assert.equal(old.localGet('key'), 'key');
});

test('a leader that is cut off answers no linearizable read', () => {
  const cluster = new SmallCluster(3);
  const old = cluster.leader();
  const [a, b] = pair(cluster);
  cluster.network.partition([[String(old.id)], [String(a.id), String(b.id)]]);
  const outcome = cluster.await<object>((done) =>
    old.replica.read(() => done({ read: true }), done),
  );
  assert.equal((outcome as { name?: string }).name, 'ErrTimeout');
});

test('a member that was away catches up from the log', () => {
  const cluster = new SmallCluster(3);
  const leader = cluster.leader();
  const [away] = pair(cluster);
  away.kill();
  for (let i = 0; i < 50; i++) leader.put(`key ${i}`, 'value');
  away.start();
  cluster.converge();
  assert.equal(away.localGet('key 49'), 'value');
});

test('a member that was away for too long gets a snapshot, and its watches go on without a gap', () => {
  const cluster = new SmallCluster(3, { logEntriesKept: 5 });
  const leader = cluster.leader();
  const [away, other] = pair(cluster);
  away.put('key', 'before');
  const seen: number[] = [];
  const write = (): boolean => seen.push(away.replica.machine.revision) > 0;
  const stream = away.replica.machine.watches.openStream({ write });
  stream.create(WatchCreateRequest.create({ key: bytes('key') }));
  cluster.network.partition([[String(away.id)], [String(leader.id), String(other.id)]]);
  for (let i = 0; i < 50; i++) leader.put('key', String(i));
  cluster.run(3000);
  cluster.network.heal();
  cluster.converge();
  assert.equal(away.localGet('key'), '49');
  assert.ok(away.disk.base.index > 0, 'it was given a snapshot');
  cluster.run(1000);
  assert.equal(away.replica.machine.watches.behindCount, 0);
  assert.ok(seen.length > 1, 'events came');
  away.put('key', 'after');
  cluster.converge();
});

test('a member is added as a learner, gets everything, is promoted, and votes', () => {
  const cluster = new SmallCluster(1);
  const first = cluster.leader();
  for (let i = 0; i < 10; i++) first.put(`key ${i}`, 'value');
  const peerURLs = ['http://m2:2380'];
  assert.equal(first.change({ action: Action.ADD_LEARNER, ID: 2n, peerURLs }), 'changed');
  const refused = first.change({ action: Action.PROMOTE, ID: 2n });
  assert.match(JSON.stringify(refused), /in sync with leader/);
  const second = cluster.add(2n);
  second.start();
  cluster.until(() => second.replica.machine.revision === first.replica.machine.revision);
  assert.equal(second.replica.role, 'learner');
  cluster.run(500);
  assert.equal(second.change({ action: Action.PROMOTE, ID: 2n }), 'changed');
  assert.deepEqual(first.replica.status().configuration.voters, [1n, 2n]);
  cluster.converge();
  assert.equal(second.get('key 9'), 'value');
});

test('a learner whose peer URLs change stays a learner, and no write waits for it', () => {
  const cluster = new SmallCluster(1);
  const first = cluster.leader();
  const ID = 2n;
  assert.equal(
    first.change({ action: Action.ADD_LEARNER, ID, peerURLs: ['http://m2:1'] }),
    'changed',
  );
  assert.equal(first.change({ action: Action.UPDATE, ID, peerURLs: ['http://m2:2'] }), 'changed');
  assert.deepEqual(first.replica.status().configuration.voters, [1n]);
  assert.deepEqual(first.replica.status().configuration.learners, [ID]);
  assert.ok(isPut(first.put('key', 'value')));
  assert.equal(
    first.change({ action: Action.UPDATE, ID: 1n, peerURLs: ['http://m1:2'] }),
    'changed',
  );
  assert.deepEqual(first.replica.status().configuration.voters, [1n]);
});

test('a change through a follower is judged once although the network doubles every message', () => {
  const cluster = new SmallCluster(3);
  const [follower] = pair(cluster);
  cluster.network.options = { delayMs: [1, 30], duplication: 1 };
  for (let i = 0; i < 20; i++) {
    const ID = 100n + BigInt(i);
    const peerURLs = [`http://m${ID}:2380`];
    assert.equal(follower.change({ action: Action.ADD_LEARNER, ID, peerURLs }), 'changed');
    assert.equal(follower.change({ action: Action.REMOVE, ID }), 'changed');
  }
});

test('a member is removed, the leader included, and the rest goes on', () => {
  const cluster = new SmallCluster(3);
  const leader = cluster.leader();
  const [follower] = pair(cluster);
  assert.equal(follower.change({ action: Action.REMOVE, ID: leader.id }), 'changed');
  assert.ok(follower.replica.machine.members.isRemoved(leader.id));
  cluster.until(() => leader.replica.machine.members.isRemoved(leader.id));
  leader.kill();
  cluster.leader();
  assert.ok(isPut(follower.put('key', 'value')));
  const again = follower.change({ action: Action.ADD, ID: leader.id, peerURLs: ['http://x:1'] });
  assert.match(JSON.stringify(again), /already exist/);
});

test('a leader that removes itself says so, and from then on refuses whoever still asks it', () => {
  const cluster = new SmallCluster(2);
  const leader = cluster.leader();
  assert.equal(leader.change({ action: Action.REMOVE, ID: leader.id }), 'changed');
  assert.match(JSON.stringify(leader.put('key', 'value')), /server stopped/);
});

test('a leader that is to be removed hands over first, so that nobody waits for an election', () => {
  const cluster = new SmallCluster(3);
  const leader = cluster.leader();
  const [follower] = pair(cluster);
  const startMs = cluster.queue.nowMs;
  assert.equal(follower.change({ action: Action.REMOVE, ID: leader.id }), 'changed');
  assert.ok(isPut(follower.put('key', 'value')));
  assert.ok(cluster.queue.nowMs - startMs < 300, `${cluster.queue.nowMs - startMs} ms`);
});

test('a follower that is asked to remove itself says so too', () => {
  const cluster = new SmallCluster(3);
  cluster.leader();
  const [follower] = pair(cluster);
  cluster.network.options = { delayMs: [1, 30] };
  assert.equal(follower.change({ action: Action.REMOVE, ID: follower.id }), 'changed');
});

test('the removal of a leader is answered by the next one where it is gone before it answers', () => {
  const cluster = new SmallCluster(3);
  const leader = cluster.leader();
  const [follower, other] = pair(cluster);
  const request = MembershipRequest.create({ action: Action.REMOVE, ID: leader.id });
  const outcome = cluster.await<unknown>((done) => {
    follower.replica.calls.changeMembership(request, done);
    cluster.until(() => leader.replica.machine.members.isRemoved(leader.id));
    cluster.network.partition([[String(leader.id)], [String(follower.id), String(other.id)]]);
  });
  assert.equal(outcome, 'changed');
});

test('a change that a leader takes with it when it dies is made by the next one', () => {
  const cluster = new SmallCluster(3);
  const leader = cluster.leader();
  const [follower] = pair(cluster);
  const request = MembershipRequest.create({ action: Action.REMOVE, ID: leader.id });
  const outcome = cluster.await<unknown>((done) => {
    follower.replica.calls.changeMembership(request, done);
    leader.kill();
  });
  assert.equal(outcome, 'changed');
  assert.ok(follower.replica.machine.members.isRemoved(leader.id));
});

test('a change that would leave too few members is refused', () => {
  const cluster = new SmallCluster(3);
  const leader = cluster.leader();
  const [a, b] = pair(cluster);
  b.kill();
  const removal = leader.change({ action: Action.REMOVE, ID: a.id });
  assert.match(JSON.stringify(removal), /unhealthy/);
  assert.equal(leader.change({ action: Action.REMOVE, ID: b.id }), 'changed');
  const addition = leader.change({
    action: Action.ADD,
    ID: 9n,
    peerURLs: a.replica.machine.members.get(a.id)!.peerURLs,
  });
  assert.match(JSON.stringify(addition), /Peer URLs already exists/);
});

test('a lease is kept alive through any member, and ends once nobody does, whoever leads by then', () => {
  const cluster = new SmallCluster(3);
  cluster.leader();
  const [follower, other] = pair(cluster);
  follower.propose({ kind: 'lease-grant', request: { ID: 7n, TTL: 3 } });
  for (let i = 0; i < 5; i++) {
    cluster.run(2000);
    const ttl = cluster.await((done) => follower.replica.calls.renewLease(7n, done));
    assert.equal(ttl, 3);
  }
  cluster.leader().kill();
  cluster.leader();
  const ttl = cluster.await((done) => other.replica.calls.renewLease(7n, done));
  assert.equal(ttl, 3);
  const renewedMs = cluster.queue.nowMs;
  cluster.until(() => !other.replica.machine.leases.exists(7n));
  const livedMs = cluster.queue.nowMs - renewedMs;
  assert.ok(livedMs >= 2900 && livedMs < 6000, `${livedMs} ms`);
  const time = cluster.await((done) => other.replica.calls.timeToLive(7n, done));
  assert.equal(time, undefined);
});

test('leadership is handed over where it is asked for, without an election timeout', () => {
  const cluster = new SmallCluster(3);
  const leader = cluster.leader();
  const [follower] = pair(cluster);
  const startMs = cluster.queue.nowMs;
  const error = cluster.await((done) => leader.replica.transferLeadership(follower.id, done));
  assert.equal(error, undefined);
  assert.ok(cluster.queue.nowMs - startMs < 200);
  assert.equal(cluster.leader(), follower);
});

test('a cluster whose members all restart knows what it knew', () => {
  const cluster = new SmallCluster(3);
  cluster.leader().put('key', 'value');
  cluster.converge();
  for (const member of cluster.members) member.kill();
  for (const member of cluster.members) member.start();
  assert.equal(cluster.leader().get('key'), 'value');
  assert.equal(cluster.leader().replica.machine.members.list().length, 3);
});

test('a member whose state differs is found within two seconds, fenced, and the others go on', () => {
  const cluster = new SmallCluster(3);
  const leader = cluster.leader();
  const [bad, good] = pair(cluster);
  leader.put('key', 'value');
  cluster.converge();
  // What a flipped bit would do: it has something else to say from now on.
  bad.replica.machine.mvcc.write((txn) => {
    txn.put(PutRequest.create({ key: bytes('key'), value: bytes('other') }));
  });
  const differsMs = cluster.queue.nowMs;
  leader.put('more', 'value');
  cluster.until(() => bad.replica.isFenced);
  assert.ok(cluster.queue.nowMs - differsMs < 2500);
  assert.ok(!good.replica.isFenced && !leader.replica.isFenced);
  assert.ok(isPut(good.put('key', 'still')));
});

test('a leader whose state differs gives leadership away', () => {
  const cluster = new SmallCluster(3);
  const bad = cluster.leader();
  bad.put('key', 'value');
  cluster.converge();
  bad.replica.machine.mvcc.write((txn) => {
    txn.put(PutRequest.create({ key: bytes('key'), value: bytes('other') }));
  });
  bad.put('more', 'value');
  cluster.until(() => bad.replica.isFenced && !bad.replica.isLeader);
  assert.ok(isPut(cluster.followers()[0]!.put('key', 'still')));
});
