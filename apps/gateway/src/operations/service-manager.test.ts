/** Goal: systemd hears what it should, and its absence changes nothing. Method: another program in its tool's place. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ServiceManager } from './service-manager.ts';

const directory = mkdtempSync(join(tmpdir(), 'concord-gateway-notify-'));
const [program, file] = [join(directory, 'notify'), join(directory, 'said')];
writeFileSync(program, `#!/bin/sh\necho "$@" >> ${file}\n`);
chmodSync(program, 0o700);

const said = (): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function heard(...messages: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(directory, check);
    function check(): void {
      if (!messages.every((message) => said().includes(message))) return;
      watcher.close();
      resolve();
    }
    check();
  });
}

const unexpected = (message: string): void => {
  throw new Error(message);
};

test('without NOTIFY_SOCKET nothing is run', () => {
  const manager = new ServiceManager({ warn: unexpected, environment: {}, program });
  manager.ready();
  manager.stopping();
  assert.equal(said(), '');
});

test('systemd hears when the gateway is ready, that it lives, and when it stops', async () => {
  const environment = { ...process.env, NOTIFY_SOCKET: '@nobody', WATCHDOG_USEC: '20000' };
  const manager = new ServiceManager({ warn: unexpected, environment, program });
  manager.ready();
  // The watchdog's timer does not keep this process alive.
  const alive = setInterval(() => undefined, 1000);
  await heard('READY=1', 'WATCHDOG=1');
  manager.stopping();
  await heard('STOPPING=1');
  clearInterval(alive);
});

test('where systemd-notify is missing, the gateway says so once and runs on', async () => {
  const environment = { NOTIFY_SOCKET: '@nobody' };
  const warnings: string[] = [];
  await new Promise<void>((resolve) => {
    const manager = new ServiceManager({
      warn: (message) => {
        warnings.push(message);
        resolve();
      },
      environment,
      program: join(directory, 'missing'),
    });
    manager.ready();
    manager.stopping();
  });
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /install systemd-notify/);
});
