/**
 * Goal: of two members one can be removed, and the other goes on alone, whatever happens to it right after.
 * Method: the one that stays is killed before it has stored the change that makes it a cluster of one; back again, it
 * knows of two members and needs the other's word that the change is committed.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { concordKind } from '../bench/server-under-test.ts';
import { Cluster } from './cluster.ts';
import { etcdctl, hasEtcdctl } from './etcdctl.ts';
import { LoopbackNetwork } from './loopback-network.ts';
import { memberIds } from './member-session.ts';

const concord = concordKind();
const skip = concord === undefined || !hasEtcdctl() ? 'needs a build and etcdctl' : false;
/** What a removed member stays in any case, and more. */
const ABSENCE_MS = 3000;
const RETRY_MS = 200;

test(
  'a member that goes down right after the removal of the only other leads when it is back',
  { skip },
  async () => {
    const network = new LoopbackNetwork();
    await using cluster = await Cluster.start({ kind: concord!, size: 2, network });
    const leader = await leaderOf(cluster);
    const other = 3 - leader;
    const { endpoint } = cluster.member(leader);
    const removed = cluster.process(other);
    const id = (await memberIds(cluster)).get(`m${other}`) ?? '';
    // The store takes a second of writes at once: so this one, and the removal waits for the next batch.
    for (;;) {
      assert.equal((await etcdctl([endpoint], 'put', 'a', '1')).status, 0);
      const { status, stderr } = await etcdctl([endpoint], 'member', 'remove', id);
      if (status === 0) break;
      assert.match(stderr, /unhealthy cluster/);
      await sleep(RETRY_MS);
    }
    await cluster.process(leader).kill();
    await sleep(ABSENCE_MS);
    // The removed one waits for the one that stays, unless that had it on disk before it went down: then it may have
    // left. Either way the one that stays has to lead alone when it is back.
    await cluster.start(leader);
    assert.equal((await etcdctl([endpoint], 'put', 'b', '2')).status, 0);
    assert.deepEqual(await removed.exited, { code: 0, signal: null });
    const log = readFileSync(cluster.member(other).logFile, 'utf8');
    // It heard of its removal from the one that stays: before that went down, or after.
    assert.match(log, /this removed member stays until|refuses this member with 410/);
    const { stdout } = await etcdctl([endpoint], 'member', 'list');
    assert.equal(stdout.trim().split('\n').length, 1);
  },
);

async function leaderOf(cluster: Cluster): Promise<number> {
  for (const { number, endpoint } of cluster.members) {
    const { stdout } = await etcdctl([endpoint], 'endpoint', 'status');
    if (stdout.split(', ')[4] === 'true') return number;
  }
  throw new Error('nobody leads');
}
