/**
 * Cluster: what a cluster of one says of its members.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes } from './harness/answers.ts';
import { onEachBackend } from './harness/each-backend.ts';
import { assertFails } from './harness/outcome.ts';

onEachBackend('Cluster', (target) => {
  for (const linearizable of [false, true]) {
    test(`lists the one member, ${linearizable ? 'linearizably' : 'locally'}`, async () => {
      const { header, members } = await target.client.must('MemberList', { linearizable });
      assert.deepEqual(members, [
        {
          ID: header?.member_id,
          name: 'conformance',
          peerURLs: [`http://127.0.0.1:${target.server.peerPort}`],
          clientURLs: [`http://127.0.0.1:${target.server.clientPort}`],
          isLearner: false,
        },
      ]);
    });
  }

  test('the header of a member list carries no revision', async () => {
    await target.client.must('Put', { key: bytes('a') });
    const { header } = await target.client.must('MemberList', {});
    assert.equal(header?.revision, '0');
    assert.notEqual(header.cluster_id, '0');
    assert.notEqual(header.raft_term, '0');
  });

  test('ids of cluster and member stay over a restart, and the term never falls', async () => {
    const before = (await target.client.must('MemberList', {})).header;
    await target.server.restart();
    const after = (await target.client.must('Range', { key: bytes('a') })).header;
    assert.equal(after?.cluster_id, before?.cluster_id);
    assert.equal(after?.member_id, before?.member_id);
    assert.ok(Number(after?.raft_term) >= Number(before?.raft_term));
  });

  test('only a learner that is there is promoted', async () => {
    const { header } = await target.client.must('MemberList', {});
    assertFails(await target.client.call('MemberPromote', { ID: 1 }), {
      code: 5,
      message: 'etcdserver: member not found',
    });
    assertFails(await target.client.call('MemberPromote', { ID: header?.member_id ?? 0 }), {
      code: 9,
      message: 'etcdserver: can only promote a learner member',
    });
  });

  test('an address that is none is not taken', async (t) => {
    if (target.backend.name === 'etcd') return t.skip('etcd takes it, and answers no more');
    const { header, members } = await target.client.must('MemberList', {});
    for (const peerURLs of [['nonsense'], []]) {
      const update = { ID: header?.member_id ?? 0, peerURLs };
      assertFails(await target.client.call('MemberUpdate', update), {
        code: 3,
        message: 'etcdserver: given member URLs are invalid',
      });
    }
    assert.deepEqual((await target.client.must('MemberList', {})).members, members);
  });
});
