/**
 * A follower that is far behind: one of three members is killed, the others take a million entries, and it comes back
 * while writes go on. Measured: how long it takes to have what the others have, and how much memory the leader holds
 * meanwhile.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { generateLoad } from '../../bench/generator-process.ts';
import { KEY_SPACE_DEFAULT } from '../../bench/key-space.ts';
import { processUsage } from '../../bench/process-usage.ts';
import { Cluster, type ServerKind } from '../../cluster/cluster.ts';
import { etcdctl } from '../../cluster/etcdctl.ts';
import type { ClusterNetwork } from '../../cluster/network.ts';

export interface LaggingFollowerOptions {
  readonly kind: ServerKind;
  readonly network: ClusterNetwork;
  /** How far behind. */
  readonly entries: number;
  readonly log: (line: string) => void;
}

export interface LaggingFollowerFigures {
  readonly entriesBehind: number;
  readonly catchUpSeconds: number;
  readonly entriesWrittenMeanwhile: number;
  readonly leaderMegabytesBefore: number;
  readonly leaderMegabytesMax: number;
}

/** Callers that fill the gap, and callers that go on while it is closed. */
const FILLING_CALLERS = 1000;
const MEANWHILE_CALLERS = 50;
const BURST_SECONDS = 5;
/** The follower has caught up when it is this close to a leader that goes on. */
const CLOSE_ENTRIES = 5000;
const PATIENCE_SECONDS = 180;
const SAMPLE_MS = 200;

interface Status {
  readonly isLeader: boolean;
  readonly appliedIndex: number;
}

/** Throws where the follower does not catch up, or ends up with something else. */
export async function laggingFollower(
  options: LaggingFollowerOptions,
): Promise<LaggingFollowerFigures> {
  const { kind, network, entries, log } = options;
  await using cluster = await Cluster.start({
    kind,
    network,
    size: 3,
    flags: ['--quota-backend-bytes=-1'],
  });
  const { leader, follower } = await roles(cluster);
  await cluster.process(follower).kill();
  const pid = cluster.process(leader).pid;
  const startIndex = (await status(cluster, leader)).appliedIndex;
  for (;;) {
    await load(cluster, leader, FILLING_CALLERS, BURST_SECONDS);
    const { appliedIndex } = await status(cluster, leader);
    log(`${appliedIndex - startIndex} entries without member ${follower}`);
    if (appliedIndex - startIndex >= entries) break;
  }
  const leaderMegabytesBefore = megabytes(pid);
  const behindIndex = (await status(cluster, leader)).appliedIndex;
  const over = new AbortController();
  const isOver = (): boolean => over.signal.aborted;
  const meanwhile = (async () => {
    while (!isOver()) await load(cluster, leader, MEANWHILE_CALLERS, 1);
  })();
  let leaderMegabytesMax = leaderMegabytesBefore;
  const sampling = (async () => {
    while (!isOver()) {
      leaderMegabytesMax = Math.max(leaderMegabytesMax, megabytes(pid));
      await sleep(SAMPLE_MS);
    }
  })();
  const began = performance.now();
  await cluster.start(follower);
  await caughtUp(cluster, leader, follower);
  const catchUpSeconds = (performance.now() - began) / 1000;
  const endIndex = (await status(cluster, leader)).appliedIndex;
  over.abort();
  await Promise.all([meanwhile, sampling]);
  await sameHash(cluster);
  return {
    entriesBehind: behindIndex - startIndex,
    catchUpSeconds,
    entriesWrittenMeanwhile: endIndex - behindIndex,
    leaderMegabytesBefore,
    leaderMegabytesMax,
  };
}

async function roles(cluster: Cluster): Promise<{ leader: number; follower: number }> {
  const statuses = await Promise.all(
    cluster.members.map(async ({ number }) => ({ number, ...(await status(cluster, number)) })),
  );
  const leader = statuses.find(({ isLeader }) => isLeader)?.number;
  const follower = statuses.find(({ isLeader }) => !isLeader)?.number;
  if (leader === undefined || follower === undefined) throw new Error('nobody leads');
  return { leader, follower };
}

async function status(cluster: Cluster, number: number): Promise<Status> {
  const { endpoint } = cluster.member(number);
  const result = await etcdctl([endpoint], 'endpoint', 'status', '--write-out=json');
  if (result.status !== 0) throw new Error(result.stderr);
  const text = /"raftAppliedIndex":(\d+)/.exec(result.stdout)?.[1];
  const leader = /"leader":(\d+)/.exec(result.stdout)?.[1];
  const member = /"member_id":(\d+)/.exec(result.stdout)?.[1];
  return { isLeader: leader === member, appliedIndex: Number(text) };
}

async function load(cluster: Cluster, number: number, callers: number, seconds: number) {
  const [host = '', port = ''] = cluster.member(number).endpoint.split(':');
  await generateLoad(
    {
      scenario: 'put',
      host,
      ports: [Number(port)],
      serverPids: [cluster.process(number).pid],
      callers,
      keySpace: KEY_SPACE_DEFAULT,
      warmUpSeconds: 0,
      seconds,
    },
    undefined,
  );
}

async function caughtUp(cluster: Cluster, leader: number, follower: number): Promise<void> {
  const deadline = performance.now() + PATIENCE_SECONDS * 1000;
  for (;;) {
    const [ahead, behind] = await Promise.all([status(cluster, leader), status(cluster, follower)]);
    if (ahead.appliedIndex - behind.appliedIndex < CLOSE_ENTRIES) return;
    if (performance.now() > deadline) {
      throw new Error(
        `after ${PATIENCE_SECONDS} s the follower is at ${behind.appliedIndex}, the leader at ${ahead.appliedIndex}`,
      );
    }
    await sleep(SAMPLE_MS);
  }
}

/** With nobody writing any more, all members have the same in the end. */
async function sameHash(cluster: Cluster): Promise<void> {
  const deadline = performance.now() + PATIENCE_SECONDS * 1000;
  for (;;) {
    const result = await etcdctl(cluster.endpoints, 'endpoint', 'hashkv', '--write-out=json');
    const hashes = new Set([...result.stdout.matchAll(/"hash":(\d+)/g)].map(([, hash]) => hash));
    if (result.status === 0 && hashes.size === 1) return;
    if (performance.now() > deadline) throw new Error(`the members differ: ${result.stdout}`);
    await sleep(SAMPLE_MS);
  }
}

const megabytes = (pid: number): number => Math.round(processUsage(pid).residentBytes / 2 ** 20);
