/**
 * Goal: instances that cannot send heartbeats are kept registered, taken out while they are unhealthy, and brought back;
 * also when the gateway that checks them dies. Method: two built gateways before a member; servers of this process are what
 * is checked.
 */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import * as grpc from '@grpc/grpc-js';
import { EventStream, stateAfter } from './harness/event-stream.ts';
import { onEachBackend, type GatewayProcess } from './harness/gateway-process.ts';

interface Check {
  readonly result?: { readonly health: string; readonly detail: string; readonly gateway: string };
  readonly checkedBy?: string;
}

const quick = { interval: '1s', timeout: '500ms', up: 1, down: 2 };

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return (server.address() as AddressInfo).port;
}

onEachBackend(
  'health checks',
  (target) => {
    const put = async (gateway: GatewayProcess, service: string, port: number, more = {}) => {
      const body = { address: '127.0.0.1', port, ttl: '3s', state: 'starting', ...more };
      const answer = await gateway.json('PUT', `/v1/services/${service}/instances/a`, { body });
      assert.ok(answer.status < 300);
    };
    const check = async (service: string, body: object) =>
      await target.gateway.json<Check & { detail?: string }>(
        'PUT',
        `/v1/services/${service}/instances/a/health-check`,
        { body },
      );
    const becomes = (stream: EventStream, state: string): Promise<void> =>
      stream.until((events) => stateAfter(events).get('a')?.['state'] === state);
    const follow = (gateway: GatewayProcess, service: string): Promise<EventStream> =>
      EventStream.open(`${gateway.url}/v1/services/${service}/watch`);

    test('an instance serves while it answers, and comes back; its gateway dies in between', async () => {
      const service = target.name('legacy');
      let status = 200;
      let asked = 0;
      const server = createServer((_, response) => {
        asked += 1;
        response.writeHead(status, { location: '/elsewhere' }).end();
      });
      await put(target.gateway, service, await listening(server));
      using stream = await follow(target.gateway, service);
      const set = await check(service, { kind: 'http', path: '/health', ...quick });
      assert.equal(set.status, 200);
      await becomes(stream, 'serving');
      status = 302;
      await becomes(stream, 'starting');
      const path = `/v1/services/${service}/instances/a/health-check`;
      const { body } = await target.gateway.json<Check>('GET', path);
      assert.equal(body.result?.health, 'unhealthy');
      assert.equal(body.result.detail, 'HTTP 302');
      assert.equal(body.checkedBy, body.result.gateway);
      // Whoever comes second follows.
      const other = await target.another({ flags: ['--health-check-networks', '127.0.0.1'] });
      using elsewhere = await follow(other, service);
      await target.gateway.kill();
      status = 200;
      const askedBefore = asked;
      const startedAtMs = performance.now();
      await becomes(elsewhere, 'serving');
      assert.ok(performance.now() - startedAtMs < 10_000, 'within a few seconds');
      assert.ok(asked > askedBefore);
      const after = await other.json<Check>('GET', path);
      assert.notEqual(after.body.result?.gateway, body.result.gateway);
      const instance = await other.json('DELETE', `/v1/services/${service}/instances/a`);
      assert.equal(instance.status, 200);
      assert.equal((await other.json('GET', path)).status, 404);
      server.close();
    });
  },
  { flags: ['--health-check-networks', '127.0.0.1'] },
);

onEachBackend(
  'kinds of health checks',
  (target) => {
    const instances = (service: string) => `/v1/services/${service}/instances/a`;
    const begin = async (service: string, port: number, check: object, more = {}) => {
      const body = { address: '127.0.0.1', port, ttl: '4s', state: 'starting', ...more };
      await target.gateway.json('PUT', instances(service), { body });
      const stream = await EventStream.open(`${target.gateway.url}/v1/services/${service}/watch`);
      const set = await target.gateway.json('PUT', `${instances(service)}/health-check`, {
        body: { ...quick, ...check },
      });
      assert.equal(set.status, 200);
      return stream;
    };
    const becomes = (stream: EventStream, state: string): Promise<void> =>
      stream.until((events) => stateAfter(events).get('a')?.['state'] === state);

    test('a port that listens is well', async () => {
      const server = createTcpServer((socket) => socket.destroy());
      const service = target.name('legacy');
      using stream = await begin(service, await listening(server), { kind: 'tcp' });
      await becomes(stream, 'serving');
      server.close();
      await becomes(stream, 'starting');
    });

    test('a gRPC server says itself how it is', async () => {
      let status = 1;
      const server = new grpc.Server();
      const bytes = (value: Buffer): Buffer => value;
      server.addService(
        {
          Check: {
            path: '/grpc.health.v1.Health/Check',
            requestStream: false,
            responseStream: false,
            requestSerialize: bytes,
            requestDeserialize: bytes,
            responseSerialize: bytes,
            responseDeserialize: bytes,
          },
        },
        {
          Check: (_: unknown, callback: (error: null, value: Buffer) => void) =>
            callback(null, Buffer.from([8, status])),
        },
      );
      const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
          error === null ? resolve(bound) : reject(error),
        );
      });
      const service = target.name('legacy');
      using stream = await begin(service, port, { kind: 'grpc' });
      await becomes(stream, 'serving');
      status = 2;
      await becomes(stream, 'starting');
      server.forceShutdown();
    });

    test('one that is to send heartbeats serves while it does', async () => {
      const service = target.name('legacy');
      const check = { kind: 'ttl', ttl: '2s', down: 1 };
      using stream = await begin(service, 1, check, { ttl: '1m' });
      await becomes(stream, 'serving');
      await becomes(stream, 'starting');
      await target.gateway.json('POST', `${instances(service)}/heartbeat`);
      await becomes(stream, 'serving');
    });

    test('what only the gateway can reach is not reached for others', async () => {
      const service = target.name('legacy');
      for (const address of ['169.254.169.254', '10.0.0.1', '::1', '::ffff:10.0.0.1']) {
        await target.gateway.json('PUT', `${instances(service)}?replace=true`, {
          body: { address, port: 80 },
        });
        const path = `${instances(service)}/health-check`;
        const answer = await target.gateway.json<{ detail: string }>('PUT', path, {
          body: { kind: 'tcp' },
        });
        assert.equal(answer.status, 403, address);
        assert.match(answer.body.detail, /--health-check-networks/);
      }
    });
  },
  { backends: ['concord'], flags: ['--health-check-networks', '127.0.0.1'] },
);
