/** Goal: systemd hears what it should, and its absence changes nothing. Method: another program in its tool's place. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ServiceManager } from './service-manager.ts';

interface Recorded {
  readonly program: string;
  /** Resolves when all of this was said, in any order. */
  heard(...messages: readonly string[]): Promise<void>;
  said(): string;
}

/** @param first what its shell does before it writes down what is said */
function recorder(first = ':'): Recorded {
  const directory = mkdtempSync(join(tmpdir(), 'concord-notify-'));
  const [program, file] = [join(directory, 'notify'), join(directory, 'said')];
  writeFileSync(program, `#!/bin/sh\n${first}\necho "$@" >> ${file}\n`);
  chmodSync(program, 0o700);
  const said = (): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  return {
    program,
    said,
    heard: (...messages) =>
      new Promise((resolve) => {
        const watcher = watch(directory, check);
        function check(): void {
          const text = said();
          if (!messages.every((message) => text.includes(message))) return;
          watcher.close();
          resolve();
        }
        check();
      }),
  };
}

const quiet = { warn: () => undefined };

test('systemd hears when the member is ready, that it lives, and when it stops', async () => {
  const { program, heard } = recorder();
  const environment = { ...process.env, NOTIFY_SOCKET: '@nobody', WATCHDOG_USEC: '20000' };
  const manager = new ServiceManager({ log: quiet, environment, program });
  manager.ready();
  // The watchdog's timer does not keep this process alive.
  const alive = setInterval(() => undefined, 1000);
  await heard('READY=1', 'WATCHDOG=1');
  manager.stopping();
  await heard('STOPPING=1');
  clearInterval(alive);
});

test('what is said first is heard first, however long its saying takes', async () => {
  const { program, heard, said } = recorder('case "$1" in READY*) sleep 0.2 ;; esac');
  const manager = new ServiceManager({
    log: quiet,
    environment: { ...process.env, NOTIFY_SOCKET: '@nobody' },
    program,
  });
  const alive = setInterval(() => undefined, 1000);
  manager.ready();
  manager.stopping();
  await heard('STOPPING=1');
  clearInterval(alive);
  assert.match(said(), /^READY=1.*\nSTOPPING=1/);
});

test('without NOTIFY_SOCKET nothing is run', () => {
  const { program, said } = recorder();
  const manager = new ServiceManager({ log: quiet, environment: {}, program });
  assert.equal(manager.isPresent, false);
  manager.ready();
  manager.stopping();
  assert.equal(said(), '');
});

test('the watchdog of another process is left alone', async () => {
  const { program, heard, said } = recorder();
  const environment = { NOTIFY_SOCKET: '@nobody', WATCHDOG_USEC: '1000', WATCHDOG_PID: '1' };
  const manager = new ServiceManager({ log: quiet, environment, program });
  manager.ready();
  await heard('READY=1');
  manager.stopping();
  await heard('STOPPING=1');
  assert.doesNotMatch(said(), /WATCHDOG/);
});

test('a missing notifier is told once, with what to do about it, and stops nothing', async () => {
  const told: string[] = [];
  await new Promise<void>((resolve) => {
    const warn = (_fields: unknown, text = ''): void => {
      told.push(text);
      resolve();
    };
    const environment = { NOTIFY_SOCKET: '@nobody' };
    const manager = new ServiceManager({ log: { warn }, environment, program: '/no/such/file' });
    manager.ready();
    manager.stopping();
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(told.length, 1);
  assert.match(told[0] ?? '', /install systemd-notify, or use Type=exec/);
});
