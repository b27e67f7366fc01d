/** The README's first example does what it says. Method: it is run, as a process of its own. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import type { SdkTarget } from '../harness/each-backend.ts';
import { Stage, until } from './stage.ts';

const readme = readFileSync(
  join(import.meta.dirname, '../../../packages/registry/README.md'),
  'utf8',
);
const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';

export function readmeExample(target: SdkTarget): void {
  test('the README begins with an example that works', async () => {
    await using stage = new Stage(target);
    // The example's client has no namespace.
    const client = await stage.client({ namespace: '' });
    const registry = stage.registryOf(client);
    await using server = createServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\ncharged'));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    await registry.register({ name: 'payments', port });
    const orders = await registry.discover('orders');
    const seen = until(
      orders,
      'the example',
      ({ snapshot }) => snapshot.instances[0]?.weight === 200,
    );

    const script = `${example.replace('127.0.0.1:2379', target.endpoints[0] ?? '')}
      console.log(await answer.text());`;
    const flags = ['--conditions=@concord/source', '--input-type=module', '--eval', script];
    const child = spawn(process.execPath, flags, {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: import.meta.dirname,
      timeout: 30_000,
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    await seen;
    const [code] = (await once(child, 'close')) as [number | null];
    assert.deepEqual({ output, code }, { output: 'charged\n', code: 0 });
    await until(orders, 'its end', ({ snapshot }) => snapshot.instances.length === 0);
  });
}
