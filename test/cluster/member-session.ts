/**
 * What an operator types at a cluster of three, with etcdctl: every command about members and leadership, and the
 * everyday ones at members that do not lead and at a learner.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { etcdctl } from './etcdctl.ts';
import { Transcript, type Entry } from './transcript.ts';

/** etcd takes no member before all have been connected for five seconds. */
const HEALTHY_ATTEMPTS_MAX = 60;
const RETRY_MS = 250;

/** Ids in the notation of etcdctl, by the member's name. */
type Ids = ReadonlyMap<string, string>;

export async function memberSession(cluster: Cluster): Promise<readonly Entry[]> {
  const transcript = new Transcript();
  const ids = await memberIds(cluster);
  await lead(cluster, 1, ids);
  await list(cluster, transcript);
  await everyday(cluster, transcript);
  await refusals(cluster, transcript, ids);
  await learner(cluster, transcript);
  await leadership(cluster, transcript, ids);
  return transcript.entries;
}

export async function memberIds(cluster: Cluster): Promise<Ids> {
  const { stdout } = await etcdctl(cluster.endpoints, 'member', 'list');
  return new Map(
    stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(', '))
      .map(([id = '', , name = '']) => [name, id]),
  );
}

/** Makes a member the leader, whoever was elected. */
export async function lead(cluster: Cluster, number: number, ids: Ids): Promise<void> {
  const { name } = cluster.member(number);
  const leads = async (): Promise<boolean> => {
    const { stdout } = await etcdctl([cluster.member(number).endpoint], 'endpoint', 'status');
    return stdout.split(', ')[4] === 'true';
  };
  while (!(await leads())) {
    await etcdctl(cluster.endpoints, 'move-leader', ids.get(name) ?? '');
  }
}

async function list(cluster: Cluster, transcript: Transcript): Promise<void> {
  for (const format of ['simple', 'json', 'table', 'fields']) {
    await transcript.run('all', cluster.endpoints, `member list -w ${format}`);
  }
  await transcript.run('all', cluster.endpoints, 'endpoint status --cluster');
  await transcript.run('all', cluster.endpoints, 'endpoint status -w fields');
  await transcript.run('m2', [cluster.member(2).endpoint], 'endpoint hashkv --cluster');
  await transcript.run('all', cluster.endpoints, 'member');
}

/** A follower serves everything. */
async function everyday(cluster: Cluster, transcript: Transcript): Promise<void> {
  const [follower, other] = [[cluster.member(2).endpoint], [cluster.member(3).endpoint]];
  for (const line of [
    'put a 1',
    'put a 2 --prev-kv',
    'get a -w fields',
    'get a --consistency=s --print-value-only',
    'put b 3',
    "get '' --from-key --keys-only",
    'del a --prev-kv',
    'compact 3',
    'get b --rev=2',
    'alarm list',
    'alarm disarm',
    'defrag',
  ]) {
    await transcript.run('m2', follower, line);
  }
  await transcript.run('m3', other, 'get b');
  const granted = await transcript.run('m2', follower, 'lease grant 600');
  const lease = /lease ([0-9a-f]{16})/.exec(granted)?.[1] ?? 'no lease';
  transcript.name(lease, 'LEASE');
  transcript.entries.pop();
  for (const line of [
    `put leased 1 --lease=${lease}`,
    `lease timetolive ${lease} --keys`,
    `lease keep-alive ${lease} --once`,
    'lease list',
    `lease revoke ${lease}`,
    `lease timetolive ${lease}`,
    `lease keep-alive ${lease} --once`,
  ]) {
    await transcript.run('m3', other, line);
  }
}

