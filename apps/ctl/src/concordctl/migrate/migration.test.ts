/** Goal: what was at the source is at the destination, whatever came between. Method: two servers in this process. */
import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, ConcordError } from '@concord/client';
import { startServer, type TestServer } from '@concord/testing';
import { CHECKPOINT_KEY, Migration, type MigrationParts } from './migration.ts';

class Pair implements AsyncDisposable {
  readonly servers: readonly [TestServer, TestServer];
  readonly source: Client;
  readonly destination: Client;
  readonly told: string[] = [];

  private constructor(servers: readonly [TestServer, TestServer]) {
    this.servers = servers;
    const [source, destination] = servers.map(({ endpoints }) => Client.open({ endpoints }));
    this.source = source as Client;
    this.destination = destination as Client;
  }

  static async start(): Promise<Pair> {
    return new Pair(await Promise.all([startServer(), startServer()]));
  }

  migration(
    change: Partial<MigrationParts> = {},
    signal: AbortSignal = new AbortController().signal,
  ): Migration {
    return new Migration({
      source: this.source,
      destination: this.destination,
      patience: { signal, tell: (line) => void this.told.push(line) },
      opsMax: 100,
      keysPerSecond: 0,
      isOverwritten: false,
      isAuthCopied: true,
      isFollowed: false,
      cutOver: new AbortController().signal,
      onProgress: () => undefined,
      ...change,
    });
  }

  async fill(count: number, value = 'v'): Promise<void> {
    for (let at = 0; at < count; at += 100) {
      const operations = Array.from({ length: Math.min(100, count - at) }, (_, i) => {
        const key = `k/${String(at + i).padStart(6, '0')}`;
        return { kind: 'put', key, value: `${value}${at + i}`, options: {} } as const;
      });
      await this.source.kv
        .txn()
        .then(...operations)
        .commit();
    }
  }

  async listing(client: Client): Promise<string[]> {
    const entries = await Array.fromAsync(client.kv.entries({ from: '' }));
    return entries.map(({ key, text, lease }) => `${key}=${text}@${lease.toString(16)}`);
  }

  async assertEqual(): Promise<void> {
    deepEqual(await this.listing(this.destination), await this.listing(this.source));
  }

  /** As if both had just been started, but for their revisions. */
  async reset(): Promise<void> {
    this.told.length = 0;
    for (const { kv, leases, auth } of [this.source, this.destination]) {
      await kv.delete({ from: '' });
      for (const lease of await leases.list()) await leases.revoke(lease);
      for (const user of await auth.users()) await auth.deleteUser(user);
      for (const role of await auth.roles()) await auth.deleteRole(role);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.source.close(), this.destination.close()]);
    await Promise.all(this.servers.map((server) => server.stop()));
  }
}

let only: Pair;
before(async () => {
  only = await Pair.start();
});
after(() => only[Symbol.asyncDispose]());

async function fresh(): Promise<Pair> {
  await only.reset();
  return only;
}

test('keys of any bytes, leases, users and roles come along, and the checkpoint goes', async () => {
  const pair = await fresh();
  const { source, destination } = pair;
  await pair.fill(1234);
  await source.kv.put(Uint8Array.of(0xff, 0xfe, 0), Uint8Array.of(0, 1, 255));
  await source.kv.put('empty', '');
  await source.kv.put('large', 'x'.repeat(1_400_000));
  const { lease } = await source.leases.grant('300s', { id: 0x1234n });
  for (const key of ['l/1', 'l/2', 'l/3']) await source.kv.put(key, 'leased', { lease });
  await source.leases.grant('60s', { id: 0x77n });
  await source.auth.addRole('reader');
  const permissions = [
    { access: 'read', range: { prefix: 'a/' } },
    { access: 'write', range: 'b' },
    { access: 'readwrite', range: { from: 'c' } },
  ] as const;
  for (const permission of permissions) await source.auth.grantPermission('reader', permission);
  await source.auth.addUser('alice', 'secret');
  await source.auth.grantRole('alice', 'reader');

  const result = await pair.migration().run();
  ok(result.isOver && result.isStill);
  deepEqual(result.verification.differences, []);
  equal(result.verification.keys.source, 1234 + 3 + 3);
  equal(result.verification.hash.source, result.verification.hash.destination);
  await pair.assertEqual();
  deepEqual([...(await destination.leases.list())].sort(), [0x77n, 0x1234n]);
  const { ttlMs, keys } = await destination.leases.timeToLive(0x1234n, { keys: true });
  deepEqual([ttlMs, [...keys].sort()], [300_000, ['l/1', 'l/2', 'l/3']]);
  deepEqual(result.auth, { kind: 'copied', users: ['alice'], roles: ['reader'] });
  deepEqual(await destination.auth.role('reader'), await source.auth.role('reader'));
  deepEqual(await destination.auth.user('alice'), { roles: ['reader'] });
  equal(await destination.kv.get(CHECKPOINT_KEY), undefined);
});

