/**
 * Goal: to an operator with etcdctl a cluster of ours is a cluster of etcd. Method: the same session on three members
 * of each, with the same names, addresses and token; ids, outputs, errors and exit codes compared.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { concordKind, etcdKind } from '../bench/server-under-test.ts';
import { Cluster, type ServerKind } from './cluster.ts';
import { etcdctl, hasEtcdctl, type CommandResult } from './etcdctl.ts';
import { LoopbackNetwork } from './loopback-network.ts';
import { memberIds, memberSession } from './member-session.ts';
import type { Entry } from './transcript.ts';

const [concord, etcd] = [concordKind(), etcdKind()];
const skip =
  concord === undefined
    ? 'the server is not built: npm run build'
    : (etcd === undefined || !hasEtcdctl()) && 'there is no etcd, or no etcdctl, on the PATH';

const RETRY_MS = 250;

describe('three members and etcdctl', { skip }, () => {
  const transcripts: Record<'concord' | 'etcd', readonly Entry[]> = { concord: [], etcd: [] };

  before(async () => {
    // The same ports for both, one after the other: ids are made of addresses.
    const network = new LoopbackNetwork();
    for (const kind of [concord, etcd] as ServerKind[]) {
      await using cluster = await Cluster.start({ kind, size: 3, network });
      transcripts[kind.name as 'concord' | 'etcd'] = await memberSession(cluster);
    }
  });

  test('print the same on Concord as on etcd, ids included', () => {
    assert.equal(transcripts.concord.length, transcripts.etcd.length);
    assert.ok(transcripts.etcd.length > 60);
    const differing = transcripts.concord.filter(
      (entry, i) => !isDeepStrictEqual(entry, transcripts.etcd[i]),
    );
    const wanted = differing.map((entry) => transcripts.etcd[transcripts.concord.indexOf(entry)]);
    assert.deepEqual(differing, wanted);
  });
});

for (const kind of [concord, etcd]) {
  test(
    `a removed member of ${kind?.name} ends with status 0 and does not come back`,
    { skip },
    async () => {
      await using cluster = await Cluster.start({
        kind: kind!,
        size: 3,
        network: new LoopbackNetwork(),
      });
      const ids = await memberIds(cluster);
      const { endpoint } = cluster.member(1);
      const process = cluster.process(3);
      const removed = await remove(endpoint, ids.get('m3') ?? '');
      assert.equal(removed.status, 0, removed.stderr);
      assert.deepEqual(await process.exited, { code: 0, signal: null });
      const again = cluster.spawn(3);
      const exit = await again.exited;
      assert.equal(exit.signal, null);
      if (kind === concord) {
        const log = readFileSync(cluster.member(3).logFile, 'utf8');
        assert.match(log, /this member has been permanently removed from the cluster/);
        assert.equal(exit.code, 0);
      }
      const { stdout } = await etcdctl([endpoint], 'member', 'list');
      assert.equal(stdout.trim().split('\n').length, 2);
    },
  );
}

/** Asked again while the cluster counts as too young to change. */
async function remove(endpoint: string, id: string): Promise<CommandResult> {
  for (;;) {
    const result = await etcdctl([endpoint], 'member', 'remove', id);
    if (!result.stderr.includes('unhealthy cluster')) return result;
    await sleep(RETRY_MS);
  }
}
