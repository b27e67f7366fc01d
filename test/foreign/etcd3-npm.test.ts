/**
 * Goal: the npm package `etcd3`, which this project did not write, works against a member as it does
 * against etcd. Method: the same program on both, one test per part of its interface.
 */
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { Etcd3, EtcdLeaseInvalidError, EtcdLockFailedError, LeaseState } from 'etcd3';
import type { IKeyValue, Watcher } from 'etcd3';
import type { ServerUnderTest } from '../bench/server-under-test.ts';
import { TARGETS, withServer } from './targets.ts';

for (const { name, kind, skip } of TARGETS) {
  describe(`npm etcd3 on ${name}`, { skip }, () => {
    let client: Etcd3;
    let end: () => void;
    let ended: Promise<void>;

    before(async () => {
      const server = await new Promise<ServerUnderTest>((resolve, reject) => {
        ended = withServer(kind!, (started) => {
          resolve(started);
          return new Promise<void>((done) => (end = done));
        });
        ended.catch(reject);
      });
      client = new Etcd3({ hosts: `http://${server.endpoint}` });
    });

    after(async () => {
      client.close();
      end();
      await ended;
    });

    test('puts, gets and deletes', async () => {
      const put = await client.put('kv/a').value('1');
      assert.match(put.header.revision, /^\d+$/);
      assert.equal(await client.get('kv/a').string(), '1');
      assert.equal(await client.get('kv/missing').string(), null);
      const previous = await client.put('kv/a').value('2').getPrevious();
      assert.equal(previous.value.toString(), '1');
      assert.equal(await client.get('kv/a').revision(put.header.revision).string(), '1');
      assert.equal(await client.get('kv/a').serializable(true).number(), 2);
      assert.equal((await client.delete().key('kv/a').getPrevious())[0]?.value.toString(), '2');
      assert.equal(await client.get('kv/a').exists(), false);
    });

    test('reads ranges with limit, order, count and keys', async () => {
      for (const key of ['x', 'y', 'z']) await client.put(`range/${key}`).value(key.toUpperCase());
      const all = client.getAll().prefix('range/');
      assert.deepEqual(await all.strings(), { 'range/x': 'X', 'range/y': 'Y', 'range/z': 'Z' });
      assert.equal(await client.getAll().prefix('range/').count(), 3);
      const descending = client.getAll().prefix('range/').sort('Key', 'Descend').limit(2);
      assert.deepEqual(await descending.keys(), ['range/z', 'range/y']);
      const between = client.getAll().inRange({ start: 'range/x', end: 'range/z' });
      assert.deepEqual(await between.keys(), ['range/x', 'range/y']);
      assert.equal((await client.delete().prefix('range/')).deleted, '3');
    });

    test('transacts on a condition', async () => {
      await client.put('txn/a').value('1');
      const transact = (): Promise<boolean> =>
        client
          .if('txn/a', 'Value', '==', '1')
          .and('txn/b', 'Create', '==', 0)
          .then(client.put('txn/a').value('2'), client.put('txn/b').value('2'))
          .else(client.get('txn/a'))
          .commit()
          .then((result) => result.succeeded);
      assert.equal(await transact(), true);
      assert.equal(await transact(), false);
      assert.deepEqual(await client.getAll().prefix('txn/').strings(), {
        'txn/a': '2',
        'txn/b': '2',
      });
    });

    test('repeats a software transaction until no one interferes', async () => {
      await client.put('stm/counter').value(0);
      const increment = (): Promise<unknown> =>
        client.stm({ retries: 100 }).transact(async (transaction) => {
          const value = await transaction.get('stm/counter').number();
          await transaction.put('stm/counter').value((value ?? 0) + 1);
        });
      await Promise.all(Array.from({ length: 8 }, increment));
      assert.equal(await client.get('stm/counter').number(), 8);
    });

    test('watches keys and prefixes, from now and from a revision', async () => {
      const watcher = await client.watch().prefix('watch/').withPreviousKV().create();
      const seen = collect(watcher, 3);
      const first = await client.put('watch/a').value('1');
      await client.put('watch/a').value('2');
      await client.delete().key('watch/a');
      assert.deepEqual(await seen, [
        'put watch/a=1 was ',
        'put watch/a=2 was 1',
        'delete watch/a= was 2',
      ]);
      await watcher.cancel();

      const late = client.watch().key('watch/a').startRevision(first.header.revision);
      const replayed = collect(await late.create(), 3);
      assert.equal((await replayed).length, 3);
    });

    test('grants, keeps alive and revokes leases', async () => {
      const lease = client.lease(60);
      await lease.put('lease/a').value('1');
      const { leases } = await client.leaseClient.leaseLeases();
      assert.ok(leases.some(({ ID }) => ID !== '0'));
      assert.equal(Number((await lease.keepaliveOnce()).TTL), 60);
      await lease.revoke();
      assert.equal(lease.state, LeaseState.Revoked);
      assert.equal(await client.get('lease/a').exists(), false);
    });

    test('a lease that is not kept alive expires and takes its key along', async () => {
      const watcher = await client.watch().key('lease/short').create();
      const deleted = once(watcher, 'delete');
      const lease = client.lease(1, { autoKeepAlive: false });
      await lease.put('lease/short').value('1');
      await deleted;
      await assert.rejects(lease.keepaliveOnce(), EtcdLeaseInvalidError);
    });

    test('locks exclude each other', async () => {
      const held = await client.lock('lock/a').acquire();
      await assert.rejects(client.lock('lock/a').acquire(), EtcdLockFailedError);
      await held.release();
      const result = await client.lock('lock/a').do(() => 'inside');
      assert.equal(result, 'inside');
    });

    test('an election passes leadership on', async () => {
      const election = client.election('election');
      const observer = await election.observe();
      const first = await election.campaign('one').wait();
      assert.equal(await election.leader(), 'one');
      const second = election.campaign('two');
      const elected = once(second, 'elected');
      await first.proclaim('one again');
      assert.equal(await election.leader(), 'one again');
      await first.resign();
      await elected;
      assert.equal(await election.leader(), 'two');
      await observer.cancel();
      await second.resign();
    });

    test('the maintenance and cluster services answer', async () => {
      const status = await client.maintenance.status();
      assert.match(status.version, /^3\.\d+\.\d+$/);
      const { members } = await client.cluster.memberList({});
      assert.deepEqual(
        members.map((member) => member.name),
        ['member'],
      );
      assert.equal(status.leader, members[0]?.ID);
    });

    test('a namespace hides its prefix', async () => {
      const inside = client.namespace('space/');
      await inside.put('a').value('1');
      assert.deepEqual(await inside.getAll().keys(), ['a']);
      assert.equal(await client.get('space/a').string(), '1');
    });
  });
}

/** The next so many events of a watcher, as text. */
async function collect(watcher: Watcher, count: number): Promise<string[]> {
  const seen: string[] = [];
  const enough = new EventEmitter();
  const note = (type: string) => (kv: IKeyValue, previous?: IKeyValue) => {
    const key = `${kv.key.toString()}=${kv.value.toString()}`;
    seen.push(`${type} ${key} was ${previous?.value.toString() ?? ''}`);
    if (seen.length === count) enough.emit('enough');
  };
  watcher.on('put', note('put')).on('delete', note('delete'));
  await once(enough, 'enough');
  return seen;
}
