/**
 * Goal: a running etcd is taken over while it is written to, though the process that does it is killed twice. Method:
 * Debian's etcd, a Concord, concordctl as it was built, and a comparison of both sides by a client in the end.
 */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { test } from 'node:test';
import { Client } from '@concord/client';
import { concord, etcd } from '../conformance/harness/backend.ts';
import { Server } from '../conformance/harness/server.ts';
import { RunningConcordctl, type Ended } from './running-concordctl.ts';

const skip = etcd() === undefined ? 'there is no etcd on the PATH' : false;

const KEYS = 3000;
const CHECKPOINT_KEY = '\0concord/migration';

/** Writes, deletes and leases until it is told to stop. */
class Writer {
  readonly #client: Client;
  #isStopped = false;
  readonly #running: Promise<void>;

  constructor(client: Client) {
    this.#client = client;
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let i = 0; !this.#isStopped; i++) {
      const key = `written/${i % 200}`;
      if (i % 7 === 3) await this.#client.kv.delete(key);
      else await this.#client.kv.put(key, `${i}`);
      if (i % 50 === 0) await setTimeout(5);
    }
  }
}

async function fill({ kv, leases }: Client): Promise<void> {
  for (let at = 0; at < KEYS; at += 100) {
    const operations = Array.from({ length: 100 }, (_, i) => {
      const key = `first/${String(at + i).padStart(6, '0')}`;
      return { kind: 'put', key, value: 'x'.repeat(50 + i), options: {} } as const;
    });
    await kv
      .txn()
      .then(...operations)
      .commit();
  }
  // One lease that many keys share, and one that nobody renews.
  const shared = await leases.grant('600s', { id: 0x5a5an });
  for (let i = 0; i < 20; i++) await kv.put(`shared/${i}`, 'leased', { lease: shared.lease });
  const alone = await leases.grant('300s');
  await kv.put('alone', 'leased', { lease: alone.lease });
}

async function listing(client: Client): Promise<string[]> {
  const lines: string[] = [];
  for await (const { key, text, lease } of client.kv.entries({ from: '' })) {
    lines.push(`${key}=${text}@${lease.toString(16)}`);
  }
  return lines;
}

test(
  'a live etcd is migrated, though the migrating process is killed twice',
  { skip },
  async () => {
    await using servers = new AsyncDisposableStack();
    const [source, destination] = await Promise.all([
      Server.start(etcd()!),
      Server.start(concord()!),
    ]);
    servers.use(source);
    servers.use(destination);
    await using theirs = Client.open({ endpoints: [source.endpoint] });
    await using ours = Client.open({ endpoints: [destination.endpoint] });
    await fill(theirs);
    await theirs.auth.addRole('reader');
    await theirs.auth.grantPermission('reader', { access: 'read', range: { prefix: 'first/' } });
    await theirs.auth.addUser('alice', 'secret');
    await theirs.auth.grantRole('alice', 'reader');
    const writer = new Writer(theirs);
    const migrate = (...words: string[]): RunningConcordctl =>
      new RunningConcordctl([
        ...['migrate', '--from', source.endpoint, '--endpoints', destination.endpoint],
        ...words,
      ]);
    const checkpoint = async (): Promise<{ phase?: string; written?: number }> =>
      (await ours.kv.get(CHECKPOINT_KEY))?.json() ?? {};

    // Killed in the middle of the copy; the source forgets the revision of that, and what is deleted meanwhile.
    const first = migrate('--follow', '--max-keys-per-second', '3000');
    await first.until(async () => ((await checkpoint()).written ?? 0) >= 500);
    equal((await first.kill('SIGKILL')).status, -1);
    equal((await checkpoint()).phase, 'copy');
    await theirs.kv.delete({ prefix: 'first/0000' });
    await theirs.kv.delete('shared/7');
    const { revision } = await theirs.kv.put('between', 'the kills');
    await theirs.kv.compact(revision);

    // Killed while it follows; the source goes on.
    const second = migrate('--follow');
    await second.until(async () => (await checkpoint()).phase === 'follow');
    equal((await second.kill('SIGKILL')).status, -1);
    match(second.stderr, /going on from copy.*\n.*has been compacted: comparing both sides/);
    await theirs.kv.delete({ prefix: 'first/0001' });

    // Cut over by an interrupt, once the writers are still.
    const third = migrate('--follow');
    await third.says('following');
    match(third.stderr, /going on from follow/);
    await writer.stop();
    await theirs.kv.put('last', 'write');
    const { status, stdout, stderr } = await third.kill('SIGINT');
    equal(status, 0, `${stdout}\n${stderr}`);
    match(stdout, /^verified: \d[\d,]* keys, sha256 [0-9a-f]{64} on both sides$/m);
    match(stdout, /user passwd alice/);
    match(stdout, /done: the destination can take the place of the source/);

    deepEqual(await listing(ours), await listing(theirs));
    deepEqual([...(await ours.leases.list())].sort(), [...(await theirs.leases.list())].sort());
    const { ttlMs, keys } = await ours.leases.timeToLive(0x5a5an, { keys: true });
    deepEqual([ttlMs, keys.length], [600_000, 19]);
    deepEqual(await ours.auth.role('reader'), await theirs.auth.role('reader'));
    deepEqual(await ours.auth.user('alice'), { roles: ['reader'] });
    equal(await ours.kv.get(CHECKPOINT_KEY), undefined);
  },
);

