/** A process that gets SIGTERM drains, and ends as it would have without; the listeners go with the registration. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import type { SdkTarget } from '../harness/each-backend.ts';
import { diary, ids, Stage, until, within } from './stage.ts';

/** Registers, says so, and would stay for ever. */
const SERVICE = `
  import { Client } from '@concord/client';
  import { Registry } from '@concord/registry';
  const [endpoint, namespace] = process.argv.slice(1);
  const registry = new Registry(await Client.connect({ endpoints: [endpoint], namespace }));
  await registry.register({ name: 'orders', port: 1, id: 'one', drainOn: ['SIGTERM'] });
  console.log('registered');
`;

export function signals(target: SdkTarget): void {
  test('SIGTERM drains and then ends the process', async () => {
    await using stage = new Stage(target);
    const view = await (await stage.registry()).discover('orders');
    const lines = diary(view);
    const flags = ['--conditions=@concord/source', '--input-type=module', '--eval', SERVICE];
    const endpoint = target.endpoints[0] ?? '';
    const child = spawn(process.execPath, [...flags, endpoint, stage.namespace], {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: import.meta.dirname,
    });
    const exit = once(child, 'exit');
    await within('the registration', once(child.stdout, 'data'));
    await until(view, 'the instance', (it) => ids(it).length === 1);
    child.kill('SIGTERM');
    assert.deepEqual(await within('the exit', exit), [null, 'SIGTERM']);
    await until(view, 'the removal', (it) => ids(it).length === 0);
    assert.deepEqual(lines, ['+one', '~one', '-one deregistered']);
  });

  test('SIGTERM is not listened to any more once the registration is closed', async () => {
    await using stage = new Stage(target);
    const registry = await stage.registry();
    const before = process.listenerCount('SIGTERM');
    const self = await registry.register({ name: 'orders', port: 1, drainOn: ['SIGTERM'] });
    const listening = registry.drainOnSignals(['SIGTERM', 'SIGINT']);
    assert.equal(process.listenerCount('SIGTERM'), before + 2);
    await self.close();
    listening[Symbol.dispose]();
    assert.equal(process.listenerCount('SIGTERM'), before);
    assert.throws(() => registry.drainOnSignals(['SIGKILL']), { code: 'INVALID_ARGUMENT' });
  });
}
