/** A member in a process of its own: Concord's, or a real etcd, which take the same flags. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface TestedServer {
  /** `host:port` */
  readonly endpoint: string;
  /** `host:port` of the URL for peers. */
  readonly peer: string;
}

/** Runs `program` in a directory of its own for as long as `body` takes. */
export async function withMember(
  program: string,
  flags: readonly string[],
  body: (server: TestedServer) => Promise<void>,
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'corpus-'));
  const [endpoint, peer] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
  const urls = {
    'listen-client-urls': `http://${endpoint}`,
    'advertise-client-urls': `http://${endpoint}`,
    'listen-peer-urls': `http://${peer}`,
    'initial-advertise-peer-urls': `http://${peer}`,
    'initial-cluster': `m1=http://${peer}`,
  };
  const words = Object.entries(urls).map(([name, url]) => `--${name}=${url}`);
  const child = spawn(
    program,
    ['--name=m1', `--data-dir=${directory}`, '--log-level=panic', ...words, ...flags],
    { stdio: 'ignore' },
  );
  try {
    await healthy(endpoint);
    await body({ endpoint, peer });
  } finally {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}

async function healthy(endpoint: string): Promise<void> {
  for (;;) {
    const isHealthy = await fetch(`http://${endpoint}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    // The storage version is set some time after that.
    if (isHealthy) return sleep(1_000);
    await sleep(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
