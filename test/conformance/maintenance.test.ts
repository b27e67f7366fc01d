/**
 * Maintenance: status, alarms, the quota, hashes, defragmentation.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { bytes, everything, revisionOf } from './harness/answers.ts';
import { onEachBackend, withFreshServer } from './harness/each-backend.ts';
import * as errors from './harness/etcd-errors.ts';
import { exchange } from './harness/http-exchange.ts';
import { assertFails, responseOf } from './harness/outcome.ts';
import type { WireClient } from './harness/wire-client.ts';

onEachBackend('Maintenance', (target) => {
  test('status tells a version clients can parse, a size above zero, and itself as leader', async () => {
    await target.client.must('Put', { key: bytes('a') });
    const status = await target.client.must('Status', {});
    assert.match(status.version, /^3\.\d+\.\d+/);
    assert.ok(Number(status.dbSize) > 0);
    assert.ok(Number(status.dbSizeInUse) > 0);
    assert.equal(status.leader, status.header?.member_id);
    assert.equal(status.raftTerm, status.header?.raft_term);
    assert.ok(Number(status.raftIndex) >= Number(status.raftAppliedIndex));
    assert.ok(Number(status.raftAppliedIndex) > 0);
    assert.deepEqual(status.errors, []);
    assert.equal(status.isLearner, false);
    assert.equal(revisionOf(status), await target.client.revision());
  });

  test('status tells the storage version, the quota and the downgrade', async (t) => {
    const skip = target.changed({
      since: '3.6.0',
      now: '',
      then: 'not in this version',
      because: 'the fields came with 3.6',
    });
    if (skip !== '') return t.skip(skip);
    const status = await target.client.must('Status', {});
    assert.match(status.storageVersion, /^3\.\d+\.0$/);
    assert.equal(status.dbSizeQuota, String(2 * 1024 ** 3));
    assert.deepEqual(status.downgradeInfo, { enabled: false, targetVersion: '' });
  });

  test('the applied index rises with writes', async () => {
    const before = await target.client.must('Status', {});
    await target.client.must('Put', { key: bytes('a') });
    const after = await target.client.must('Status', {});
    assert.ok(Number(after.raftAppliedIndex) > Number(before.raftAppliedIndex));
  });

  test('there is no alarm, and none can be disarmed', async () => {
    for (const alarm of ['NONE', 'NOSPACE', 'CORRUPT']) {
      assert.deepEqual((await target.client.must('Alarm', { alarm })).alarms, []);
      const disarmed = await target.client.must('Alarm', { action: 'DEACTIVATE', alarm });
      assert.deepEqual(disarmed.alarms, []);
    }
  });

  test('defragmenting answers without a header and changes nothing', async () => {
    const key = bytes('a');
    await target.client.must('Put', { key, value: bytes('kept') });
    assert.deepEqual(await target.client.must('Defragment', {}), { header: null });
    assert.equal((await target.client.must('Range', { key })).kvs[0]?.value.toString(), 'kept');
  });

  test('hash tells a number, and the same one while nothing is written', async () => {
    await withFreshServer(target.backend, {}, async (client) => {
      await client.must('Put', { key: bytes('a') });
      const first = await client.must('Hash', {});
      assert.equal(revisionOf(first), 2);
      assert.ok(first.hash > 0);
      assert.equal((await client.must('Hash', {})).hash, first.hash);
      await client.must('Put', { key: bytes('a') });
      assert.notEqual((await client.must('Hash', {})).hash, first.hash);
    });
  });

  test('leadership goes to nobody who is not there, and to the leader itself', async () => {
    const { header } = await target.client.must('Status', {});
    assertFails(await target.client.call('MoveLeader', { targetID: 1 }), {
      code: 9,
      message: 'etcdserver: bad leader transferee',
    });
    const targetID = header?.member_id ?? 0;
    assert.deepEqual(await target.client.must('MoveLeader', { targetID }), { header: null });
  });

  test('the hash of an empty store is that of the bucket name', async () => {
    await withFreshServer(target.backend, {}, async (client) => {
      const empty = await client.must('HashKV', {});
      assert.deepEqual([empty.hash, empty.compact_revision], [CRC32C_OF_KEY, '-1']);
    });
  });

  test('the hash of a known history is known', async () => {
    await withFreshServer(target.backend, {}, async (client) => {
      await client.must('LeaseGrant', { ID: 5, TTL: 600 });
      await client.must('Put', { key: bytes('a'), value: bytes('1'), lease: 5 });
      await client.must('Put', { key: bytes('a'), value: bytes('2') });
      await client.must('DeleteRange', { key: bytes('a') });
      await client.must('Txn', {
        success: [
          { request_put: { key: bytes('b') } },
          { request_put: { key: bytes('c'), value: bytes('x') } },
        ],
      });
      const hashes: number[] = [];
      for (const revision of [1, 2, 3, 4, 5]) {
        hashes.push((await client.must('HashKV', { revision })).hash);
      }
      assert.deepEqual(hashes, HASHES);
      assert.equal((await client.must('HashKV', {})).hash, HASHES.at(-1));
      await client.must('Compact', { revision: 3, physical: true });
      const compacted = await client.must('HashKV', { revision: 5 });
      assert.deepEqual([compacted.hash, compacted.compact_revision], [HASH_COMPACTED, '3']);
    });
  });

  test('a hash at an earlier revision does not change with later writes', async () => {
    const { client } = target;
    const revision = revisionOf(await client.must('Put', { key: bytes('a') }));
    const then = await client.must('HashKV', { revision });
    await client.must('Put', { key: bytes('a') });
    await client.must('DeleteRange', { key: bytes('a') });
    const later = await client.must('HashKV', { revision });
    assert.equal(later.hash, then.hash);
    assert.notEqual((await client.must('HashKV', {})).hash, then.hash);
    assert.equal(revisionOf(later), revision + 2);
    if (target.server.version.atLeast('3.6.0')) {
      assert.equal(later.hash_revision, String(revision));
    }
  });

  test('the hash at a negative revision is that of nothing, compacted or not', async () => {
    await withFreshServer(target.backend, {}, async (client) => {
      for (let i = 0; i < 60; i++) await client.must('Put', { key: bytes('a') });
      for (const revision of [-1, -42, '-9223372036854775808']) {
        assert.equal((await client.must('HashKV', { revision })).hash, CRC32C_OF_KEY);
      }
      await client.must('Compact', { revision: 30 });
      assert.equal((await client.must('HashKV', { revision: -1 })).hash, CRC32C_OF_KEY);
      await client.must('Put', { key: bytes('a') });
    });
  });

  test('refuses the hash of a future or a compacted revision', async () => {
    await withFreshServer(target.backend, {}, async (client) => {
      for (let i = 0; i < 4; i++) await client.must('Put', { key: bytes('a') });
      for (const revision of [6, '9223372036854775807']) {
        assertFails(await client.call('HashKV', { revision }), errors.futureRevision);
      }
      await client.must('Compact', { revision: 4 });
      assertFails(await client.call('HashKV', { revision: 3 }), errors.compacted);
    });
  });

  test('a revision that was compacted to keeps the hash that it had', async (t) => {
    if (!target.server.version.atLeast('3.6.0')) return t.skip('from 3.5 on');
    await withFreshServer(target.backend, {}, async (client, server) => {
      const hashAt = async (revision: number): Promise<(string | number | undefined)[]> => {
        const answer = await client.must('HashKV', { revision });
        return [answer.hash, answer.compact_revision, answer.hash_revision];
      };
      for (let i = 0; i < 10; i++) await client.must('Put', { key: bytes('a') });
      const atFive = await hashAt(5);
      await client.must('Compact', { revision: 5, physical: true });
      assert.deepEqual(await hashAt(5), atFive);
      const atEight = await hashAt(8);
      await client.must('Compact', { revision: 8, physical: true });
      assert.deepEqual(await hashAt(8), atEight);
      assert.deepEqual(await hashAt(5), atFive, 'far below what can be read');
      for (const revision of [4, 6, 7]) {
        assertFails(await client.call('HashKV', { revision }), errors.compacted);
      }
      await server.restart();
      assertFails(await client.call('HashKV', { revision: 5 }), errors.compacted);
      assert.deepEqual((await hashAt(8)).slice(1), ['8', '8'], 'hashed anew');
    });
  });

  test('the hashes of the last ten compactions are kept', async (t) => {
    if (!target.server.version.atLeast('3.6.0')) return t.skip('from 3.5 on');
    await withFreshServer(target.backend, {}, async (client) => {
      for (let revision = 2; revision < 13; revision++) {
        await client.must('Put', { key: bytes('a') });
        await client.must('Compact', { revision, physical: true });
      }
      assertFails(await client.call('HashKV', { revision: 2 }), errors.compacted);
      assert.equal((await client.must('HashKV', { revision: 3 })).compact_revision, '2');
      await client.must('DeleteRange', { key: bytes('a') });
      const before = await client.must('HashKV', { revision: 13 });
      await client.must('Compact', { revision: 13, physical: true });
      const after = await client.must('HashKV', { revision: 13 });
      assert.notEqual(after.hash, before.hash, 'a compaction keeps the deletion at its revision');
    });
  });
});

/** CRC-32C of `key`, the name of the bucket, which starts every hash. */
const CRC32C_OF_KEY = 1084519789;
/** Asked of real etcd 3.4.23 and 3.7.3, which agree. */
const HASHES: readonly number[] = [1084519789, 457978108, 1177719225, 3576592036, 1453530333];
const HASH_COMPACTED = 2634792546;

