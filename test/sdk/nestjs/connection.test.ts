/** Where an application's connection comes from, who may inject it, and what terminus says of it. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  Inject,
  Injectable,
  Scope,
  ServiceUnavailableException,
  type DynamicModule,
  type INestApplication,
  type ModuleMetadata,
} from '@nestjs/common';
import { ContextIdFactory } from '@nestjs/core';
import {
  HealthCheckService,
  TerminusModule,
  type HealthCheckResult,
  type HealthIndicatorFunction,
} from '@nestjs/terminus';
import {
  CONCORD,
  ConcordHealthIndicator,
  ConcordModule,
  type ConcordModuleAsyncOptions,
  type ConcordOptionsFactory,
} from '@concord/nestjs';
import { ConcordError, type Concord, type ConnectOptions } from '@concord/sdk';
import { onEachBackend } from '../harness/each-backend.ts';
import { Applications } from './applications.ts';
import { decorateConstructor, moduleOf } from './decorate.ts';

/** A module that exports what it provides. */
const providing = (...providers: NonNullable<ModuleMetadata['providers']>): DynamicModule => ({
  module: moduleOf({}),
  providers,
  exports: providers.map((provider) =>
    typeof provider === 'object' ? provider.provide : provider,
  ),
});

/** Settings as a service of the application's own. */
class Settings implements ConcordOptionsFactory {
  readonly connection: ConnectOptions;
  made = 0;

  constructor(connection: ConnectOptions) {
    this.connection = connection;
  }

  createConcordOptions(): Promise<ConnectOptions> {
    this.made += 1;
    return Promise.resolve(this.connection);
  }
}
decorateConstructor(Settings, 'CONNECTION');
Injectable()(Settings);

onEachBackend('ConcordModule.forRootAsync', (target) => {
  const root = (options: ConcordModuleAsyncOptions): ModuleMetadata => ({
    imports: [ConcordModule.forRootAsync(options)],
  });

  async function assertConnected(app: INestApplication): Promise<void> {
    const concord = app.get<Concord>(CONCORD, { strict: false });
    await concord.client.kv.put('here', 'yes');
    assert.equal((await concord.client.kv.get('here'))?.text, 'yes');
  }

  test('takes options from a factory, now or later, with what it injects', async () => {
    await using applications = new Applications(target);
    const { endpoints, namespace } = applications.connection;
    const imports = [
      providing(
        { provide: 'ENDPOINTS', useValue: endpoints },
        { provide: 'SPACE', useValue: namespace },
      ),
    ];
    const inject = ['ENDPOINTS', 'SPACE', { token: 'NOBODY', optional: true }];
    const made: unknown[] = [];
    const factory = (given: string[], space: string, nobody: unknown): ConnectOptions => {
      made.push(nobody);
      return { endpoints: given, namespace: space };
    };
    const later = async (...given: Parameters<typeof factory>): Promise<ConnectOptions> => {
      await new Promise((resolve) => setImmediate(resolve));
      return factory(...given);
    };
    for (const useFactory of [factory, later]) {
      const app = await applications.createFrom(root({ imports, inject, useFactory }));
      await assertConnected(app);
      const outside = await applications.outside();
      assert.equal((await outside.client.kv.get('here'))?.text, 'yes');
    }
    assert.deepEqual(made, [undefined, undefined]);
  });

  test('takes options from a class, which it makes, and from a provider that is there', async () => {
    await using applications = new Applications(target);
    const connection = { provide: 'CONNECTION', useValue: applications.connection };
    const byClass = await applications.createFrom(
      root({ imports: [providing(connection)], useClass: Settings }),
    );
    await assertConnected(byClass);
    const settings = new Settings(applications.connection);
    const existing = providing({ provide: Settings, useValue: settings });
    const byExisting = await applications.createFrom(
      root({ imports: [existing], useExisting: Settings }),
    );
    await assertConnected(byExisting);
    assert.equal(settings.made, 1);
  });

  test('fails the start with what the factory throws, and with options that are wrong', async () => {
    await using applications = new Applications(target);
    const failing = (useFactory: () => never): Promise<unknown> =>
      applications.createFrom(root({ useFactory }));
    await assert.rejects(
      failing(() => {
        throw new Error('no vault');
      }),
      /no vault/,
    );
    await assert.rejects(
      failing(() => Promise.reject(new Error('no vault yet')) as never),
      /no vault yet/,
    );
    await assert.rejects(
      failing(() => ({ endpoints: [] }) as never),
      {
        code: 'INVALID_ARGUMENT',
        message: /endpoints/,
      },
    );
    await assert.rejects(
      failing(() => undefined as never),
      { code: 'INVALID_ARGUMENT' },
    );
    await assert.rejects(
      failing(() => ({ endpoints: ['127.0.0.1:1'], timeout: '200ms' }) as never),
      {
        code: 'UNAVAILABLE',
        message: /127\.0\.0\.1:1/,
      },
    );
  });

  for (const way of ['forRoot', 'forRootAsync'] as const) {
    test(`${way}: every module may inject the connection, unless isGlobal is false`, async () => {
      await using applications = new Applications(target);
      class Stranger {
        readonly concord: Concord;
        constructor(concord: Concord) {
          this.concord = concord;
        }
      }
      decorateConstructor(Stranger, CONCORD);
      Injectable()(Stranger);
      const connected = (isGlobal?: boolean): DynamicModule => {
        const given = isGlobal === undefined ? {} : { isGlobal };
        const useFactory = (): ConnectOptions => applications.connection;
        return way === 'forRoot'
          ? ConcordModule.forRoot({ ...applications.connection, ...given })
          : ConcordModule.forRootAsync({ useFactory, ...given });
      };
      const stranger = (imports: DynamicModule[] = []): DynamicModule => ({
        module: moduleOf({}),
        imports,
        providers: [Stranger],
      });
      const app = await applications.createFrom({ imports: [connected(), stranger()] });
      const { concord } = app.get(Stranger, { strict: false });
      assert.equal(concord, app.get(CONCORD, { strict: false }));
      await assert.rejects(
        applications.createFrom({ imports: [connected(false), stranger()] }),
        /can't resolve dependencies of the Stranger/,
      );
      const local = connected(false);
      const scoped = await applications.createFrom({ imports: [local, stranger([local])] });
      assert.ok(scoped.get(Stranger, { strict: false }).concord);
    });
  }

  test('providers of a request share the one connection', async () => {
    await using applications = new Applications(target);
    class OfRequest {
      readonly concord: Concord;
      constructor(concord: Concord) {
        this.concord = concord;
      }
    }
    Inject(CONCORD)(OfRequest, undefined, 0);
    Injectable({ scope: Scope.REQUEST })(OfRequest);
    const app = await applications.createFrom({
      ...root({ useFactory: () => applications.connection }),
      providers: [OfRequest],
    });
    const [one, other] = await Promise.all(
      [1, 2].map(() => app.resolve(OfRequest, ContextIdFactory.create(), { strict: false })),
    );
    assert.notEqual(one, other);
    assert.equal(one?.concord, other?.concord);
  });

  test('closing the application closes the connection, once everything else has shut down', async () => {
    await using applications = new Applications(target);
    const app = await applications.createFrom(root({ useFactory: () => applications.connection }));
    const concord = app.get<Concord>(CONCORD, { strict: false });
    await app.close();
    await assert.rejects(concord.client.kv.get('x'), (error) => ConcordError.is(error, 'CLOSED'));
  });
});

