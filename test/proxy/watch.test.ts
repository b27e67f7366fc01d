/** Goal: watches through the gRPC proxy. Method: grpc-js at the proxy, and the server's own count of its watchers. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { bytes, revisionOf } from '../conformance/harness/answers.ts';
import type { WatchStream } from '../conformance/harness/watch-stream.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';
import { backends, ProxiedServer } from './proxied-server.ts';

const WATCHERS = 'etcd_debugging_mvcc_watcher_total';

for (const backend of backends()) {
  describe(`watches through the proxy, on ${backend.name}`, () => {
    let proxied: ProxiedServer;
    before(async () => {
      proxied = await ProxiedServer.start(backend);
    });
    after(() => proxied[Symbol.asyncDispose]());

    const put = async (key: string, value = ''): Promise<number> =>
      revisionOf(await proxied.direct.must('Put', { key: bytes(key), value: bytes(value) }));

    test('two hundred watches of one key are one at the server, and all are told', async () => {
      const before = await proxied.serverMetric(WATCHERS);
      const streams = Array.from({ length: 20 }, () => proxied.client.watch());
      const ids = Array.from({ length: 10 }, (_, i) => i);
      for (const stream of streams) {
        for (const id of ids) await stream.create({ key: bytes('shared'), watch_id: id });
      }
      await until(async () => (await proxied.serverMetric(WATCHERS)) === before + 1);
      await put('shared', 'told');
      for (const stream of streams) {
        for (const id of ids) {
          const [event] = await stream.events(id, 1);
          assert.equal(String(event?.kv?.value), 'told');
        }
      }
      assert.equal(await proxied.proxyMetric('etcd_grpc_proxy_watchers_coalescing_total'), 199);
      assert.equal(await proxied.proxyMetric('etcd_grpc_proxy_events_coalescing_total'), 199);
      for (const stream of streams) stream.close();
      await until(async () => (await proxied.serverMetric(WATCHERS)) === before);
    });

    test('a watch from an old revision catches up, then shares', async () => {
      const before = await proxied.serverMetric(WATCHERS);
      const current = proxied.client.watch();
      await current.create({ key: bytes('late') });
      const first = await put('late', '1');
      await put('late', '2');
      const late = proxied.client.watch();
      await late.create({ key: bytes('late'), start_revision: first, prev_kv: false });
      assert.deepEqual(values(await late.events(0, 2)), ['1', '2']);
      await put('late', '3');
      assert.deepEqual(values(await late.events(0, 1)), ['3']);
      assert.deepEqual(values(await current.events(0, 3)), ['1', '2', '3']);
      await until(async () => (await proxied.serverMetric(WATCHERS)) === before + 1);
      current.close();
      late.close();
    });

    // etcd 3.6's own proxy loses what is beyond the first thousand revisions here.
    test('a history that is longer than a response comes whole, beside a watch that is up to date', async () => {
      const [count, key] = [2500, bytes('long')];
      const current = proxied.client.watch();
      await current.create({ key });
      const first = await put('long');
      await Promise.all(Array.from({ length: count - 1 }, () => put('long')));
      await current.events(0, count);
      const late = proxied.client.watch();
      await late.create({ key, start_revision: first });
      const versions = (await late.events(0, count)).map(({ kv }) => Number(kv?.version));
      assert.deepEqual(
        versions,
        Array.from({ length: count }, (_, i) => i + 1),
      );
      current.close();
      late.close();
    });

    test('filters and former values are each watch’s own', async () => {
      const stream = proxied.client.watch();
      await put('own', 'before');
      await stream.create({ key: bytes('own') });
      await stream.create({ key: bytes('own'), prev_kv: true });
      await stream.create({ key: bytes('own'), filters: ['NOPUT'] });
      await put('own', 'after');
      await proxied.direct.must('DeleteRange', { key: bytes('own') });
      const [plain, former, deletions] = [
        await stream.events(0, 2),
        await stream.events(1, 2),
        await stream.events(2, 1),
      ];
      assert.deepEqual(
        plain.map(({ prev_kv }) => prev_kv),
        [null, null],
      );
      assert.deepEqual(
        former.map(({ prev_kv }) => String(prev_kv?.value)),
        ['before', 'after'],
      );
      assert.equal(deletions[0]?.type, 'DELETE');
      stream.close();
    });

    test('a compacted revision ends the watch that asks for it, and no other', async () => {
      const first = await put('compacted');
      const last = await put('compacted');
      const stream = proxied.client.watch();
      await stream.create({ key: bytes('compacted') });
      await proxied.direct.must('Compact', { revision: last });
      await stream.create({ key: bytes('compacted'), start_revision: first });
      const { canceled, compact_revision } = await stream.next(1);
      assert.deepEqual([canceled, compact_revision], [true, String(last)]);
      await put('compacted', 'after');
      assert.deepEqual(values(await stream.events(0, 1)), ['after']);
      stream.close();
    });

    test('a client that does not read misses nothing, and holds up nobody', async () => {
      const slow = proxied.client.watch();
      const quick = new WireClient(proxied.proxy.endpoint);
      const reading = quick.watch();
      await slow.create({ key: bytes('busy') });
      await reading.create({ key: bytes('busy') });
      slow.pause();
      const value = 'x'.repeat(100_000);
      const count = 60;
      for (let i = 0; i < count; i++) await put('busy', value);
      assert.equal((await reading.events(0, count)).length, count);
      slow.resume();
      const versions = (await slow.events(0, count)).map(({ kv }) => Number(kv?.version));
      assert.deepEqual(
        versions,
        Array.from({ length: count }, (_, i) => i + (versions[0] ?? 0)),
      );
      slow.close();
      quick.close();
    });

    test('a watch goes on where it was when its member comes back', async () => {
      const stream = proxied.client.watch();
      await stream.create({ key: bytes('resumed') });
      await proxied.client.must('Put', { key: bytes('resumed'), value: bytes('1') });
      assert.deepEqual(values(await stream.events(0, 1)), ['1']);
      await proxied.server.restart('SIGKILL');
      const again = new WireClient(proxied.server.endpoint);
      await again.must('Put', { key: bytes('resumed'), value: bytes('2') });
      assert.deepEqual(values(await stream.events(0, 1)), ['2']);
      again.close();
      stream.close();
    });

    // The last: authentication stays on.
    test('what one user may see reaches nobody else', async () => {
      const token = await enableUsers(proxied.client);
      const [root, alice] = [await token('root'), await token('alice')];
      const asRoot = { metadata: { token: root } };
      const asAlice = { metadata: { token: alice } };
      const allowed = proxied.client.watch(asRoot);
      assert.equal((await allowed.create({ key: bytes('secret') })).canceled, false);
      for (const stranger of [proxied.client.watch(asAlice), proxied.client.watch()]) {
        const refused = await stranger.create({ key: bytes('secret') });
        assert.equal(refused.canceled, true);
        stranger.close();
      }
      await proxied.client.must('Put', { key: bytes('secret'), value: bytes('1') }, asRoot);
      assert.deepEqual(values(await allowed.events(0, 1)), ['1']);
      // What root was answered is in nobody's cache.
      const read = { key: bytes('secret'), serializable: true };
      assert.equal((await proxied.client.must('Range', read, asRoot)).count, '1');
      for (const options of [asAlice, {}]) {
        assert.ok('code' in (await proxied.client.call('Range', read, options)), 'refused');
      }
      await proxied.client.must('Put', { key: bytes('alice/a'), value: bytes('') }, asAlice);
      allowed.close();
    });
  });
}

/** Users root and alice, who may have `alice/`; answers how a token is got. */
async function enableUsers(client: WireClient): Promise<(name: string) => Promise<string>> {
  await client.must('UserAdd', { name: 'root', password: 'r' });
  await client.must('RoleAdd', { name: 'root' });
  await client.must('UserGrantRole', { user: 'root', role: 'root' });
  await client.must('UserAdd', { name: 'alice', password: 'a' });
  await client.must('RoleAdd', { name: 'alice' });
  const perm = { permType: 'READWRITE', key: bytes('alice/'), range_end: bytes('alice0') };
  await client.must('RoleGrantPermission', { name: 'alice', perm });
  await client.must('UserGrantRole', { user: 'alice', role: 'alice' });
  await client.must('AuthEnable', {});
  const passwords: Readonly<Record<string, string>> = { root: 'r', alice: 'a' };
  return async (name) =>
    (await client.must('Authenticate', { name, password: passwords[name] ?? '' })).token;
}

const values = (events: Awaited<ReturnType<WatchStream['events']>>): string[] =>
  events.map(({ kv }) => String(kv?.value));

/** The condition holds, or the test's own time-out says that it does not. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
