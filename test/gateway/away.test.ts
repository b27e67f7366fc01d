/** While the cluster is away: what was last known, marked as such; no waiting, no writes; and back again by itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachBackend, type JsonAnswer } from './harness/gateway-process.ts';

interface Answer {
  readonly stale?: boolean;
  readonly items?: readonly unknown[];
  readonly type?: string;
  readonly status?: string;
}

onEachBackend('a cluster that is away', (target) => {
  const ask = (path: string): Promise<JsonAnswer<Answer>> => target.gateway.json('GET', path);
  const service = 'away-orders';

  /** Asks again until the answer is fresh. */
  async function fresh(path: string): Promise<JsonAnswer<Answer>> {
    for (;;) {
      const answer = await ask(path);
      if (answer.status === 200 && answer.headers.get('concord-stale') === null) return answer;
    }
  }

  test('is answered for from memory until it is back', { timeout: 120_000 }, async () => {
    const { gateway, server } = target;
    await gateway.json('PUT', '/v1/keys/away', { body: { value: { text: 'before' } } });
    await gateway.json('PUT', `/v1/services/${service}/instances/one`, {
      body: { address: '127.0.0.1', port: 8080, ttl: '10m' },
    });
    const paths = ['/v1/keys/away', `/v1/services/${service}/instances`, '/v1/cluster/members'];
    for (const path of paths) await fresh(path);

    await server.halt('SIGKILL');
    for (const path of paths) {
      let answer = await ask(path);
      // The first moments may still be told as they were.
      while (answer.headers.get('concord-stale') === null) answer = await ask(path);
      assert.equal(answer.status, 200, path);
      assert.equal(answer.body.stale, true, path);
    }
    const unknown = await ask('/v1/keys/never-asked');
    assert.equal(unknown.status, 503);
    assert.ok(unknown.headers.get('retry-after'), 'says when to come again');
    const write = await gateway.json<Answer>('PUT', '/v1/keys/away', {
      body: { value: { text: 'meanwhile' } },
    });
    assert.equal(write.status, 503);
    assert.match(write.body.type ?? '', /cluster-away/);
    assert.equal((await ask('/health/ready')).status, 200, 'it still answers: leave it in service');
    const start = performance.now();
    for (let i = 0; i < 20; i += 1) await ask('/v1/keys/away');
    assert.ok(performance.now() - start < 10_000, 'nobody waits for a deadline each time');

    await server.restart();
    const { body } = await fresh('/v1/keys/away');
    assert.deepEqual((body as { value?: unknown }).value, { text: 'before' });
    assert.equal((await fresh(`/v1/services/${service}/instances`)).body.items?.length, 1);
  });
});
