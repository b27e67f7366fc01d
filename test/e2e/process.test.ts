/** `concord` as a process: how it starts, what it says when it cannot, and how it ends. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';

const executable = join(import.meta.dirname, '../../apps/server/bin/concord');
const directory = mkdtempSync(join(tmpdir(), 'concord-e2e-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const client = [
  '--listen-client-urls',
  'http://127.0.0.1:0',
  '--advertise-client-urls',
  'http://127.0.0.1:0',
  '--listen-peer-urls',
  'http://127.0.0.1:0',
];
const flags = (name: string): string[] => ['--data-dir', join(directory, name), ...client];

interface Started {
  readonly process: ChildProcess;
  /** Everything that was printed so far. */
  readonly lines: string[];
  /** Resolves with the first line that contains `text`; rejects when the process ends without it. */
  printed(text: string): Promise<string>;
}

const running = new Set<ChildProcess>();
after(() => {
  for (const process of running) process.kill('SIGKILL');
});

function start(args: readonly string[]): Started {
  const process = spawn(executable, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(process);
  process.once('close', () => running.delete(process));
  const lines: string[] = [];
  const events = new EventEmitter();
  for (const input of [process.stdout, process.stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      events.emit('line', line);
    });
  }
  const printed = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      process.once('close', () =>
        reject(new Error(`ended without "${text}": ${lines.join('\n')}`)),
      );
      const look = (line: string): void => {
        if (line.includes(text)) resolve(line);
      };
      lines.forEach(look);
      events.on('line', look);
    });
  return { process, lines, printed };
}

/** Runs to the end; answers the exit status and everything that was printed. */
async function run(
  args: readonly string[],
): Promise<{ readonly status: unknown; readonly output: string }> {
  const { process, lines } = start(args);
  const [status] = (await once(process, 'close')) as [number | null];
  return { status, output: lines.join('\n') };
}

async function startReady(name: string): Promise<Started> {
  const started = start(flags(name));
  await started.printed('ready to serve client requests');
  return started;
}

test('SIGTERM and SIGINT stop a member cleanly, and it dies by the signal', async () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const { process, lines } = await startReady(`stop-${signal}`);
    process.kill(signal);
    const [status, by] = (await once(process, 'close')) as [number | null, string | null];
    assert.deepEqual([status, by], [null, signal]);
    assert.match(lines.at(-1) ?? '', /"stopped"/);
  }
});

test('SIGTERM ends a member that still asks its way, or waits for the others', async () => {
  // Takes connections and says nothing.
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const list = ['--initial-cluster', `default=http://localhost:2380,other=${address}`];
  for (const state of ['existing', 'new']) {
    const given = [...flags(`starting-${state}`), ...list, '--initial-cluster-state', state];
    const { process, printed } = start(given);
    if (state === 'new') await printed('the cluster has these members');
    else await once(silent, 'connection');
    process.kill('SIGTERM');
    const [, by] = (await once(process, 'close')) as [number | null, string | null];
    assert.equal(by, 'SIGTERM', state);
  }
  silent.close();
});

test("a signal does not open Node's debugger", async () => {
  const member = start(flags('debugged'));
  await member.printed('ready to serve client requests');
  member.process.kill('SIGUSR1');
  member.process.kill('SIGTERM');
  await once(member.process, 'close');
  assert.doesNotMatch(member.lines.join('\n'), /Debugger listening/);
});

test('a second process on the same data directory is refused, and the first goes on', async () => {
  const first = await startReady('shared');
  const { status, output } = await run(flags('shared'));
  assert.equal(status, 1);
  assert.match(output, /the lock of a running process.*Stop the other member first/);
  assert.equal(first.process.exitCode, null);
  first.process.kill('SIGTERM');
  await once(first.process, 'close');
});

test("the data directory and its files are their owner's alone", async () => {
  const { process } = await startReady('modes');
  process.kill('SIGTERM');
  await once(process, 'close');
  const mode = (path: string): number => statSync(join(directory, 'modes', path)).mode & 0o777;
  assert.equal(mode('member'), 0o700);
  assert.equal(mode('member/wal'), 0o700);
  assert.equal(mode('member/identity'), 0o600);
});

test('an unknown flag ends with status 2 and the name that was meant', async () => {
  const { status, output } = await run(['--data-dri', 'x']);
  assert.equal(status, 2);
  assert.match(output, /did you mean --data-dir\?/);
});

test('a port that is taken is named, with what to do', async () => {
  const first = await startReady('port');
  const port = /127\.0\.0\.1:(\d+)/.exec(first.lines.join('\n'))?.[1] ?? '';
  const address = `http://127.0.0.1:${port}`;
  const { status, output } = await run([
    ...['--data-dir', join(directory, 'port-2')],
    ...['--listen-client-urls', address, '--advertise-client-urls', address],
    ...['--listen-peer-urls', 'http://127.0.0.1:0'],
  ]);
  assert.equal(status, 1);
  assert.match(output, /cannot listen on .*another process listens there/);
  first.process.kill('SIGTERM');
  await once(first.process, 'close');
});

test('help and version print and end with status 0', async () => {
  for (const [flag, expected] of [
    ['--help', /--listen-client-urls/],
    ['--version', /etcd Version: 3\.6\.\d+/],
  ] as const) {
    const { status, output } = await run([flag]);
    assert.equal(status, 0);
    assert.match(output, expected);
  }
});
