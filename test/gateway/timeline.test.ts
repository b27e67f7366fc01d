/**
 * Goal: what happened to a service is told alike by every gateway, and survives all of them. Method: the gateways of a member
 * are asked side by side, stopped together, and the registry is written to while none runs.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '@concord/sdk';
import { onEachBackend, type GatewayProcess } from './harness/gateway-process.ts';

interface Timeline {
  readonly items: readonly {
    readonly at: string;
    readonly kind: string;
    readonly instance: string;
    readonly revision: number;
    readonly isApproximate?: true;
  }[];
  readonly since: string;
}

onEachBackend('the timeline of a service', (target) => {
  const timelineAt = async (gateway: GatewayProcess, service: string): Promise<Timeline> =>
    (await gateway.json<Timeline>('GET', `/v1/services/${service}/timeline`)).body;
  /** Once everything is recorded, gateways tell the very same. */
  const agreed = async (gateways: readonly GatewayProcess[], service: string, count: number) => {
    for (;;) {
      const told = await Promise.all(gateways.map((gateway) => timelineAt(gateway, service)));
      const texts = new Set(told.map((one) => JSON.stringify(one)));
      if (texts.size === 1 && told[0]!.items.length === count) return told[0]!;
    }
  };
  const body = { address: '10.0.0.1', port: 80, ttl: '1h' };

  test('is the same at every gateway, and outlives them; what nobody saw is found later', async () => {
    const service = target.name('orders');
    const path = `/v1/services/${service}/instances/a`;
    const other = await target.another();
    await target.gateway.json('PUT', path, { body });
    await other.json('PATCH', path, { body: { weight: 7 } });
    await other.json('PUT', `${path}/override`, { body: { weight: 1, reason: 'a look' } });
    const own = await timelineAt(other, service);
    assert.deepEqual(
      own.items.map(({ kind }) => kind),
      ['override', 'weight', 'registered'],
      'whoever writes reads it at once',
    );
    // Signs of life, and what is written again as it was, are no events.
    for (let beat = 0; beat < 5; beat += 1) await other.json('POST', `${path}/heartbeat`);
    await other.json('PATCH', path, { body: { labels: { a: 'b' } } });
    const before = await agreed([target.gateway, other], service, 4);
    await Promise.all([target.gateway.stop(), other.stop()]);

    await using concord = await connect({ endpoints: [target.server.endpoint] });
    await concord.client.kv.delete(`/concord/registry/overrides/${service}/a`);
    const next = await target.another();
    const later = await agreed([next], service, 5);
    const [found, ...rest] = later.items;
    assert.deepEqual(rest, before.items);
    assert.deepEqual([found?.kind, found?.isApproximate], ['override-ended', true]);
    assert.equal(later.since, before.since);
  });
});
