/**
 * Goal: a process with an idle client can exit, one with a session stays until it is closed, and nothing that a client
 * does by itself becomes an unhandled rejection. Method: processes of their own.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { onEachBackend } from '../harness/each-backend.ts';

/** Runs `body` with a connected `client` in a process of its own; answers what it printed and how it ended. */
function run(
  endpoints: readonly string[],
  body: string,
): Promise<{ output: string; code: number | null }> {
  const script = `
    import { Client, compare, missing, op } from '@concord/client';
    process.on('unhandledRejection', (error) => { console.log('unhandled', error); process.exit(9); });
    const client = await Client.connect({ endpoints: ${JSON.stringify(endpoints)} });
    ${body}`;
  const child = spawn(
    process.execPath,
    [
      '--conditions=@concord/source',
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '-e',
      script,
    ],
    { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'], timeout: 15_000 },
  );
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  return new Promise((resolve) => child.once('close', (code) => resolve({ output, code })));
}

onEachBackend('a process', (target) => {
  test('with an idle client, used and never closed, exits', async () => {
    const { output, code } = await run(
      [...target.endpoints, '127.0.0.1:1'],
      `await client.kv.put('a', '1');
       const watch = client.watch('a');
       await watch.created();
       await watch.close();
       const mirror = client.mirror({ prefix: 'a' });
       await mirror.ready();
       await mirror.close();
       const { lease } = await client.leases.grant('60s');
       await client.leases.renew(lease);
       const session = await client.session({ keepsProcessAlive: false, ttl: '60s' });
       console.log('done');`,
    );
    assert.deepEqual({ output, code }, { output: 'done\n', code: 0 });
  });

  test('runs what the README begins with', async () => {
    const readme = readFileSync(
      join(import.meta.dirname, '../../../packages/client/README.md'),
      'utf8',
    );
    const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
    const body = example
      .replace(/import .*\n/, '')
      .replace(/await using client .*\n/, '')
      .concat("console.log(entry?.text, succeeded, (await client.kv.get('/owner'))?.text);");
    const { output, code } = await run(target.endpoints, body);
    assert.match(output, /'put'[^]*hello true me\n$/);
    assert.equal(code, 0);
  });

  test('with a session stays until it is closed', async () => {
    const { output, code } = await run(
      target.endpoints,
      `const session = await client.session({ ttl: '2s' });
       session.events.once('renewed').then(async () => { console.log('renewed'); await session.close(); });`,
    );
    assert.deepEqual({ output, code }, { output: 'renewed\n', code: 0 });
  });

  test('meets no unhandled rejection when everything goes wrong at once', async () => {
    const { output, code } = await run(
      target.endpoints,
      `const mirror = client.mirror({ prefix: '' });
       client.watch('a'); client.watch({ from: 'b', to: 'a' }); client.watch('a', { from: 1 });
       const session = await client.session({ ttl: '2s' });
       client.mirror({ prefix: 'x' });
       client.watch('a', { signal: AbortSignal.abort() });
       mirror.onBatch(() => { throw new Error('a bad listener'); });
       client.events.on('connection', () => { throw new Error('another'); });
       await mirror.ready();
       await client.kv.compact((await client.kv.put('a', '1')).revision);
       client.leases.revoke(session.lease).catch(() => undefined);
       await client.close();
       await client.close();
       client.watch('a'); client.session().catch(() => undefined);
       try { client.mirror('a'); } catch { console.log('closed'); }`,
    );
    assert.deepEqual({ output, code }, { output: 'closed\n', code: 0 });
  });
});
