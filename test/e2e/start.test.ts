/** `npm start -- --members 3`: a cluster on this machine that serves, stops cleanly, and is there again the next time. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { freePorts } from '../conformance/harness/free-ports.ts';
import { WireClient } from '../conformance/harness/wire-client.ts';

const root = resolve(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'concord-start-'));
let running: ChildProcess | undefined;
after(() => {
  running?.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

/** The first of `count` ports in a row that are free now. */
async function freePortRun(count: number): Promise<number> {
  for (;;) {
    const [first = 0] = await freePorts(1);
    const held: Server[] = [];
    try {
      for (let port = first; port < first + count; port++) {
        const server = createServer().listen(port, '127.0.0.1');
        held.push(server);
        await once(server, 'listening');
      }
      return first;
    } catch {
      // One of them is taken, or beyond the last port: look elsewhere.
    } finally {
      for (const server of held) server.close();
    }
  }
}

interface Started {
  readonly lines: readonly string[];
  /** Ends it as a service manager would; answers the exit status. */
  stop(): Promise<number | null>;
}

async function start(...args: string[]): Promise<Started> {
  const child = spawn(process.execPath, ['bin/start.ts', '--data-dir', directory, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child;
  const lines: string[] = [];
  await new Promise<void>((ready, failed) => {
    child.once('close', () => failed(new Error(`ended early: ${lines.join('\n')}`)));
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        lines.push(line);
        if (line.includes('Ctrl-C stops it cleanly')) ready();
      });
    }
  });
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM');
    const [status] = (await once(child, 'close')) as [number | null];
    return status;
  };
  return { lines, stop };
}

test('three members serve what one of them was told, and do so after a second start', async () => {
  const clientPort = await freePortRun(7);
  const gateway = ['--gateway-port', String(clientPort + 6)];
  const endpoints = [0, 2, 4].map((offset) => `127.0.0.1:${clientPort + offset}`);
  const key = Buffer.from('greeting');
  const at = async <Answer>(
    i: number,
    ask: (client: WireClient) => Promise<Answer>,
  ): Promise<Answer> => {
    const client = new WireClient(endpoints[i] ?? '');
    try {
      return await ask(client);
    } finally {
      client.close();
    }
  };

  const first = await start('--members', '3', '--client-port', String(clientPort), ...gateway);
  assert.match(first.lines.join('\n'), new RegExp(`etcdctl --endpoints ${endpoints.join()} put`));
  await at(0, (client) => client.must('Put', { key, value: Buffer.from('hello') }));
  const { members } = await at(1, (client) => client.must('MemberList', {}));
  assert.deepEqual(members.map(({ name }) => name).sort(), ['m1', 'm2', 'm3']);
  const shown = await fetch(`http://127.0.0.1:${clientPort + 6}/v1/cluster/members`);
  assert.equal(((await shown.json()) as { members: unknown[] }).members.length, 3);
  const page = await fetch(`http://127.0.0.1:${clientPort + 6}/`);
  assert.match(await page.text(), /<div id="root">/);
  assert.equal(await first.stop(), 0);
  assert.equal(first.lines.filter((line) => /^m[123] \| .* stopped$/.test(line)).length, 3);

  const second = await start(...gateway);
  const { kvs } = await at(2, (client) => client.must('Range', { key }));
  assert.equal(kvs[0]?.value.toString(), 'hello');
  assert.equal(await second.stop(), 0);
});
