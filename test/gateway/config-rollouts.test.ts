/**
 * Goal: a release in steps goes on when its clients have applied it, halts at a rejection, and does not depend on the gateway
 * that began it. Method: the built gateway before a member of each backend, programs with the SDK as clients.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '@concord/client';
import { Configuration, defineConfig } from '@concord/config';
import { z } from 'zod';
import { onEachBackend } from './harness/gateway-process.ts';

interface Rollout {
  readonly state: string;
  readonly step: number;
  readonly release: number;
  readonly reason?: string;
  readonly isReverted?: boolean;
  readonly completedAs?: number;
  readonly clients: Readonly<Record<string, number>>;
}
interface Item {
  readonly release: number;
  readonly content?: string;
  readonly gray: readonly { readonly name: string }[];
}

const schema = z.object({ max: z.number().max(10) });

onEachBackend('rollouts by HTTP', (target) => {
  const clients: Client[] = [];
  const configs: Configuration[] = [];
  before(async () => {
    for (const region of ['eu', 'us']) {
      const app = { name: 'orders', labels: { region } };
      const client = await Client.connect({ endpoints: [target.server.endpoint], app });
      clients.push(client);
      configs.push(new Configuration(client, { environment: false, clientId: region }));
    }
  });
  after(async () => {
    for (const config of configs) await config.close();
    for (const client of clients) await client.close();
  });
  const ask = <Body>(method: string, path: string, body?: object) =>
    target.gateway.json<Body & { detail: string }>(method, `/v1/configs/default/${path}`, { body });
  const until = async (path: string, holds: (rollout: Rollout) => boolean): Promise<Rollout> => {
    for (;;) {
      const { body } = await ask<Rollout>('GET', `${path}/rollout`);
      if (holds(body)) return body;
    }
  };
  const watched = async (path: string) => {
    await ask('PUT', path, { content: { max: 1 } });
    const item = defineConfig({ id: path, schema });
    return Promise.all(configs.map((config) => config.watch(item)));
  };
  const steps = [{ match: { region: 'eu' } }, { percent: 100 }];

  test('each step is taken when the clients of the one before have applied it', async () => {
    const path = `${target.name('steps')}.json`;
    const live = await watched(path);
    const started = await ask<Rollout>('POST', `${path}/rollout`, { content: { max: 5 }, steps });
    assert.equal(started.status, 201);
    assert.equal((await ask('POST', `${path}/rollout`, { content: {}, steps })).status, 409);
    const done = await until(path, ({ state }) => state === 'completed');
    assert.equal(done.completedAs, 3);
    const item = await ask<Item>('GET', path);
    assert.deepEqual(JSON.parse(item.body.content ?? ''), { max: 5 });
    assert.deepEqual(item.body.gray, []);
    for (const value of live) await value.close();
  });

  test('a rejection halts it, and the others keep what they have', async () => {
    const path = `${target.name('halt')}.json`;
    const live = await watched(path);
    await ask('POST', `${path}/rollout`, { content: { max: 50 }, steps, onHalt: 'revert' });
    const halted = await until(path, ({ state }) => state === 'halted');
    assert.deepEqual([halted.reason, halted.step, halted.isReverted], ['rejected', 0, true]);
    const item = await ask<Item>('GET', path);
    assert.deepEqual([item.body.release, item.body.gray], [1, []]);
    assert.equal((await ask('PATCH', `${path}/rollout`, { action: 'resume' })).status, 409);
    assert.equal((await ask('DELETE', `${path}/rollout`)).status, 204);
    for (const value of live) await value.close();
  });

  test('a manual rollout waits to be told at each step, can be paused and aborted', async () => {
    const path = `${target.name('manual')}.json`;
    const live = await watched(path);
    const plan = { content: { max: 7 }, steps, advance: 'manual' };
    await ask('POST', `${path}/rollout`, plan);
    const waiting = await until(path, ({ state }) => state === 'waiting');
    assert.deepEqual([waiting.step, waiting.clients['applied']], [0, 1]);
    await ask('PATCH', `${path}/rollout`, { action: 'next' });
    await until(path, ({ state, step }) => state === 'waiting' && step === 1);
    assert.equal(
      (await ask<Rollout>('PATCH', `${path}/rollout`, { action: 'pause' })).body.state,
      'paused',
    );
    assert.equal((await ask('DELETE', `${path}/rollout`)).status, 204);
    const item = await ask<Item>('GET', path);
    assert.deepEqual([item.body.release, item.body.gray], [1, []]);
    assert.equal((await ask<Rollout>('GET', `${path}/rollout`)).body.state, 'aborted');
    await ask('POST', `${path}/rollout`, plan);
    const promoted = await ask<Rollout>('PATCH', `${path}/rollout`, { action: 'promote' });
    assert.equal(promoted.body.state, 'completed');
    for (const value of live) await value.close();
  });

  test('another gateway goes on when the one that conducts goes away', async () => {
    const path = `${target.name('takeover')}.json`;
    const live = await watched(path);
    const other = await target.another({ flags: ['--grpc-port=0'] });
    await ask('POST', `${path}/rollout`, { content: { max: 9 }, steps, hold: '1s' });
    await until(path, ({ clients }) => clients['applied'] === 1);
    await target.gateway.stop();
    for (;;) {
      const { body } = await other.json<Rollout>('GET', `/v1/configs/default/${path}/rollout`);
      if (body.state === 'completed') break;
    }
    for (const value of live) await value.close();
  });
});