test('a destination that has keys is left alone, or made equal when that is asked for', async () => {
  const pair = await fresh();
  await pair.fill(10);
  await pair.destination.kv.put('k/000003', 'other');
  await pair.destination.kv.put('zzz', 'only here');
  await rejects(pair.migration().run(), /not empty: it has 2 keys.*--overwrite/);
  equal((await pair.destination.kv.get('zzz'))?.text, 'only here');
  const result = await pair.migration({ isOverwritten: true }).run();
  ok(result.isOver);
  await pair.assertEqual();
});

test('a cluster is not migrated into itself', async () => {
  const pair = await fresh();
  await pair.fill(3);
  const self = { destination: pair.source, isOverwritten: true };
  await rejects(pair.migration(self).run(), /the same cluster/);
  equal((await pair.listing(pair.source)).length, 3);
});

/** Runs until `isReached`, then ends as if it had been killed between two transactions. */
async function interrupted(pair: Pair, isReached: () => Promise<boolean>): Promise<void> {
  const end = new AbortController();
  const run = pair.migration({ keysPerSecond: 2000, isFollowed: true }, end.signal).run();
  const outcome = { isOver: false };
  run.catch(() => (outcome.isOver = true));
  while (!outcome.isOver && !(await isReached()))
    await new Promise((resolve) => setTimeout(resolve, 5));
  end.abort();
  await rejects(run, { name: 'AbortError' });
}

const checkpointOf = async ({ destination }: Pair): Promise<Record<string, unknown>> =>
  (await destination.kv.get(CHECKPOINT_KEY))?.json<Record<string, unknown>>() ?? {};

test('a copy that was cut off goes on, and knows of what was deleted meanwhile', async () => {
  const pair = await fresh();
  await pair.fill(1000);
  await interrupted(pair, async () => Number((await checkpointOf(pair))['written']) >= 300);
  await pair.source.kv.delete({ prefix: 'k/0001' });
  await pair.source.kv.put('k/000250', 'changed');
  const { phase } = await checkpointOf(pair);
  equal(phase, 'copy');
  ok((await pair.migration().run()).isOver);
  await pair.assertEqual();
  match(pair.told.join('\n'), /going on from copy/);
});

test('a compaction in between costs a comparison, and nothing else', async () => {
  const pair = await fresh();
  await pair.fill(1000);
  await interrupted(pair, async () => Number((await checkpointOf(pair))['written']) >= 300);
  await pair.source.kv.delete({ prefix: 'k/0001' });
  const { revision } = await pair.source.kv.put('k/000950', 'changed');
  await pair.source.kv.compact(revision);
  ok((await pair.migration().run()).isOver);
  await pair.assertEqual();
  match(pair.told.join('\n'), /has been compacted: comparing/);
});

test('while it follows, a compaction beyond what was read is found out too', async () => {
  const pair = await fresh();
  await pair.fill(50);
  await interrupted(pair, async () => (await checkpointOf(pair))['phase'] === 'follow');
  await pair.source.kv.delete({ prefix: 'k/00001' });
  const { revision } = await pair.source.kv.put('after', 'compaction');
  await pair.source.kv.compact(revision);
  ok((await pair.migration().run()).isOver);
  await pair.assertEqual();
});

