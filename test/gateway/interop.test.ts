/**
 * Goal: all doors open on the same room: what comes in by one is found at the others. Method: the gateway before a member of
 * each backend, with the SDK, etcdctl, DNS and Prometheus' http_sd beside REST. Pairs of two doors stand with their subjects
 * (`services`, `configs`, `locks`); here is what needs more of them.
 */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { connect, type Concord } from '@concord/sdk';
import { freePorts } from '../conformance/harness/free-ports.ts';
import { EventStream, stateAfter } from './harness/event-stream.ts';
import { onEachBackend } from './harness/gateway-process.ts';

const run = promisify(execFile);
const hasEtcdctl = spawnSync('etcdctl', ['--help'], { stdio: 'ignore' }).error === undefined;

interface Pick {
  readonly instance: { readonly id: string; readonly endpoint: string };
}
interface Item {
  readonly source: string;
  readonly content: string;
}
type Groups = readonly { readonly targets: readonly string[] }[];

const [dnsPort = 0] = await freePorts(1);

onEachBackend(
  'doors to the same services and settings',
  (target) => {
    let concord: Concord;
    before(async () => {
      concord = await connect({ endpoints: [target.server.endpoint], app: { name: 'orders' } });
    });
    after(() => concord.close());
    const get = async <Body>(path: string): Promise<Body> =>
      (await target.gateway.json<Body>('GET', path)).body;

    test('an operator ends the protection hold that consumers by the SDK keep', async () => {
      const service = target.name('held');
      for (const id of ['a', 'b', 'c']) {
        await target.gateway.json('PUT', `/v1/services/${service}/instances/${id}`, {
          body: { address: '10.0.0.1', port: 80, ttl: '2s' },
        });
      }
      await using view = await concord.discover(service, { waitFor: 3 });
      const isHeld = (): boolean => view.snapshot.degraded === 'mass-expiry-hold';
      const updates = view.updates();
      while (!isHeld()) await updates.next();
      const decide = (action: string) =>
        target.gateway.json('POST', `/v1/services/${service}/hold`, {
          body: { action, reason: 'a test' },
        });
      assert.equal((await decide('extend')).status, 200);
      assert.equal(isHeld(), true);
      assert.equal((await decide('release')).status, 200);
      while (view.snapshot.instances.length > 0) await updates.next();
      assert.equal(view.snapshot.degraded, null);
      assert.equal((await decide('forget')).status, 400);
    });

    test('what the SDK registers is picked by REST, and told by DNS and http_sd', async () => {
      const service = target.name('orders');
      using stream = await EventStream.open(`${target.gateway.url}/v1/services/${service}/watch`);
      await using registration = await concord.registry.register({
        ...{ name: service, id: 'sdk', address: '10.0.0.9', port: 3000, weight: 200 },
      });
      await stream.until((events) => stateAfter(events).has(registration.id));
      const { instance } = await get<Pick>(`/v1/services/${service}/pick`);
      assert.deepEqual([instance.id, instance.endpoint], ['sdk', '10.0.0.9:3000']);
      const groups = await get<Groups>(`/http-sd?service=${service}`);
      assert.deepEqual(
        groups.flatMap(({ targets }) => targets),
        ['10.0.0.9:3000'],
      );
      const resolver = new Resolver();
      resolver.setServers([`127.0.0.1:${dnsPort}`]);
      assert.deepEqual(await resolver.resolveSrv(`_${service}._tcp.service.concord`), [
        { type: 'SRV', name: '0a000009.addr.concord', port: 3000, weight: 200, priority: 0 },
      ]);
      assert.deepEqual(await resolver.resolve4(`${service}.service.concord`), ['10.0.0.9']);
    });

    test('what REST registers is picked by the SDK, and is gone from it when it is drained there', async () => {
      const service = target.name('payments');
      await using view = await concord.discover(service);
      const path = `/v1/services/${service}/instances/http`;
      const body = { address: '10.0.0.7', port: 4000, ttl: '1m' };
      await target.gateway.json('PUT', path, { body });
      await view.waitFor(1);
      assert.equal(view.pick().instance.endpoint, '10.0.0.7:4000');
      const drained = await target.gateway.json<{ outcome: string; acknowledged: number }>(
        'POST',
        `${path}/drain?wait=30s`,
      );
      assert.deepEqual(
        [drained.body.outcome, drained.body.acknowledged],
        ['acknowledged', 1],
        'the view has said that it saw it',
      );
      assert.throws(() => view.pick());
    });

    test(
      'what etcdctl puts is read and followed by REST, and what REST releases over it reaches the SDK',
      { skip: !hasEtcdctl },
      async () => {
        const path = `${target.name('db')}/url`;
        const url = `/v1/configs/default/${path}`;
        const live = await concord.config.watch(`/${path}`, { optional: true });
        const updates = live[Symbol.asyncIterator]();
        await updates.next();
        using stream = await EventStream.open(`${target.gateway.url}${url}/watch`);
        await run(
          'etcdctl',
          ['--endpoints', target.server.endpoint, 'put', `/${path}`, 'by-hand'],
          {
            env: { ...process.env, ETCDCTL_API: '3' },
          },
        );
        await stream.until((events) => stateAfter(events, 'path').has(path));
        const item = await get<Item>(url);
        assert.deepEqual([item.source, item.content], ['plain', 'by-hand']);
        assert.equal(
          ((await updates.next()) as { value: { value: string } }).value.value,
          'by-hand',
        );
        await target.gateway.json('PUT', url, { body: { content: 'released' } });
        assert.equal(
          ((await updates.next()) as { value: { value: string } }).value.value,
          'released',
        );
        await live.close();
      },
    );
  },
  { flags: ['--dns-port', String(dnsPort)] },
);
