/** A gateway that is started before its cluster: it lives, says that it is not ready, and is well as soon as a member answers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachBackend, type JsonAnswer } from './harness/gateway-process.ts';

interface Answer {
  readonly type?: string;
  readonly items?: readonly unknown[];
}

onEachBackend(
  'a gateway without a cluster',
  (target) => {
    test('comes up, refuses with problem documents, and is well once the cluster is there', async () => {
      await target.server.halt('SIGTERM');
      const gateway = await target.another();
      const ask = (path: string): Promise<JsonAnswer<Answer>> => gateway.json('GET', path);
      assert.equal((await ask('/health/live')).status, 200);
      const paths = ['/v1/services', '/v1/keys/a', '/v1/locks'];
      for (const path of ['/health/ready', ...paths]) {
        const { status, headers, body } = await ask(path);
        assert.equal(status, 503, path);
        assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/);
        assert.match(body.type ?? '', /not-ready|cluster-away/, path);
      }
      assert.equal((await ask('/openapi.json')).status, 200);

      await target.server.restart();
      for (let answer = await ask('/health/ready'); answer.status !== 200;)
        answer = await ask('/health/ready');
      const instance = '/v1/services/late/instances/a';
      const body = { address: '10.0.0.1', port: 80 };
      for (;;) {
        const { status } = await gateway.json('PUT', instance, { body });
        if (status === 201) break;
        assert.equal(status, 503);
      }
      assert.equal((await ask('/v1/services/late/instances')).body.items?.length, 1);
    });
  },
  { backends: ['concord'] },
);