const QUOTA_BYTES = 16 * 1024 * 1024;

onEachBackend(
  'the quota',
  (target) => {
    test('blocks writes when it is exceeded, until space is made and the alarm disarmed', async () => {
      const { client } = target;
      const value = Buffer.alloc(1024 * 1024);
      let refusal = await client.call('Put', { key: bytes('0'), value });
      for (let i = 1; i < 64 && !('code' in refusal); i++) {
        refusal = await client.call('Put', { key: bytes(String(i)), value });
      }
      assertFails(refusal, errors.noSpace);

      const { alarms } = await client.must('Alarm', { action: 'GET', alarm: 'NOSPACE' });
      const { header, errors: texts } = await client.must('Status', {});
      assert.deepEqual(alarms, [{ memberID: header?.member_id, alarm: 'NOSPACE' }]);
      // 3.7 prints with a library that varies the blanks.
      const plain = texts.map((text) => text.replace(/ +/g, ' ').trimEnd());
      assert.deepEqual(plain, [`memberID:${header?.member_id} alarm:NOSPACE`]);

      const put = { request_put: { key: bytes('small') } };
      assertFails(await client.call('Put', { key: bytes('small') }), errors.noSpace);
      // The request is looked at first while the store, if not the refused megabyte, is below the quota.
      const empty = await client.call('Put', {});
      assertFails(empty, 'code' in empty && empty.code === 3 ? errors.emptyKey : errors.noSpace);
      assertFails(await client.call('Txn', { success: [put] }), errors.noSpace);
      assertFails(await client.call('Txn', { failure: [put] }), errors.noSpace);
      assertFails(await client.call('LeaseGrant', { TTL: 600 }), errors.noSpace);

      const health = await fetch(`http://${target.server.endpoint}/health`);
      assert.equal(health.status, 503);
      assert.match(await health.text(), /"health":"false"/);
      const excluded = await fetch(`http://${target.server.endpoint}/health?exclude=NOSPACE`);
      assert.equal(excluded.status, 200);

      await client.must('Range', everything);
      await client.must('Txn', { success: [{ request_range: everything }] });
      await client.must('Txn', { success: [{ request_delete_range: { key: bytes('0') } }] });
      await client.must('DeleteRange', everything);
      await client.must('Compact', { revision: await client.revision(), physical: true });
      await client.must('Defragment', {});
      // Concord disarms by itself what it has raised by itself: see alarm.test.ts.
      if (target.backend.name === 'etcd') {
        assertFails(await client.call('Put', { key: bytes('small') }), errors.noSpace);
        const disarmed = await client.must('Alarm', { action: 'DEACTIVATE', ...alarms[0] });
        assert.deepEqual(disarmed.alarms, alarms);
      } else await client.must('Alarm', { action: 'DEACTIVATE', ...alarms[0] });
      await client.must('Put', { key: bytes('small') });
    });
  },
  { flags: [`--quota-backend-bytes=${QUOTA_BYTES}`] },
);

