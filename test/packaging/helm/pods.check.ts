/**
 * Goal: what the chart renders works: pods found a cluster, more pods join it, one that lost its volume comes back, and pods
 * that are to go leave it first. Method: real members, started by the rendered command lines and variables.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { complaintOf, etcdctl, hasEtcdctl } from '../../cluster/etcdctl.ts';
import { concordKind } from '../../bench/server-under-test.ts';
import { PodSet } from './pod-set.ts';
import { readRendered } from './rendered.ts';

const CLIENT = 2379;
const METRICS = 9090;
const ROOT_USER = ['--user', 'root:a password'];
const skip =
  concordKind() === undefined
    ? 'the server is not built: npm run build'
    : !hasEtcdctl() && 'there is no etcdctl on the PATH';

describe('the rendered chart', { skip }, () => {
  const three = readRendered('default');
  const five = readRendered('upgrade-to-five');
  const directory = mkdtempSync(join(tmpdir(), 'concord-pods-'));
  let pods: PodSet;

  before(async () => {
    const containerPorts = [CLIENT, 2380, METRICS];
    pods = await PodSet.create({ directory, podsMax: 5, containerPorts });
  });
  after(async () => {
    await pods.stopAll();
    rmSync(directory, { recursive: true, force: true });
  });

  const client = (ordinal: number): string => pods.addressOf(ordinal, CLIENT);

  async function ask(ordinal: number, ...command: readonly string[]): Promise<string> {
    const result = await etcdctl([client(ordinal)], ...ROOT_USER, ...command);
    assert.equal(result.status, 0, complaintOf(result));
    return result.stdout;
  }

  const members = async (): Promise<readonly string[]> =>
    (await ask(0, 'member', 'list')).trim().split('\n').sort();

  async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + 30_000;
    while (!(await condition())) {
      assert.ok(performance.now() < deadline, what);
      await sleep(50);
    }
  }

  const allVote = (count: number): Promise<void> =>
    until(`${count} members vote`, async () => {
      const lines = await members();
      return lines.length === count && lines.every((line) => /started,.*false$/.test(line));
    });

  test('three pods found a cluster, answer their probes, and let nobody in without a password', async () => {
    await Promise.all([0, 1, 2].map((ordinal) => pods.start(three, ordinal).ready));
    for (const path of ['livez', 'readyz', 'metrics']) {
      const { status } = await fetch(`http://${pods.addressOf(1, METRICS)}/${path}`);
      assert.equal(status, 200, path);
    }
    await until('authentication is on', async () => {
      const refused = await etcdctl([client(1)], 'get', 'greeting');
      return refused.status !== 0 && /user name is empty|permission denied/.test(refused.stderr);
    });
    assert.match(await ask(2, 'put', 'greeting', 'hello'), /OK/);
    assert.equal((await members()).length, 3);
  });

  test('two more pods join, one after the other, and vote', async () => {
    await Promise.all([3, 4].map((ordinal) => pods.start(five, ordinal).ready));
    await allVote(5);
    assert.match(await ask(4, 'get', 'greeting'), /hello/);
  });

  test('a pod that lost its volume comes back as a new member in the same place', async () => {
    const before = await members();
    await pods.member(1).kill();
    pods.loseVolume(1);
    await pods.start(five, 1).ready;
    await allVote(5);
    const after = await members();
    assert.equal(after.filter((line) => before.includes(line)).length, 4);
    assert.match(await ask(1, 'get', 'greeting'), /hello/);
  });

  test('before there are fewer pods, their members leave, and their containers stay out', async () => {
    const shrink = five.map((manifest) =>
      manifest.kind === 'Job'
        ? (JSON.parse(
            JSON.stringify(manifest).replace('--replicas=5', '--replicas=3'),
          ) as typeof manifest)
        : manifest,
    );
    const { status, output } = await pods.job(shrink, 'Job');
    assert.equal(status, 0, output);
    assert.match(output, /removed concord-4, .*\nremoved concord-3, /);
    for (const ordinal of [3, 4]) {
      assert.deepEqual(await pods.member(ordinal).exited, { code: 0, signal: null });
    }
    const restarted = pods.restart(five, 4);
    await until('it says why it stays out', () =>
      Promise.resolve(/was removed from the cluster: waiting/.test(restarted.lastWords)),
    );
    await restarted.stop();
    await allVote(3);
  });

  test('a pod of a set that grows again joins anew on the volume of one that was removed', async () => {
    await pods.start(five, 3).ready;
    await allVote(4);
    assert.match(await ask(3, 'get', 'greeting'), /hello/);
  });

  test('the job that defragments reaches every member', async () => {
    const { status, output } = await pods.job(readRendered('defrag'), 'CronJob');
    assert.equal(status, 0, output);
    assert.equal(output.match(/^Finished defragmenting etcd member\[/gm)?.length, 3, output);
  });

  test('the job by the clock saves a snapshot, and a new cluster begins with it', async () => {
    const { status, output } = await pods.job(readRendered('snapshot'), 'CronJob');
    assert.equal(status, 0, output);
    const [file = ''] = readdirSync(join(directory, 'shared/snapshots'));
    assert.match(file, /^snapshot-\d{8}T\d{6}Z\.db$/);
    await pods.stopAll();
    for (const ordinal of [0, 1, 2]) pods.loseVolume(ordinal);
    const restored = JSON.parse(
      JSON.stringify(readRendered('snapshot')).replaceAll('first.db', file),
    ) as typeof three;
    await Promise.all([0, 1, 2].map((ordinal) => pods.start(restored, ordinal).ready));
    assert.match(await ask(1, 'get', 'greeting'), /hello/);
    assert.equal((await members()).length, 3);
  });
});
