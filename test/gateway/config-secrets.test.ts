/**
 * Goal: a secret is sealed in the cluster, masked in every answer, and shown to whoever may see it. Method: the built gateway
 * with a key ring, the SDK with the same one beside it.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Client } from '@concord/client';
import { Configuration } from '@concord/config';
import { onEachBackend, type GatewayProcess } from './harness/gateway-process.ts';

const SECRET = 'hunter2';

onEachBackend(
  'secrets by HTTP',
  (target) => {
    const keys = { current: '2026', keys: { '2026': Buffer.alloc(32, 7).toString('base64') } };
    const directory = mkdtempSync(join(tmpdir(), 'concord-keys-'));
    const file = join(directory, 'keys.yaml');
    writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
    let gateway: GatewayProcess;
    before(async () => {
      gateway = await target.another({ flags: [`--config-keys=${file}`] });
    });
    after(() => rmSync(directory, { recursive: true }));
    const ask = (method: string, path: string, body?: object) =>
      gateway.json<{ content?: string; isMasked?: boolean; detail?: string }>(
        method,
        `/v1/configs/default/db%2Fpassword${path}`,
        { body },
      );

    test('it is sealed, masked, and shown when it is asked for', async () => {
      assert.equal((await ask('PUT', '', { content: 'first', secret: true })).status, 200);
      // It stays secret, whoever releases it.
      assert.equal((await ask('PUT', '', { content: SECRET })).status, 200);
      await ask('PUT', '/draft', { content: SECRET });
      for (const path of [
        '',
        '/history',
        '/diff?from=1&to=2',
        '/effective',
        '/draft',
        '/diff?to=draft',
      ]) {
        const answer = await gateway.json('GET', `/v1/configs/default/db%2Fpassword${path}`);
        assert.equal(answer.status, 200, path);
        assert.ok(!JSON.stringify(answer.body).includes(SECRET), path);
      }
      const masked = await ask('GET', '');
      assert.deepEqual([masked.body.content, masked.body.isMasked], [undefined, true]);
      const shown = await ask('GET', '?reveal=true');
      assert.deepEqual([shown.body.content, shown.body.isMasked], [SECRET, false]);
      const client = await Client.connect({ endpoints: [target.server.endpoint] });
      const config = new Configuration(client, { environment: false, keys });
      assert.equal(await config.get('/db/password'), SECRET);
      for await (const { key, text } of client.kv.entries({ prefix: '/concord/config/' })) {
        assert.ok(!text.includes(SECRET), key);
      }
      await config.close();
      await client.close();
    });

    test('a gateway without the key says so, and can still roll back', async () => {
      const path = '/v1/configs/default/db%2Fpassword';
      const shown = await target.gateway.json<{ detail: string }>('GET', `${path}?reveal=true`);
      assert.equal(shown.status, 409);
      assert.match(shown.body.detail, /--config-keys/);
      const back = await target.gateway.json('POST', `${path}/rollback`, { body: { to: 1 } });
      assert.equal(back.status, 200);
      assert.equal((await ask('GET', '?reveal=true')).body.content, 'first');
    });
  },
  { backends: ['concord'] },
);