onEachBackend('Downgrade', (target) => {
  const testHere = (name: string, body: (own: string, previous: string) => Promise<void>): void =>
    void test(name, async (t) => {
      const { version } = target.server;
      if (!version.atLeast('3.6.0')) return t.skip('not in this version');
      await body(`${version.major}.${version.minor}`, `${version.major}.${version.minor - 1}`);
    });
  const ask = (action: string | number, version = '') =>
    target.client.call('Downgrade', { action, version });

  testHere(
    'only the version before is a target, by two or three numbers',
    async (own, previous) => {
      for (const version of [previous, `${previous}.0`, `${previous}.9-rc.1+build`]) {
        const { version: answered } = responseOf(await ask('VALIDATE', version), 'Downgrade');
        assert.equal(answered, own);
      }
      for (const version of [own, '3.1', '2.3.8', '9.9']) {
        assertFails(await ask('VALIDATE', version), invalidTarget);
      }
      for (const version of ['', '3', 'v3.5', 'x', '3.5.0.0', '3.5-rc.1']) {
        assertFails(await ask('VALIDATE', version), wrongFormat);
      }
      assertFails(await ask(7, previous), { code: 2, message: 'etcdserver: unknown method' });
    },
  );

  /** Waits until the cluster has a version: etcd's leader looks every few seconds. */
  const untilClusterIs = async (version: string): Promise<void> => {
    for (;;) {
      const { body } = await exchange(target.server.clientPort, {
        path: '/version',
        method: 'GET',
      });
      const { etcdcluster, storage } = JSON.parse(body) as Record<string, string>;
      // What is stored follows, a moment later.
      if (etcdcluster === version && storage === version) return;
      await setTimeout(100);
    }
  };

  testHere('one takes the cluster to the version before, and back', async (own, previous) => {
    const { minor, major } = target.server.version;
    const beyond = `${major}.${minor - 2}`;
    assertFails(await ask('ENABLE', own), invalidTarget);
    assert.equal(responseOf(await ask('ENABLE', previous), 'Downgrade').version, own);
    const lowered = `${previous}.0`;
    const { downgradeInfo } = await target.client.must('Status', {});
    assert.deepEqual(downgradeInfo, { enabled: true, targetVersion: lowered });
    await untilClusterIs(lowered);
    const { storageVersion, version } = await target.client.must('Status', {});
    assert.equal(storageVersion, lowered);
    assert.ok(version.startsWith(`${own}.`), 'the program is what it is');
    for (const action of ['VALIDATE', 'ENABLE']) {
      assertFails(await ask(action, own), invalidTarget);
      assertFails(await ask(action, previous), invalidTarget);
      assertFails(await ask(action, beyond), inProcess);
    }
    assert.equal(responseOf(await ask('CANCEL'), 'Downgrade').version, previous);
    const { downgradeInfo: cancelled } = await target.client.must('Status', {});
    assert.deepEqual(cancelled, { enabled: false, targetVersion: '' });
    await untilClusterIs(`${own}.0`);
    assert.equal(responseOf(await ask('CANCEL'), 'Downgrade').version, own);
  });

  testHere('it is remembered over a restart', async (own, previous) => {
    responseOf(await ask('ENABLE', previous), 'Downgrade');
    await untilClusterIs(`${previous}.0`);
    await target.server.restart();
    const { downgradeInfo } = await target.client.must('Status', {});
    assert.deepEqual(downgradeInfo, { enabled: true, targetVersion: `${previous}.0` });
    await untilClusterIs(`${previous}.0`);
    const { body } = await exchange(target.server.clientPort, { path: '/metrics', method: 'GET' });
    assert.match(body, new RegExp(`etcd_cluster_version{cluster_version="${previous}"} 1`));
    responseOf(await ask('CANCEL'), 'Downgrade');
    await untilClusterIs(`${own}.0`);
  });
});