test('a mirror goes on after it was killed, with what was deleted and compacted meanwhile', async () => {
  await using servers = new AsyncDisposableStack();
  const [source, destination] = await Promise.all([
    Server.start(etcd() ?? concord()!),
    Server.start(concord()!),
  ]);
  servers.use(source);
  servers.use(destination);
  await using theirs = Client.open({ endpoints: [source.endpoint] });
  await using ours = Client.open({ endpoints: [destination.endpoint] });
  for (let i = 0; i < 20; i++) await theirs.kv.put(`a/${i}`, `${i}`);
  await theirs.kv.put('b', 'not mirrored');
  await ours.kv.put('other', 'stays');
  const mirror = (): RunningConcordctl =>
    new RunningConcordctl([
      ...['make-mirror', '--prefix', 'a/', '--dest-prefix', 'm/', '--checkpoint-key', 'mirror'],
      ...['--endpoints', source.endpoint, destination.endpoint],
    ]);
  const expected = async (): Promise<string[]> =>
    (await Array.fromAsync(theirs.kv.entries({ prefix: 'a/' })))
      .map(({ key, text }) => `m/${key.slice(2)}=${text}`)
      .sort();
  const found = async (): Promise<string[]> =>
    (await Array.fromAsync(ours.kv.entries({ prefix: 'm/' })))
      .map(({ key, text }) => `${key}=${text}`)
      .sort();
  const caughtUp = async (process: RunningConcordctl): Promise<void> => {
    const target = (await expected()).join();
    await process.until(async () => (await found()).join() === target);
  };
  const first = mirror();
  await caughtUp(first);
  await theirs.kv.delete('a/0');
  await caughtUp(first);
  await first.kill('SIGKILL');
  await theirs.kv.delete('a/1');
  await theirs.kv.put('a/2', 'changed');
  const second = mirror();
  await caughtUp(second);
  await second.kill('SIGKILL');
  await theirs.kv.delete('a/3');
  const { revision } = await theirs.kv.put('a/4', 'changed');
  await theirs.kv.compact(revision);
  const third = mirror();
  await caughtUp(third);
  match(third.stderr, /history after revision \d+ is gone: comparing both sides/);
  await third.kill('SIGKILL');
  equal((await ours.kv.get('other'))?.text, 'stays');

  // Without a checkpoint it is etcdctl's, which such a source ends.
  const plain = new RunningConcordctl([
    ...['make-mirror', '--rev', '2', '--endpoints', source.endpoint, destination.endpoint],
  ]);
  const ended: Ended = await plain.ended;
  equal(ended.status, 1);
  equal(ended.stderr, 'Error: etcdserver: mvcc: required revision has been compacted\n');
  ok(first.stdout === '');
});