/** What a cluster does not do, and what it says. */
async function refusals(cluster: Cluster, transcript: Transcript, ids: Ids): Promise<void> {
  const { peerUrl } = cluster.member(2);
  const self = ids.get('m1') ?? '';
  for (const line of [
    'member add',
    'member add m4',
    `member add m4 --peer-urls=${peerUrl}`,
    'member add m4 --peer-urls=nonsense',
    `member add m4 --learner --peer-urls=${peerUrl}`,
    'member remove',
    'member remove nonsense',
    'member remove 1234',
    'member update 1234 --peer-urls=http://127.0.0.1:1',
    `member update ${self} --peer-urls=${peerUrl}`,
    `member update ${self}`,
    `member promote ${self}`,
    'member promote 1234',
    'member promote',
  ]) {
    await patiently(transcript, () => transcript.run('m3', [cluster.member(3).endpoint], line));
  }
}

/** A learner is added, starts, is asked for what it may and may not do, and is promoted or removed. */
async function learner(cluster: Cluster, transcript: Transcript): Promise<void> {
  const { number, name, place } = await cluster.newPlace();
  const all = cluster.endpoints;
  const added = await patiently(transcript, () =>
    transcript.run('all', all, `member add ${name} --learner --peer-urls=${place.peerUrl}`),
  );
  const initialCluster = /ETCD_INITIAL_CLUSTER="([^"]*)"/.exec(added)?.[1] ?? '';
  const id = /Member +([0-9a-f]+) added/.exec(added)?.[1] ?? 'none';
  // The id of an added member is made of the time.
  transcript.name(id, 'LEARNER');
  transcript.name(String(BigInt(`0x${id}`)), 'LEARNER');
  transcript.entries.pop();
  await transcript.run('all', all, 'member list');
  await transcript.run('all', all, 'member add m5 --learner --peer-urls=http://127.0.0.1:1');
  await transcript.run('all', all, `member promote ${id}`);
  await cluster.join(number, initialCluster);
  await cluster.start(number);
  const learning = [place.endpoint];
  for (const line of [
    'endpoint status',
    'get b',
    'get b --consistency=s',
    'put b 4',
    'del b',
    'lease grant 10',
    'lease list',
    'compact 2',
    'member list',
    'alarm list',
    'endpoint health',
    'endpoint hashkv',
    'move-leader 1234',
  ]) {
    await transcript.run('the learner', learning, line);
  }
  await promote(transcript, cluster, id);
  await transcript.run('all', all, 'member list');
  await transcript.run('m4', learning, 'put b 5');
  await transcript.run('all', all, `member remove ${id}`);
  await transcript.run('all', all, `member remove ${id}`);
  await transcript.run('all', all, 'member list');
}

/** Asked again until the learner has come up to the others. */
async function promote(transcript: Transcript, cluster: Cluster, id: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await transcript.run('all', cluster.endpoints, `member promote ${id}`);
    if (transcript.entries.at(-1)?.status === 0 || attempt === HEALTHY_ATTEMPTS_MAX) return;
    transcript.entries.pop();
    await sleep(RETRY_MS);
  }
}

async function leadership(cluster: Cluster, transcript: Transcript, ids: Ids): Promise<void> {
  await lead(cluster, 1, ids);
  const [one, two, three] = [1, 2, 3].map((number) => cluster.member(number).endpoint) as [
    string,
    string,
    string,
  ];
  const second = ids.get('m2') ?? '';
  await transcript.run('m3', [three], `move-leader ${second}`);
  await transcript.run('m1', [one], 'move-leader 1234');
  await transcript.run('m1', [one], 'move-leader nonsense');
  await transcript.run('all', [one, two, three], `move-leader ${second}`);
  await transcript.run('all', [one, two, three], 'endpoint status');
  await transcript.run('m2', [two], `move-leader ${second}`);
}

/** Asked again while the cluster counts as too young to change. */
async function patiently(transcript: Transcript, run: () => Promise<string>): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const output = await run();
    const isYoung = transcript.entries.at(-1)?.error.includes('unhealthy cluster') === true;
    if (!isYoung || attempt === HEALTHY_ATTEMPTS_MAX) return output;
    transcript.entries.pop();
    await sleep(RETRY_MS);
  }
}