const invalidTarget = { code: 3, message: 'etcdserver: invalid downgrade target version' };
const wrongFormat = { code: 3, message: 'etcdserver: wrong downgrade target version format' };
const inProcess = { code: 9, message: 'etcdserver: cluster has a downgrade job in progress' };

onEachBackend('alarms raised by hand', (target) => {
  const raised = async (
    alarm: string,
    body: (client: WireClient) => Promise<void>,
  ): Promise<void> => {
    const { header } = await target.client.must('Status', {});
    const request = { memberID: header?.member_id ?? 0, alarm };
    const activated = await target.client.must('Alarm', { action: 'ACTIVATE', ...request });
    assert.deepEqual(activated.alarms, [request]);
    try {
      await body(target.client);
    } finally {
      await target.client.must('Alarm', { action: 'DEACTIVATE', ...request });
    }
  };

  test('NOSPACE blocks what needs space', async () => {
    await raised('NOSPACE', async (client) => {
      assertFails(await client.call('Put', { key: bytes('a') }), errors.noSpace);
      await client.must('DeleteRange', { key: bytes('a') });
    });
    await target.client.must('Put', { key: bytes('a') });
  });

  test('CORRUPT blocks what is replicated, and lets reads through', async () => {
    const { ID } = await target.client.must('LeaseGrant', { TTL: 600 });
    await raised('CORRUPT', async (client) => {
      const key = bytes('a');
      const put = { request_put: { key } };
      assertFails(await client.call('Put', { key }), errors.corrupt);
      assertFails(await client.call('DeleteRange', { key }), errors.corrupt);
      assertFails(await client.call('Txn', { success: [put] }), errors.corrupt);
      assertFails(await client.call('Compact', { revision: 1 }), errors.corrupt);
      assertFails(await client.call('LeaseGrant', { TTL: 600 }), errors.corrupt);
      assertFails(await client.call('LeaseRevoke', { ID }), errors.corrupt);
      await client.must('Range', { key });
      await client.must('Txn', { success: [{ request_range: { key } }] });
    });
    await target.client.must('Put', { key: bytes('a') });
  });
});
