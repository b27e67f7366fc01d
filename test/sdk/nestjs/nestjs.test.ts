/** The Nest modules in real applications, on Concord and on etcd. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { INestApplication, INestMicroservice, Provider, Type } from '@nestjs/common';
import { Controller } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  MessagePattern,
  Transport,
  type ClientProxy,
  type MicroserviceOptions,
} from '@nestjs/microservices';
import { HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { firstValueFrom } from 'rxjs';
import { z } from 'zod';
import {
  CONCORD,
  ConcordClientsModule,
  ConcordHealthIndicator,
  ConcordModule,
  configToken,
  LeaderElections,
  LeaderOnly,
  OnConfig,
  OwnRegistration,
  serviceToken,
  WithLock,
} from '@concord/nestjs';
import {
  connect,
  defineConfig,
  type Concord,
  type LiveValue,
  type ServiceView,
} from '@concord/sdk';
import { availableBackends } from '../../conformance/harness/backend.ts';
import { freePorts } from '../../conformance/harness/free-ports.ts';
import { Server } from '../../conformance/harness/server.ts';
import { decorateMethod, moduleOf } from './decorate.ts';

const limits = defineConfig({ id: 'nest/limits', schema: z.object({ calls: z.number() }) });
const colour = defineConfig({ id: 'nest/colour', schema: z.object({ name: z.string() }) });

for (const backend of availableBackends()) {
  describe(`Nest applications on ${backend.name}`, () => {
    let server: Server;
    let concord: Concord;
    const open = new Set<{ close(): Promise<void> }>();

    before(async () => {
      server = await Server.start(backend);
      concord = await connect({ endpoints: [server.endpoint] });
    });
    after(async () => {
      for (const application of open) await application.close();
      await concord.close();
      await server.stop();
    });

    const root = () =>
      ConcordModule.forRoot({ endpoints: [server.endpoint], app: { name: 'test' } });

    async function application(
      imports: Parameters<typeof moduleOf>[0]['imports'],
      ...providers: Provider[]
    ): Promise<INestApplication> {
      const module = moduleOf({ imports: [root(), ...(imports ?? [])], providers });
      const created = await NestFactory.create(module, { logger: ['error'], abortOnError: false });
      await created.listen(0, '127.0.0.1');
      open.add(created);
      return created;
    }

    test('a service is registered when it listens, and has left before it stops listening', async () => {
      await using view = await concord.discover('shop-window');
      const app = await application([
        ConcordModule.register({ name: 'shop-window', address: '127.0.0.1', weight: 7 }),
      ]);
      const { port } = (app.getHttpServer() as { address(): { port: number } }).address();
      const added = await until(view, (instances) => instances[0]?.state === 'serving');
      assert.deepEqual([added[0]?.port, added[0]?.weight], [port, 7]);
      await app.close();
      open.delete(app);
      assert.deepEqual(await until(view, (instances) => instances.length === 0), []);
    });

    test('a view and a live value are injected, and change while the application runs', async () => {
      await concord.config.set(limits, { calls: 1 });
      await using own = await concord.registry.register({
        name: 'bank',
        port: 1,
        address: '127.0.0.1',
      });
      const app = await application([
        ConcordModule.discover(['bank']),
        ConcordModule.configuration([limits]),
      ]);
      const view = app.get<ServiceView>(serviceToken('bank'), { strict: false });
      const live = app.get<LiveValue<{ calls: number }>>(configToken(limits), { strict: false });
      assert.equal(view.pick().instance.id, own.instance.id);
      assert.equal(live.current.calls, 1);
      const changed = new Promise<number>((resolve) =>
        live.onChange(({ value }) => resolve(value.calls)),
      );
      await concord.config.set(limits, { calls: 2 });
      assert.equal(await changed, 2);
    });

    test('@OnConfig is called with the first value and with each that follows', async () => {
      await concord.config.set(colour, { name: 'red' });
      const heard: unknown[] = [];
      let wake: (() => void) | undefined;
      class Painter {
        paint(name: unknown): void {
          heard.push(name);
          wake?.();
        }
      }
      decorateMethod(
        Painter,
        'paint',
        OnConfig(colour, ({ name }) => name),
      );
      await application([], Painter);
      assert.deepEqual(heard, ['red']);
      const next = new Promise<void>((resolve) => (wake = resolve));
      await concord.config.set(colour, { name: 'blue' });
      await next;
      assert.deepEqual(heard, ['red', 'blue']);
    });

    test('@WithLock lets one in at a time, in two applications', async () => {
      let inside = 0;
      let most = 0;
      class Till {
        async count(drawer: string): Promise<void> {
          assert.equal(drawer, '1');
          most = Math.max(most, ++inside);
          await new Promise((resolve) => setTimeout(resolve, 5));
          inside--;
        }
      }
      decorateMethod(
        Till,
        'count',
        WithLock((drawer: string) => `/nest/till/${drawer}`),
      );
      const apps = [await application([], Till), await application([], Till)];
      const tills = apps.map((app) => app.get(Till));
      await Promise.all([...tills, ...tills].map((till) => till.count('1')));
      assert.equal(most, 1);
    });

    test('@LeaderOnly runs in one of two applications, and in the other when that one has gone', async () => {
      class Sweeper {
        sweep(): string {
          return 'swept';
        }
      }
      decorateMethod(Sweeper, 'sweep', LeaderOnly('/nest/sweeper'));
      const apps = [await application([], Sweeper), await application([], Sweeper)];
      const leads = (app: INestApplication): boolean =>
        app.get(LeaderElections, { strict: false }).isLeader('/nest/sweeper');
      while (!apps.some(leads)) await new Promise((resolve) => setTimeout(resolve, 10));
      assert.equal(apps.filter(leads).length, 1);
      const leader = apps.find(leads)!;
      const other = apps.find((app) => app !== leader)!;
      assert.equal(leader.get(Sweeper).sweep(), 'swept');
      assert.equal(other.get(Sweeper).sweep(), undefined);
      await leader.close();
      open.delete(leader);
      while (!leads(other)) await new Promise((resolve) => setTimeout(resolve, 10));
      assert.equal(other.get(Sweeper).sweep(), 'swept');
    });

    test('a TCP client reaches the instances of a service, and goes on when one leaves', async () => {
      const start = async (name: string): Promise<INestMicroservice> => {
        class Echo {
          echo(text: string): string {
            return `${name} ${text}`;
          }
        }
        decorateMethod(Echo, 'echo', MessagePattern('echo'));
        Controller()(Echo);
        const [port = 0] = await freePorts(1);
        const module = moduleOf({
          imports: [root(), ConcordModule.register({ name: 'echo', address: '127.0.0.1', port })],
          controllers: [Echo as Type],
        });
        const service = await NestFactory.createMicroservice<MicroserviceOptions>(module, {
          transport: Transport.TCP,
          options: { host: '127.0.0.1', port },
          logger: ['error'],
        });
        await service.listen();
        open.add(service);
        return service;
      };
      const services = [await start('a'), await start('b')];
      const app = await application([
        ConcordClientsModule.register([{ transport: 'tcp', name: 'ECHO', service: 'echo' }]),
      ]);
      const client = app.get<ClientProxy>('ECHO', { strict: false });
      await until(client.unwrap<ServiceView>(), (instances) => isServing(instances, 2));
      const ask = (): Promise<string> => firstValueFrom(client.send<string, string>('echo', 'x'));
      const answers = new Set<string>();
      while (answers.size < 2) answers.add(await ask());
      assert.deepEqual([...answers].sort(), ['a x', 'b x']);
      const leaving = services[0]!
        .get(OwnRegistration, { strict: false })
        .leave()
        .then(() => services[0]!.close());
      open.delete(services[0]!);
      const state = { isGone: false };
      void leaving.then(() => (state.isGone = true));
      while (!state.isGone) assert.match(await ask(), /^[ab] x$/);
      for (let i = 0; i < 10; i++) assert.equal(await ask(), 'b x');
    });

    test('options of the connection may come from another provider', async () => {
      const module = moduleOf({
        imports: [
          ConcordModule.forRootAsync({
            inject: ['SETTINGS'],
            imports: [
              {
                module: moduleOf({}),
                providers: [{ provide: 'SETTINGS', useValue: { endpoint: server.endpoint } }],
                exports: ['SETTINGS'],
              },
            ],
            useFactory: async ({ endpoint }: { endpoint: string }) => {
              await Promise.resolve();
              return { endpoints: [endpoint] };
            },
          }),
        ],
      });
      const app = await NestFactory.create(module, { logger: ['error'], abortOnError: false });
      open.add(app);
      const connected = app.get<Concord>(CONCORD, { strict: false });
      assert.equal((await connected.health()).isLive, true);
    });

    test("terminus takes the health indicator's word, and only a wish for the cluster makes it a failure", async () => {
      const app = await application([TerminusModule]);
      const health = await app.resolve(HealthCheckService, undefined, { strict: false });
      const indicator = app.get(ConcordHealthIndicator, { strict: false });
      const { status, info } = await health.check([() => indicator.check()]);
      assert.deepEqual([status, info?.['concord']?.status], ['ok', 'up']);
      await app.get<Concord>(CONCORD, { strict: false }).client.close();
      const { concord: away } = await indicator.check();
      assert.equal(away?.status, 'up');
      const { concord: down } = await indicator.check('concord', { requireLive: true });
      assert.equal(down?.status, 'down');
    });

    test('an endpoint where nobody answers stops the application with its name', async () => {
      const module = moduleOf({
        imports: [ConcordModule.forRoot({ endpoints: ['127.0.0.1:1'], timeout: '500ms' })],
      });
      await assert.rejects(
        NestFactory.create(module, { logger: false, abortOnError: false }),
        /127\.0\.0\.1:1/,
      );
    });
  });
}

type Instances = ServiceView['snapshot']['instances'];

const isServing = (instances: Instances, count: number): boolean =>
  instances.filter(({ state }) => state === 'serving').length === count;

/** The instances of the first snapshot that is as wanted. */
async function until(
  view: ServiceView,
  isWanted: (instances: Instances) => boolean,
): Promise<Instances> {
  if (isWanted(view.snapshot.instances)) return view.snapshot.instances;
  return new Promise((resolve) => {
    const listening = view.onUpdate(() => {
      if (!isWanted(view.snapshot.instances)) return;
      listening[Symbol.dispose]();
      resolve(view.snapshot.instances);
    });
  });
}
