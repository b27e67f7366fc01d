/**
 * Goal: `ETCDCTL_API=2 etcdctl member` works on a cluster of three as on etcd's. Method: the same session on both, with
 * the same addresses; outputs compared, and what a removed member's id is answered.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { concordKind, etcdKind } from '../bench/server-under-test.ts';
import { exchange } from '../conformance/v2/exchange.ts';
import { skipReason } from '../conformance/v2/pair.ts';
import { runProgram } from '../foreign/program.ts';
import { Cluster, type ServerKind } from './cluster.ts';
import { hasEtcdctl } from './etcdctl.ts';
import { LoopbackNetwork } from './loopback-network.ts';

const [concord, etcd] = [concordKind(), etcdKind()];
const CONNECTED_MS = 6000;

const skip =
  concord === undefined
    ? 'the server is not built: npm run build'
    : !hasEtcdctl()
      ? 'there is no etcdctl on the PATH'
      : skipReason;

async function session(kind: ServerKind, network: LoopbackNetwork): Promise<readonly string[]> {
  await using cluster = await Cluster.start({
    kind,
    size: 3,
    network,
    flags: ['--enable-v2=true'],
  });
  const transcript: string[] = [];
  const port = Number(cluster.member(1).endpoint.split(':')[1]);
  const etcdctl = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, output, errors } = await runProgram('etcdctl', args, {
      env: { ETCDCTL_API: '2', ETCDCTL_ENDPOINTS: `http://127.0.0.1:${port}` },
    });
    transcript.push(
      `${args[1]}: ${exitCode}\n${output}${errors}`.replaceAll(/\b[0-9a-f]{14,16}\b/g, 'ID'),
    );
    return output;
  };
  const ask = async (method: string, path: string, body?: string): Promise<void> => {
    const headers = { 'Content-Type': 'application/json' };
    const sent = { method, path, ...(body !== undefined && { body, headers }) };
    const answer = await exchange(port, sent);
    transcript.push(`${answer.status} ${answer.body}`.replaceAll(/\b[0-9a-f]{14,16}\b/g, 'ID'));
  };

  // etcd changes its members only when all have been connected for five seconds.
  await sleep(CONNECTED_MS);
  const list = await etcdctl('member', 'list');
  assert.equal(list.trim().split('\n').length, 3);
  await etcdctl('member', 'add', 'm4', cluster.member(1).peerUrl);
  const { place } = await cluster.newPlace();
  const added = await etcdctl('member', 'add', 'm4', place.peerUrl);
  const id = /with ID ([0-9a-f]+)/.exec(added)?.[1] ?? '';
  await etcdctl('member', 'list');
  await etcdctl('member', 'update', id, 'http://127.0.0.1:1');
  await etcdctl('member', 'update', id, cluster.member(1).peerUrl);
  await etcdctl('member', 'list');
  await etcdctl('member', 'remove', id);
  await etcdctl('member', 'remove', id);
  await ask('DELETE', `/v2/members/${id}`);
  await ask('PUT', `/v2/members/${id}`, '{"peerURLs":["http://127.0.0.1:1"]}');
  await etcdctl('member', 'list');
  await etcdctl('cluster-health');
  return transcript.map((entry) => entry.replaceAll(/isLeader=\w+/g, 'isLeader=?'));
}

test('etcdctl member of v2 prints the same on Concord as on etcd', { skip }, async () => {
  const network = new LoopbackNetwork();
  const ours = await session(concord!, network);
  const theirs = await session(etcd!, network);
  // A list is in the order of ids, which are made of addresses alike, but for that of the added member.
  const sorted = (transcript: readonly string[]): readonly string[] =>
    transcript.map((entry) =>
      entry
        .split(/[\n,"]/)
        .sort()
        .join('\n'),
    );
  assert.deepEqual(sorted(ours), sorted(theirs));
});
