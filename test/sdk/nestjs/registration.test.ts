/** An application's own entry: there when `listen()` is over, or the start has failed and says why. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { ConcordModule, OwnRegistration } from '@concord/nestjs';
import { defineService, type Concord, type Instance } from '@concord/sdk';
import { freePorts } from '../../conformance/harness/free-ports.ts';
import { onEachBackend } from '../harness/each-backend.ts';
import { until } from '../registry/stage.ts';
import { Applications } from './applications.ts';

/** What the cluster has of a service at this moment. */
async function instancesOf(concord: Concord, service: string): Promise<readonly Instance[]> {
  await using view = await concord.discover(service);
  return view.snapshot.instances;
}

const at = { address: '127.0.0.1', linger: 0 } as const;

onEachBackend('the registration of a Nest application', (target) => {
  test('is serving when listen() is over', async () => {
    await using applications = new Applications(target);
    const app = await applications.create([ConcordModule.register({ name: 'orders', ...at })]);
    const outside = await applications.outside();
    assert.deepEqual(await instancesOf(outside, 'orders'), []);
    let isCalled = false;
    await app.listen(0, '127.0.0.1', () => (isCalled = true));
    assert.equal(isCalled, true);
    const { port } = (app.getHttpServer() as { address(): { port: number } }).address();
    const [instance] = await instancesOf(outside, 'orders');
    assert.deepEqual([instance?.state, instance?.port], ['serving', port]);
    const own = await app.get(OwnRegistration, { strict: false }).registration;
    assert.equal(own?.id, instance?.id);
  });

  test('whose id is taken fails listen(), and the application can still be closed', async () => {
    await using applications = new Applications(target);
    const outside = await applications.outside();
    await outside.registry.register({ name: 'orders', id: 'one', port: 1, ...{ address: 'x' } });
    const app = await applications.create([
      ConcordModule.register({ name: 'orders', id: 'one', ...at }),
    ]);
    await assert.rejects(app.listen(0, '127.0.0.1'), { code: 'CONFLICT', message: /one/ });
    assert.equal(await app.get(OwnRegistration, { strict: false }).registration, undefined);
    await app.close();
    assert.equal((await instancesOf(outside, 'orders'))[0]?.address, 'x');
  });

  test('whose server can not listen fails as the server does, and enters nothing', async () => {
    await using applications = new Applications(target);
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const app = await applications.create([ConcordModule.register({ name: 'orders', ...at })]);
    await assert.rejects(app.listen(port, '127.0.0.1'), { code: 'EADDRINUSE' });
    await app.close();
    assert.deepEqual(await instancesOf(await applications.outside(), 'orders'), []);
    await new Promise((resolve) => taken.close(resolve));
  });

  test('of a microservice is starting until it listens, and fails its start as well', async () => {
    await using applications = new Applications(target);
    const outside = await applications.outside();
    await using view = await outside.discover('orders');
    const [port = 0] = await freePorts(1);
    const register = (): ReturnType<typeof ConcordModule.register> =>
      ConcordModule.register({ name: 'orders', id: 'one', port, ...at });
    const service = await applications.microservice([register()], port);
    await service.init();
    assert.deepEqual(
      (await instancesOf(outside, 'orders')).map(({ state }) => state),
      ['starting'],
    );
    await service.listen();
    await until(view, 'serving', ({ snapshot }) => snapshot.instances[0]?.state === 'serving');
    const second = await applications.microservice([register()], port);
    await assert.rejects(second.listen(), { code: 'CONFLICT' });
  });

  test('of a microservice without a port fails its start, and says what to give', async () => {
    await using applications = new Applications(target);
    const [port = 0] = await freePorts(1);
    const service = await applications.microservice([ConcordModule.register({ name: 'a' })], port);
    await assert.rejects(service.listen(), {
      code: 'INVALID_ARGUMENT',
      message: /without an HTTP server; say the port of the microservice/,
    });
  });

  test('whose metadata a slow schema refuses fails the start', async () => {
    await using applications = new Applications(target);
    const name = defineService({
      name: 'orders',
      metadata: z.object({ meter: z.number().refine((value) => Promise.resolve(value > 0)) }),
    });
    const app = await applications.create([
      ConcordModule.register({ name, metadata: { meter: 0 }, ...at }),
    ]);
    await assert.rejects(app.listen(0), { code: 'INVALID_ARGUMENT', message: /"metadata"/ });
  });

  test("has several ports, the HTTP server's among them, and serves when all are open", async () => {
    await using applications = new Applications(target);
    const [admin = 0] = await freePorts(1);
    const app = await applications.create([
      ConcordModule.register({ name: 'orders', port: { http: 'from-http-server', admin }, ...at }),
    ]);
    const outside = await applications.outside();
    await using view = await outside.discover('orders');
    await app.listen(0, '127.0.0.1');
    const { port } = (app.getHttpServer() as { address(): { port: number } }).address();
    const [instance] = await instancesOf(outside, 'orders');
    assert.deepEqual([instance?.ports, instance?.state], [{ http: port, admin }, 'starting']);
    const server = createServer((socket) => socket.destroy()).listen(admin, '127.0.0.1');
    await until(view, 'serving', ({ snapshot }) => snapshot.instances[0]?.state === 'serving');
    await new Promise((resolve) => server.close(resolve));
  });

  test('is ready only once it listens, whatever its readiness check says before', async () => {
    await using applications = new Applications(target);
    const [port = 0] = await freePorts(1);
    let count = 0;
    const timesAsked = (): number => count;
    const readiness = {
      interval: '10ms',
      check: () => {
        count += 1;
        return true;
      },
    } as const;
    const app = await applications.create([
      ConcordModule.register({ name: 'orders', port, readiness, ...at }),
    ]);
    const outside = await applications.outside();
    await using view = await outside.discover('orders');
    await app.init();
    await until(view, 'entered', ({ snapshot }) => snapshot.instances.length === 1);
    assert.equal(view.snapshot.instances[0]?.state, 'starting');
    assert.equal(timesAsked(), 0);
    await app.listen(port, '127.0.0.1');
    await until(view, 'serving', ({ snapshot }) => snapshot.instances[0]?.state === 'serving');
    assert.ok(timesAsked() > 0);
  });

  test('fails the start where the cluster has gone away meanwhile', async () => {
    await using applications = new Applications(target);
    const app = await applications.create([ConcordModule.register({ name: 'orders', ...at })], {
      timeout: '500ms',
    });
    target.lines.at(0).cut();
    await assert.rejects(app.listen(0, '127.0.0.1'), ({ code }: { code: string }) =>
      ['UNAVAILABLE', 'DEADLINE'].includes(code),
    );
  });

  for (const [what, withCache] of [
    ["where that is asked for (whenAway: 'retry')", false],
    ['where the application may start from a cache', true],
  ] as const) {
    test(`comes later ${what}`, async () => {
      await using applications = new Applications(target);
      const cacheDirectory = await mkdtemp(join(tmpdir(), 'concord-nest-'));
      const whenAway = withCache ? {} : ({ whenAway: 'retry' } as const);
      const app = await applications.create(
        [ConcordModule.register({ name: 'orders', ...whenAway, ...at })],
        { timeout: '500ms', ...(withCache && { cacheDirectory }) },
      );
      target.lines.at(0).cut();
      await app.listen(0, '127.0.0.1');
      const outside = await applications.outside();
      assert.deepEqual(await instancesOf(outside, 'orders'), []);
      target.lines.heal();
      const registration = await app.get(OwnRegistration, { strict: false }).registration;
      const [instance] = await instancesOf(outside, 'orders');
      assert.deepEqual([instance?.id, instance?.state], [registration?.id, 'serving']);
      await rm(cacheDirectory, { recursive: true, force: true });
    });
  }

  test('that never came does not keep the application from closing', async () => {
    await using applications = new Applications(target);
    const app = await applications.create(
      [ConcordModule.register({ name: 'orders', whenAway: 'retry', ...at })],
      { timeout: '500ms' },
    );
    target.lines.at(0).cut();
    await app.listen(0, '127.0.0.1');
    const { registration } = app.get(OwnRegistration, { strict: false });
    target.lines.heal();
    await app.close();
    await registration;
    assert.deepEqual(await instancesOf(await applications.outside(), 'orders'), []);
  });
});