onEachBackend('the health indicator', (target) => {
  /** What terminus answers, a failure included. */
  async function checked(
    app: INestApplication,
    indicator: HealthIndicatorFunction,
  ): Promise<HealthCheckResult> {
    const health = await app.resolve(HealthCheckService, undefined, { strict: false });
    try {
      return await health.check([indicator]);
    } catch (error) {
      assert.ok(error instanceof ServiceUnavailableException);
      return error.getResponse() as HealthCheckResult;
    }
  }

  test('is up, down with the reason while the cluster is away if that matters, and up again', async () => {
    await using applications = new Applications(target);
    const app = await applications.create([TerminusModule]);
    const indicator = app.get(ConcordHealthIndicator, { strict: false });
    const [endpoint = ''] = target.endpoints;
    const readiness = (): Promise<HealthCheckResult> =>
      checked(app, () => indicator.check('cluster', { requireLive: true }));
    const liveness = (): Promise<HealthCheckResult> => checked(app, () => indicator.check());

    const up = await readiness();
    assert.deepEqual([up.status, up.info?.['cluster']?.status], ['ok', 'up']);
    assert.equal(up.details['cluster']?.['isLive'], true);
    assert.deepEqual(up.details['cluster']['endpoints'], { [endpoint]: 'healthy' });

    target.lines.at(0).cut();
    const down = await readiness();
    assert.deepEqual([down.status, down.error?.['cluster']?.status], ['error', 'down']);
    assert.equal(down.details['cluster']?.['isLive'], false);
    assert.match(
      String(down.details['cluster']['problem']),
      /kv\.get|UNAVAILABLE|not answer|within/,
    );
    const alive = await liveness();
    assert.deepEqual([alive.status, alive.info?.['concord']?.status], ['ok', 'up']);
    assert.equal(alive.details['concord']?.['isLive'], false);
    assert.ok(alive.details['concord']['problem']);

    target.lines.heal();
    let again = await readiness();
    while (again.status !== 'ok') again = await readiness();
    assert.equal(again.info?.['cluster']?.status, 'up');
  });

  test('answers in time while the cluster does not', async () => {
    await using applications = new Applications(target);
    const app = await applications.create([]);
    const indicator = app.get(ConcordHealthIndicator, { strict: false });
    target.lines.at(0).cut();
    const startMs = performance.now();
    const { concord } = await indicator.check('concord', { requireLive: true, timeout: '200ms' });
    assert.equal(concord?.status, 'down');
    assert.ok(performance.now() - startMs < 1500);
  });

  test('is down after the application has closed', async () => {
    await using applications = new Applications(target);
    const app = await applications.create([]);
    const indicator = app.get(ConcordHealthIndicator, { strict: false });
    await app.close();
    const { concord } = await indicator.check('concord', { requireLive: true });
    assert.equal(concord?.status, 'down');
    assert.match(String(concord['problem']), /closed/);
  });
});
