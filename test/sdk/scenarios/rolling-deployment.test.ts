/**
 * Scenario 7: six instances of a Nest service are replaced one after another under 500 gRPC calls a second, and no call
 * fails. Method: microservices in this process, a Nest client that finds them by the registry; a new one serves before an
 * old one is asked to go, as a rolling deployment has it.
 */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { Controller, type INestApplicationContext, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GrpcMethod, Transport, type ClientGrpc, type GrpcOptions } from '@nestjs/microservices';
import { firstValueFrom, timeout, type Observable } from 'rxjs';
import { ConcordClientsModule, ConcordModule, OwnRegistration } from '@concord/nestjs';
import { connect, type ServiceView } from '@concord/sdk';
import { freePorts } from '../../conformance/harness/free-ports.ts';
import { onEachBackend } from '../harness/each-backend.ts';
import { decorateMethod, moduleOf } from '../nestjs/decorate.ts';

const INSTANCES = 6;
const CALLS_PER_SECOND = 500;
const TICK_MS = 10;
/** A machine that is slower than that calls less often, instead of timing itself out. */
const IN_FLIGHT_MAX = 100;
const CALL_TIMEOUT_MS = 15_000;

const protocol = { package: 'rolling', protoPath: join(import.meta.dirname, 'echo.proto') };

interface Call {
  readonly number: number;
  readonly instance: string;
}
interface Echo {
  echo(call: Partial<Call>): Observable<Call>;
}

/** Calls at a steady rate, whatever becomes of them. */
class Load {
  readonly failures: string[] = [];
  readonly answeredBy = new Set<string>();
  count = 0;
  /** Once it has stopped: what the machine has let through of what was wanted. */
  callsPerSecond = 0;
  #inFlight = 0;
  readonly #echo: Echo;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;

  constructor(echo: Echo) {
    this.#echo = echo;
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const calls: Promise<void>[] = [];
    const beganMs = performance.now();
    while (!this.#stop.signal.aborted) {
      const due = ((performance.now() - beganMs) / 1000) * CALLS_PER_SECOND;
      while (calls.length < due && this.#inFlight < IN_FLIGHT_MAX)
        calls.push(this.#call(calls.length));
      await sleep(TICK_MS);
    }
    await Promise.all(calls);
    this.callsPerSecond = Math.round((this.count / (performance.now() - beganMs)) * 1000);
  }

  async #call(number: number): Promise<void> {
    this.#inFlight += 1;
    try {
      const answering = this.#echo.echo({ number }).pipe(timeout(CALL_TIMEOUT_MS));
      const answer = await firstValueFrom(answering);
      assert.equal(answer.number, number);
      this.answeredBy.add(answer.instance);
      this.count += 1;
    } catch (error) {
      this.failures.push(String(error));
    } finally {
      this.#inFlight -= 1;
    }
  }
}

async function startInstance(
  endpoints: readonly string[],
  namespace: string,
): Promise<INestMicroservice> {
  const [port = 0] = await freePorts(1);
  class EchoController {
    echo({ number }: Call): Call {
      return { number, instance: String(port) };
    }
  }
  Controller()(EchoController);
  decorateMethod(EchoController, 'echo', GrpcMethod('Echo', 'Echo'));
  const module = moduleOf({
    imports: [
      ConcordModule.forRoot({ endpoints, namespace, app: { name: 'echo' } }),
      ConcordModule.register({ name: 'echo', address: '127.0.0.1', port }),
    ],
    controllers: [EchoController],
  });

  const service = await NestFactory.createMicroservice<GrpcOptions>(module, {
    transport: Transport.GRPC,
    options: { ...protocol, url: `127.0.0.1:${port}`, gracefulShutdown: true },
    logger: ['error'],
  });
  await service.listen();
  return service;
}

async function stopInstance(service: INestMicroservice): Promise<void> {
  await service.get(OwnRegistration).leave();
  await service.close();
}

async function startClient(
  endpoints: readonly string[],
  namespace: string,
): Promise<INestApplicationContext> {
  const module = moduleOf({
    imports: [
      ConcordModule.forRoot({ endpoints, namespace, app: { name: 'caller' } }),
      ConcordClientsModule.register([
        { transport: 'grpc', name: 'ECHO', service: 'echo', options: protocol },
      ]),
    ],
  });

  return await NestFactory.createApplicationContext(module, { logger: ['error'] });
}

/** Resolves when so many serve. */
async function serving(view: ServiceView, count: number): Promise<void> {
  while (view.snapshot.instances.filter(({ state }) => state === 'serving').length !== count) {
    await sleep(TICK_MS);
  }
}

onEachBackend('a rolling deployment of a Nest service', (target) => {
  test('fails no call of 500 a second', async (context) => {
    const { endpoints } = target;
    const namespace = target.corner();
    await using concord = await connect({ endpoints, namespace });
    const start = (): Promise<INestMicroservice> => startInstance(endpoints, namespace);
    const running = await Promise.all(Array.from({ length: INSTANCES }, start));
    await using view = await concord.discover('echo');
    await serving(view, INSTANCES);
    const client = await startClient(endpoints, namespace);
    try {
      const load = new Load(
        client.get<ClientGrpc>('ECHO', { strict: false }).getService<Echo>('Echo'),
      );
      for (let i = 0; i < INSTANCES; i++) {
        running.push(await start());
        await serving(view, INSTANCES + 1);
        const old = running.shift();
        if (old !== undefined) await stopInstance(old);
      }
      await load.stop();
      context.diagnostic(`${load.count} calls, ${load.callsPerSecond} a second`);
      assert.deepEqual(load.failures, []);
      assert.ok(load.count > CALLS_PER_SECOND, `${load.count} calls were made`);
      // The old ones, and most of the new ones.
      assert.ok(load.answeredBy.size > INSTANCES, [...load.answeredBy].join());
    } finally {
      await client.close();
      for (const service of running) await stopInstance(service);
    }
  });
});
