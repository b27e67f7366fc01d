/**
 * Goal: locks and elections outlive members. Method: three members as processes, a client at each; the member of the
 * holder, or that of a waiter, is killed, and leadership moves while leaders follow each other.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concordKind, etcdKind } from '../bench/server-under-test.ts';
import { bytes } from '../conformance/harness/answers.ts';
import type { LeaderKey, LeaderResponse } from '../conformance/harness/messages.ts';
import { failed, responseOf } from '../conformance/harness/outcome.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';
import { Cluster, type ServerKind } from './cluster.ts';
import { LoopbackNetwork } from './loopback-network.ts';

const NAME = bytes('name');
const LINE = { key: bytes('name/'), range_end: bytes('name0') };
/** Short enough to be waited for, and longer than an election. */
const TTL_SECONDS = 5;

async function onCluster(
  kind: ServerKind,
  body: (cluster: Cluster, clients: readonly [WireClient, WireClient, WireClient]) => Promise<void>,
): Promise<void> {
  await using cluster = await Cluster.start({ kind, size: 3, network: new LoopbackNetwork() });
  const clients = [1, 2, 3].map((number) => new WireClient(cluster.member(number).endpoint));
  try {
    await body(cluster, clients as [WireClient, WireClient, WireClient]);
  } finally {
    for (const client of clients) client.close();
  }
}

const leaseOf = async (client: WireClient, TTL: number): Promise<string> =>
  (await client.must('LeaseGrant', { TTL })).ID;

/** Resolves when as many keys stand in line. */
async function standing(client: WireClient, count: number): Promise<void> {
  const watch = client.watch();
  await watch.create(LINE);
  while ((await client.must('Range', LINE)).kvs.length !== count) await watch.inbox.next();
  watch.close();
}

const kinds: readonly (readonly [name: string, kind: ServerKind | undefined])[] = [
  ['concord', concordKind()],
  ['etcd', etcdKind()],
];

for (const [name, kind] of kinds) {
  const skip = kind === undefined && `there is no ${name} here`;

  test(`a lock of ${name} moves on when the member of its holder dies`, { skip }, async () => {
    await onCluster(kind!, async (cluster, [first, second]) => {
      await first.must('Lock', { name: NAME, lease: await leaseOf(first, TTL_SECONDS) });
      const waiting = second.call('Lock', { name: NAME, lease: await leaseOf(second, 60) });
      await standing(second, 2);
      await cluster.process(1).kill();
      const { key } = responseOf(await waiting, 'Lock');
      const { kvs } = await second.must('Range', LINE);
      assert.deepEqual(
        kvs.map((kv) => kv.key.toString()),
        [key.toString()],
      );
    });
  });

  test(`a waiter whose member of ${name} dies keeps its place at another`, { skip }, async () => {
    await onCluster(kind!, async (cluster, clients) => {
      const [first, second, third] = clients;
      // etcd answers writes with an error while it elects, which is another subject.
      await moveLeadership(clients, 0);
      const { key } = await first.must('Lock', { name: NAME, lease: await leaseOf(first, 60) });
      const lease = await leaseOf(first, 60);
      const cut = third.call('Lock', { name: NAME, lease });
      await standing(first, 2);
      await cluster.process(3).kill();
      assert.ok(failed(await cut));
      const behind = second.call('Lock', { name: NAME, lease: await leaseOf(first, 60) });
      await standing(first, 3);
      const again = second.call('Lock', { name: NAME, lease });
      await first.must('Unlock', { key });
      const { key: had } = responseOf(await again, 'Lock');
      assert.ok(had.toString().endsWith(BigInt(lease).toString(16)));
      await first.must('Unlock', { key: had });
      responseOf(await behind, 'Lock');
    });
  });
}

const concord = concordKind();

test(
  'observers at every member see every leader in order, also while leadership moves',
  { skip: concord === undefined && 'the server is not built: npm run build' },
  async () => {
    await onCluster(concord!, async (cluster, clients) => {
      const observers = clients.map((client) =>
        client.ask<LeaderResponse>('Observe', { name: NAME }),
      );
      // They all listen once they have seen one who leads until then.
      const opening = await campaign(clients[0], 'opening');
      for (const observer of observers) {
        assert.equal((await observer.inbox.next()).kv?.value.toString(), 'opening');
      }
      await clients[0].must('Resign', { leader: opening });
      const expected: string[] = [];
      for (let round = 0; round < 12; round++) {
        const client = clients[round % 3]!;
        const value = `leader ${round}`;
        const leader = await campaign(client, value);
        await client.must('Proclaim', { leader, value: bytes(`${value} again`) });
        expected.push(value, `${value} again`);
        if (round % 4 === 1) await moveLeadership(clients);
        await clients[(round + 1) % 3]!.must('Resign', { leader });
      }
      for (const observer of observers) {
        const seen: (string | undefined)[] = [];
        let revision = 0;
        while (seen.length < expected.length) {
          const { kv, header } = await observer.inbox.next();
          seen.push(kv?.value.toString());
          assert.ok(Number(header?.revision) > revision, 'revisions ascend');
          revision = Number(header?.revision);
        }
        assert.deepEqual(seen, expected);
        observer.close();
      }
      cluster.assertAlive();
    });
  },
);

async function campaign(client: WireClient, value: string): Promise<LeaderKey> {
  const lease = await leaseOf(client, 60);
  const { leader } = await client.must('Campaign', { name: NAME, lease, value: bytes(value) });
  assert.ok(leader !== null);
  return leader;
}

/** Gives leadership to the client at `to`, or to the next after the one that leads. */
async function moveLeadership(clients: readonly WireClient[], to?: number): Promise<void> {
  const statuses = await Promise.all(clients.map((client) => client.must('Status', {})));
  const ids = statuses.map(({ header }) => header?.member_id ?? '');
  const at = ids.indexOf(statuses[0]?.leader ?? '');
  const next = to ?? (at + 1) % ids.length;
  if (next !== at) await clients[at]?.must('MoveLeader', { targetID: ids[next] ?? 0 });
}
