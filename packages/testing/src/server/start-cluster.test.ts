/** Goal: members in threads are a cluster, and each verb does to it what its name says. Method: etcd's JSON API. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64, call, has, put } from './json-api.fixture.ts';
import { startCluster } from './start-cluster.ts';

test('what one member takes all members have, through restarts and a majority', async () => {
  await using cluster = await startCluster();
  const { endpoints } = cluster;
  await put(endpoints[0], 'a');
  assert.deepEqual(await Promise.all(endpoints.map((one) => has(one, 'a'))), [true, true, true]);
  const members = (await call(endpoints[1], 'cluster/member/list', {}))['members'];
  const advertised = (members as { clientURLs: string[] }[]).flatMap(
    ({ clientURLs }) => clientURLs,
  );
  assert.deepEqual(advertised.sort(), endpoints.map((one) => `http://${one}`).sort());
  await cluster.stop(2);
  await assert.rejects(cluster.stop(2), /member 2 doesn't run/);
  await put(endpoints[0], 'b');
  await cluster.start(2);
  assert.equal(await has(endpoints[2], 'b'), true);
  await cluster.restart();
  assert.equal(await has(endpoints[1], 'b'), true);
});

test('a leader that is kept from the others is replaced by one of them, and finds back', async () => {
  await using cluster = await startCluster({
    flags: ['--heartbeat-interval=20', '--election-timeout=200'],
  });
  const first = await cluster.leader();
  assert.ok(first !== undefined);
  const others = [0, 1, 2].filter((member) => member !== first);
  cluster.partition([first], others);
  let next: number | undefined = first;
  // An election comes in its own time; asking takes a turn of each thread.
  while (next === undefined || next === first) {
    next = await cluster.leader();
    if (next === first)
      await put(cluster.endpoints[others[0] ?? 0], 'knock').catch(() => undefined);
  }
  await put(cluster.endpoints[next], 'key');
  cluster.heal();
  assert.equal(await has(cluster.endpoints[first], 'key'), true);
});

test('time, leases, history and the lines of clients are the test’s', async () => {
  await using cluster = await startCluster({ time: 'virtual' });
  const [endpoint] = cluster.endpoints;
  const { ID } = await call(endpoint, 'lease/grant', { TTL: 10 });
  await put(endpoint, 'short', ID);
  const other = await call(endpoint, 'lease/grant', { TTL: 1000 });
  await put(endpoint, 'long', other['ID']);
  await cluster.advance('10s');
  assert.deepEqual([await has(endpoint, 'short'), await has(endpoint, 'long')], [false, true]);
  await cluster.expireLease(String(other['ID']));
  assert.equal(await has(endpoint, 'long'), false);
  const oldest = await cluster.compactPast();
  const old = await call(endpoint, 'kv/range', { key: base64('short'), revision: oldest - 1 });
  assert.match(String(old['message']), /compacted/);
  cluster.partition();
  await assert.rejects(put(endpoint, 'key'), { code: 'ECONNRESET' });
  cluster.heal();
  await put(endpoint, 'key');
  assert.throws(() => cluster.partition([7]), /no line 7/);
});

test('a cluster of no members, or with real time to advance, is refused by name', async () => {
  await assert.rejects(startCluster({ members: 0 }), /startCluster: members is 0; give .* 1 to 9/);
  await using cluster = await startCluster({ members: 1 });
  await assert.rejects(cluster.advance('1s'), /time: 'virtual'/);
});
