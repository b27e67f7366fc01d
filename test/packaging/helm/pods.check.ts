/**
 * Goal: a set that was made smaller grows again, and a new cluster begins with a snapshot of an old one. Method: as in
 * `pods-plain.check.ts`, which has the rest; this takes longer, and is run by `npm run packaging`.
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
const ROOT_USER = ['--user', 'root:a password'];
const skip =
  concordKind() === undefined
    ? 'the server is not built: npm run build'
    : !hasEtcdctl() && 'there is no etcdctl on the PATH';

describe('the rendered chart, over time', { skip }, () => {
  const three = readRendered('default');
  const five = readRendered('upgrade-to-five');
  const directory = mkdtempSync(join(tmpdir(), 'concord-pods-'));
  let pods: PodSet;

  before(async () => {
    const containerPorts = [CLIENT, 2380, 9090];
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

  test('a pod of a set that grows again joins anew on the volume of one that was removed', async () => {
    await Promise.all([0, 1, 2].map((ordinal) => pods.start(three, ordinal).ready));
    await pods.start(five, 3).ready;
    await allVote(4);
    await ask(0, 'put', 'greeting', 'hello');
    const id = (await members()).find((line) => line.includes('concord-3'))?.split(',')[0] ?? '';
    await ask(0, 'member', 'remove', id);
    await pods.member(3).exited;
    await pods.start(five, 3).ready;
    await allVote(4);
    assert.match(await ask(3, 'get', 'greeting'), /hello/);
    assert.ok(!(await members()).some((line) => line.startsWith(id)));
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