/** Whoever writes while leases are read is too late, and must not be lost without a word. */
function writtenLate(source: Client): Client {
  const list = async (): Promise<readonly bigint[]> => {
    await source.kv.put('late', 'write');
    return source.leases.list();
  };
  return new Proxy(source, {
    get(target, name) {
      if (name === 'leases') return { list };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

test('it follows until it is told to cut over, which needs a source that is still', async () => {
  const pair = await fresh();
  await pair.fill(20);
  const cutOver = new AbortController();
  const following = Promise.withResolvers<void>();
  const run = pair
    .migration({
      isFollowed: true,
      cutOver: cutOver.signal,
      source: writtenLate(pair.source),
      onProgress: ({ kind }) => {
        if (kind === 'follow') following.resolve();
      },
    })
    .run();
  await following.promise;
  await pair.source.kv.put('k/000007', 'changed');
  await pair.source.kv.delete('k/000008');
  cutOver.abort();
  const result = await run;
  deepEqual([result.isStill, result.isOver], [false, false]);
  deepEqual(result.verification.differences, []);
  equal((await checkpointOf(pair))['phase'], 'finish');
  ok((await pair.migration().run()).isOver);
  await pair.assertEqual();
});

test('a cut-over that was not finished takes its leases off again, and what they ended comes back', async () => {
  const pair = await fresh();
  const { source, destination } = pair;
  const { lease } = await source.leases.grant('600s', { id: 0x99n });
  await source.kv.put('leased/1', 'a', { lease });
  await source.kv.put('leased/2', 'b', { lease });
  const migration = pair.migration({
    onProgress: ({ kind }) => {
      if (kind === 'verify') throw new Error('killed');
    },
  });
  await rejects(migration.run(), /killed/);
  deepEqual(await destination.leases.list(), [0x99n]);
  // As if it had run out at the destination while the source renewed it.
  await destination.leases.revoke(0x99n);
  equal(await destination.kv.get('leased/1'), undefined);
  ok((await pair.migration().run()).isOver);
  await pair.assertEqual();
});

test('of two processes that migrate to one destination, one ends', async () => {
  const pair = await fresh();
  await pair.fill(600);
  const end = new AbortController();
  const first = pair.migration({ keysPerSecond: 500, isFollowed: true }, end.signal).run();
  first.catch(() => undefined);
  while ((await checkpointOf(pair))['phase'] === undefined) await Promise.resolve();
  const second = pair.migration({ keysPerSecond: 500, isFollowed: true }, end.signal).run();
  await rejects(Promise.race([first, second]), /another process replicates/);
  end.abort();
  await Promise.allSettled([first, second]);
});

test('a checkpoint of another source is not gone on from', async () => {
  const pair = await fresh();
  await pair.fill(500);
  await interrupted(pair, async () => Number((await checkpointOf(pair))['written']) >= 100);
  const checkpoint = { ...(await checkpointOf(pair)), source: 'c0ffee' };
  await pair.destination.kv.put(CHECKPOINT_KEY, JSON.stringify(checkpoint));
  await rejects(pair.migration().run(), /migration from cluster c0ffee/);
  await pair.destination.kv.put(CHECKPOINT_KEY, 'something else');
  await rejects(pair.migration().run(), /is no checkpoint/);
});

test('who may not read users is told so, and the rest is copied', async () => {
  const pair = await fresh();
  const { source } = pair;
  await source.kv.put('a', 'b');
  for (const role of ['root', 'all']) await source.auth.addRole(role);
  await source.auth.grantPermission('all', { access: 'readwrite', range: { from: '' } });
  await source.auth.addUser('root', 'r');
  await source.auth.grantRole('root', 'root');
  await source.auth.addUser('mover', 'm');
  await source.auth.grantRole('mover', 'all');
  await source.auth.enable();
  const [endpoint = ''] = pair.servers[0].endpoints;
  const credentials = { username: 'mover', password: 'm' };
  await using mover = Client.open({ endpoints: [endpoint], credentials });
  const result = await pair.migration({ source: mover }).run();
  ok(result.isOver);
  equal(result.auth?.kind, 'unreadable');
  equal((await pair.destination.kv.get('a'))?.text, 'b');
  const root = { username: 'root', password: 'r' };
  await using asRoot = Client.open({ endpoints: [endpoint], credentials: root });
  const again = await pair.migration({ source: asRoot, isOverwritten: true }).run();
  deepEqual(again.auth?.kind === 'copied' && again.auth.users, ['mover', 'root']);
  ok(
    ConcordError.is(await pair.destination.auth.authenticate('root', 'r').catch((e: unknown) => e)),
  );
});
