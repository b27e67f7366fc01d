/** `npm start` as a process of its own: what tests of it ask. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { freePorts } from '../conformance/harness/free-ports.ts';

const root = resolve(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'concord-start-'));
let running: ChildProcess | undefined;
after(() => {
  running?.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

/** The first of `count` ports in a row that are free now. */
export async function freePortRun(count: number): Promise<number> {
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

export interface Started {
  readonly lines: readonly string[];
  /** Ends it as a service manager would; answers the exit status. */
  stop(): Promise<number | null>;
}

/** Starts it with the data of this test file; resolves once it has said that it runs. */
export async function start(...args: string[]): Promise<Started> {
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
