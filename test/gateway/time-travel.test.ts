/** From a moment to a revision, and what was there then. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachBackend, type JsonAnswer } from './harness/gateway-process.ts';

interface Moment {
  readonly at: string;
  readonly revision: number;
}
interface List {
  readonly items: readonly { readonly id: string; readonly weight: number }[];
  readonly revision: number;
}

onEachBackend('time travel', (target) => {
  const ask = <Body>(path: string): Promise<JsonAnswer<Body>> => target.gateway.json('GET', path);
  const revisionAt = (at: Date) => ask<Moment>(`/v1/revisions?at=${at.toISOString()}`);
  const headRevision = async (): Promise<number> =>
    (await ask<{ revision: number }>('/v1/keys?limit=1')).body.revision;

  test('a service is shown as it was at a moment, with what an operator had decided then', async () => {
    const service = target.name('past');
    const path = `/v1/services/${service}/instances`;
    const body = { address: '127.0.0.1', port: 8080, ttl: '10m' };
    await target.gateway.json('PUT', `${path}/one`, { body: { ...body, weight: 10 } });
    await target.gateway.json('PUT', `${path}/one/override`, {
      body: { weight: 5, reason: 'a test' },
    });
    const then = await headRevision();
    // The gateway looks every two seconds: wait until it has seen the store where it is now.
    let moment = new Date();
    let seen = await revisionAt(moment);
    while (seen.status !== 200 || seen.body.revision < then) {
      moment = new Date();
      seen = await revisionAt(moment);
    }
    await target.gateway.json('DELETE', `${path}/one/override`);
    await target.gateway.json('PUT', `${path}/two`, { body });

    const { body: found } = await revisionAt(moment);
    assert.ok(found.revision >= then && Date.parse(found.at) <= moment.getTime());
    const past = await ask<List>(`${path}?revision=${found.revision}`);
    assert.deepEqual(
      past.body.items.map(({ id, weight }) => [id, weight]),
      [['one', 5]],
    );
    assert.equal((await ask<List>(path)).body.items.length, 2);
  });

  test('a moment that has not come, or that nobody has noted, is told as such', async () => {
    const future = await revisionAt(new Date(Date.now() + 3_600_000));
    assert.equal(future.status, 400);
    assert.equal((await revisionAt(new Date('2001-01-01T00:00:00Z'))).status, 404);
    assert.equal((await ask('/v1/revisions?at=yesterday')).status, 400);
  });
});
