/**
 * Goal: `npm start -- --demo` shows a cluster at work: services that come, whose weights change, that read settings, queue for
 * locks and lead. Method: what the gateway's API tells of it, the same that the console shows.
 */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { EventStream, stateAfter } from '../gateway/harness/event-stream.ts';
import { freePortRun, start } from './npm-start.ts';

/** By services: they are 14 instances. */
const INSTANCES = { storefront: 2, checkout: 3, payments: 4, inventory: 2, search: 3 } as const;
const ASK_AGAIN_MS = 200;

interface Line {
  readonly holders: readonly { readonly label?: string }[];
}

test('the demo registers services, changes weights, releases settings, holds locks, and ends well', async () => {
  const port = await freePortRun(4);
  const ports = ['--client-port', String(port), '--gateway-port', String(port + 2)];
  const started = await start('--demo', ...ports);
  const url = `http://127.0.0.1:${port + 2}`;
  assert.ok(started.lines.some((line) => line.includes(`console  ${url}`)));
  const get = async <Body>(path: string): Promise<Body> =>
    (await (await fetch(url + path)).json()) as Body;
  const items = async <Item>(path: string): Promise<readonly Item[]> =>
    (await get<{ items: readonly Item[] }>(path)).items;
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    while (!(await holds())) await sleep(ASK_AGAIN_MS);
  };

  using services = await EventStream.open(`${url}/v1/services/watch`);
  const serving = (): Readonly<Record<string, number>> =>
    Object.fromEntries(
      [...stateAfter(services.events, 'name')].map(([name, { instances }]) => [
        name,
        (instances as { serving: number }).serving,
      ]),
    );
  const areAllServing = (): boolean =>
    Object.entries(INSTANCES).every(([name, count]) => serving()[name] === count);
  await services.until(areAllServing);
  const complete = services.events.length;
  const weights = (end?: number): string =>
    JSON.stringify(
      [...stateAfter(services.events.slice(0, end), 'name')]
        .map(([name, { weight }]) => [name, weight])
        .sort(),
    );
  const first = weights();
  await services.until((events) => events.length > complete && weights() !== first);
  assert.ok(areAllServing(), 'a weight has changed, and nothing else');

  const settings = '/v1/configs/default/checkout%2Fsettings';
  await until(async () => (await get<{ release?: number }>(settings)).release !== undefined);
  assert.match((await get<{ content: string }>(settings)).content, /"currency": ?"EUR"/);

  await until(async () =>
    (await items<Line>('/v1/locks?prefix=/demo/locks')).some(({ holders }) =>
      holders.some(({ label }) => label?.startsWith('worker-')),
    ),
  );
  await until(async () =>
    (await items<{ name: string }>('/v1/elections')).some(
      ({ name }) => name === '/demo/elections/scheduler',
    ),
  );
  await until(async () => (await items('/v1/services/checkout/consumers')).length >= 2);
  await until(async () => {
    const samples = await items<{ readsPerSecond?: number; writesPerSecond?: number }>(
      '/v1/cluster/samples',
    );
    return samples.some(
      ({ readsPerSecond = 0, writesPerSecond = 0 }) => readsPerSecond > 0 && writesPerSecond > 0,
    );
  });

  assert.equal(await started.stop(), 0);
  const complaints = started.lines.filter((line) => /the demo ended|the gateway ended/.test(line));
  assert.deepEqual(complaints, []);
});
