/** A gateway below a path of a host that it shares with others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachBackend } from './harness/gateway-process.ts';

const BASE = '/tools/concord';

onEachBackend(
  'a gateway below a path',
  (target) => {
    test('serves pages and API there, and health where load balancers ask for it', async () => {
      const { url } = target.gateway;
      const bare = await fetch(url + BASE, { redirect: 'manual' });
      assert.equal(bare.status, 308);
      assert.equal(bare.headers.get('location'), `${BASE}/`);
      const page = await fetch(`${url}${BASE}/services/orders`, {
        headers: { accept: 'text/html' },
      });
      assert.match(await page.text(), /<div id="root">/);
      const written = await target.gateway.json('PUT', `${BASE}/v1/configs/default/db/url`, {
        body: { content: 'one' },
      });
      assert.ok(written.status === 200 || written.status === 201, `status ${written.status}`);
      const read = await target.gateway.json<{ content: string }>(
        'GET',
        `${BASE}/v1/configs/default/db/url`,
      );
      assert.equal(read.body.content, 'one');
      assert.equal((await fetch(`${url}/health/ready`)).status, 200);
      assert.equal((await fetch(`${url}${BASE}/nowhere.js`)).status, 404);
    });
  },
  { backends: ['concord'], flags: ['--base-path', BASE] },
);
