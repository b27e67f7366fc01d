/**
 * Goal: nothing that members promise hangs on the wall clock. Method: the clock of a leader, and of another member,
 * jumps by hours, ahead and back, while leases run; they end when they would have ended anyway.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { concordKind } from '../bench/server-under-test.ts';
import { Cluster } from './cluster.ts';
import { etcdctl, hasEtcdctl } from './etcdctl.ts';
import { LoopbackNetwork } from './loopback-network.ts';
import { setWallClock, wallClockEnvironment } from './wall-clock.ts';

const concord = concordKind();
const skip = concord === undefined || !hasEtcdctl() ? 'needs a build and etcdctl' : false;
const HOUR_MS = 3_600_000;
const TTL_SECONDS = 4;
/** Ends are a second apart at most, and a machine may be busy. */
const LATENESS_MS_MAX = 6_000;
const clockOf = (directory: string, name: string): string => `${directory}/${name}.clock`;

for (const size of [1, 3]) {
  test(
    `wall clocks of ${size} that jump by hours end no lease early, and none late`,
    { skip },
    async () => {
      await using cluster = await Cluster.start({
        kind: concord!,
        size,
        network: new LoopbackNetwork(),
        environment: ({ name }, directory) => wallClockEnvironment(clockOf(directory, name)),
      });
      const clocks = cluster.members.map(({ name }) => clockOf(cluster.directory, name));
      const jump = async (hours: number): Promise<void> => {
        for (const clock of clocks) {
          const wanted = Date.now() + hours * HOUR_MS;
          const said = Date.parse(await setWallClock(clock, hours * HOUR_MS));
          assert.ok(Math.abs(said - wanted) < HOUR_MS / 2, 'the clock has jumped');
        }
      };
      for (const [first, second] of [
        [7, -9],
        [-5, 11],
      ] as const) {
        const beganMs = performance.now();
        const key = `until ${first}`;
        const lease = await ask(cluster, 'lease', 'grant', String(TTL_SECONDS));
        const id = /lease (\w+) granted/.exec(lease)?.[1] ?? '';
        await ask(cluster, 'put', key, 'v', `--lease=${id}`);
        const grantedMs = performance.now();
        await jump(first);
        await ask(cluster, 'put', 'other', 'v');
        await sleep(Math.max(0, beganMs + TTL_SECONDS * 500 - performance.now()));
        const isThere = (await ask(cluster, 'get', key)) !== '';
        // The machine may have been too slow to ask in time; then nothing is known.
        if (performance.now() < beganMs + TTL_SECONDS * 1000) assert.ok(isThere, 'ended early');
        await jump(second);
        while ((await ask(cluster, 'get', key)) !== '') {
          const lateMs = performance.now() - grantedMs - TTL_SECONDS * 1000;
          assert.ok(lateMs < LATENESS_MS_MAX, `the lease is ${lateMs} ms late`);
        }
      }
      cluster.assertAlive();
    },
  );
}

async function ask(cluster: Cluster, ...parameters: string[]): Promise<string> {
  const { status, stdout, stderr } = await etcdctl(cluster.endpoints, ...parameters);
  assert.equal(status, 0, stderr);
  return stdout;
}
