/** What the decorators of a Nest application inject, as an application of its own process would have it. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  ConcordModule,
  InjectConcord,
  InjectConfig,
  InjectElections,
  InjectLocks,
  InjectService,
} from '@concord/nestjs';
import {
  defineConfig,
  defineService,
  type Concord,
  type Elections,
  type LiveValue,
  type Locks,
  type ServiceView,
} from '@concord/sdk';
import { onEachBackend } from '../harness/each-backend.ts';
import { until, within } from '../registry/stage.ts';
import { Applications } from './applications.ts';
import { decorateConstructor } from './decorate.ts';

const limits = defineConfig({ id: 'limits', schema: z.object({ calls: z.number() }) });
const bank = defineService({ name: 'bank', metadata: z.object({ currency: z.string() }) });

/** What a constructor may ask for. */
class Teller {
  readonly given: readonly unknown[];
  constructor(...given: unknown[]) {
    this.given = given;
  }
}
decorateConstructor(
  Teller,
  InjectService(bank),
  InjectService('shop'),
  InjectConfig(limits),
  InjectConfig('/db/url'),
  InjectLocks(),
  InjectElections(),
  InjectConcord(),
);
Injectable()(Teller);

onEachBackend('injection into providers of Nest', (target) => {
  test('of views, live values, locks, elections and the connection', async () => {
    await using applications = new Applications(target);
    const outside = await applications.outside();
    await outside.registry.register({
      ...{ name: bank, port: 1, address: '127.0.0.1', metadata: { currency: 'CHF' } },
    });
    await outside.config.set(limits, { calls: 1 });
    await outside.client.kv.put('/db/url', 'postgres://db');
    const app = await applications.createFrom({
      imports: [
        ConcordModule.forRoot(applications.connection),
        ConcordModule.discover([bank, 'shop'], { policy: 'least-request' }),
        ConcordModule.configuration([limits, '/db/url']),
      ],
      providers: [Teller],
    });
    await app.init();
    const [view, shop, live, url, locks, elections, concord] = app.get(Teller).given as [
      ServiceView<{ currency: string }>,
      ServiceView,
      LiveValue<{ calls: number }>,
      LiveValue<string>,
      Locks,
      Elections,
      Concord,
    ];
    assert.equal(view.pick().instance.metadata.currency, 'CHF');
    assert.equal(view.explain().policy, 'least-request');
    assert.deepEqual(shop.snapshot.instances, []);
    assert.deepEqual([live.current.calls, url.current], [1, 'postgres://db']);
    await using held = await locks.acquire('/till');
    assert.equal(await outside.lock.tryAcquire('/till'), undefined);
    held.assertHeld();
    await using led = await elections.campaign('/chief', { value: 'me' });
    assert.equal((await outside.election.leader('/chief'))?.value, 'me');
    led.assertHeld();
    assert.deepEqual([concord.lock, concord.election], [locks, elections]);
  });

  test('of what nobody provides fails the start, and names it', async () => {
    await using applications = new Applications(target);
    class Lost extends Teller {}
    decorateConstructor(Lost, InjectService('nobody'));
    Injectable()(Lost);
    await assert.rejects(
      applications.createFrom({
        imports: [ConcordModule.forRoot(applications.connection)],
        providers: [Lost],
      }),
      /concord\.service:nobody/,
    );
  });
});

onEachBackend('a Nest process that gets SIGTERM', (target) => {
  test('drains before it stops listening, and ends', async () => {
    await using applications = new Applications(target);
    const outside = await applications.outside();
    await using view = await outside.discover('orders');
    const states: string[] = [];
    view.onUpdate(({ changed, removed }) => {
      states.push(...changed.map(({ current }) => current.state));
      states.push(...removed.map(({ reason }) => reason));
    });
    const program = new URL('./draining-application.ts', import.meta.url).pathname;
    const child = spawn(
      process.execPath,
      ['--conditions=@concord/source', program, applications.namespace, ...target.endpoints],
      { stdio: 'inherit' },
    );
    const ended = once(child, 'exit');
    try {
      await until(view, 'serving', ({ snapshot }) => snapshot.instances[0]?.state === 'serving');
      const endpoint = view.snapshot.instances[0]?.endpoint;
      child.kill('SIGTERM');
      await until(view, 'draining', () => states.includes('draining'));
      // It lingers, so that calls of those who have not heard yet are answered.
      assert.equal((await fetch(`http://${endpoint}/`)).status, 404);
      await until(view, 'gone', ({ snapshot }) => snapshot.instances.length === 0);
      await within('the exit', ended);
      assert.deepEqual(states, ['draining', 'deregistered']);
      await assert.rejects(fetch(`http://${endpoint}/`));
    } finally {
      child.kill('SIGKILL');
    }
  });
});
