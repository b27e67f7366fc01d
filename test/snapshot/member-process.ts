/** A member, of Concord or of etcd, that runs on a data directory which a test has made. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Backend } from '../conformance/harness/backend.ts';
import { freePorts } from '../conformance/harness/free-ports.ts';

const READY_LINE = 'ready to serve client requests';

/** So that an aborted run leaves none behind. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

export interface MemberPlace {
  readonly name: string;
  readonly directory: string;
  readonly peerUrl: string;
  /** `host:port`. */
  readonly endpoint: string;
}

/** Places for the members `m1`, `m2` and so on, below a directory, on free ports. */
export async function memberPlaces(parent: string, count: number): Promise<MemberPlace[]> {
  const ports = await freePorts(2 * count);
  return Array.from({ length: count }, (_, i) => ({
    name: `m${i + 1}`,
    directory: `${parent}/m${i + 1}`,
    peerUrl: `http://127.0.0.1:${ports[2 * i]}`,
    endpoint: `127.0.0.1:${ports[2 * i + 1]}`,
  }));
}

/** The flags that founding and restoring a cluster of these members have in common. */
export const clusterFlags = (own: MemberPlace, all: readonly MemberPlace[]): string[] => [
  ...['--name', own.name, '--data-dir', own.directory],
  ...['--initial-advertise-peer-urls', own.peerUrl],
  ...['--initial-cluster', all.map(({ name, peerUrl }) => `${name}=${peerUrl}`).join()],
];

export class MemberProcess implements AsyncDisposable {
  readonly endpoint: string;
  readonly #child: ChildProcess;

  private constructor(endpoint: string, child: ChildProcess) {
    this.endpoint = endpoint;
    this.#child = child;
  }

  /** Resolves once it serves. */
  static async start(
    backend: Backend,
    own: MemberPlace,
    all: readonly MemberPlace[] = [own],
    flags: readonly string[] = [],
  ): Promise<MemberProcess> {
    const client = `http://${own.endpoint}`;
    const child = spawn(
      backend.executable,
      [
        ...(backend.arguments ?? []),
        ...clusterFlags(own, all),
        ...['--listen-client-urls', client, '--advertise-client-urls', client],
        ...['--listen-peer-urls', own.peerUrl, ...flags],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    alive.add(child);
    child.once('exit', () => alive.delete(child));
    const lines: string[] = [];
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () =>
        reject(new Error(`${backend.name} ended:\n${lines.slice(-20).join('\n')}`)),
      );
      for (const input of [child.stdout, child.stderr]) {
        createInterface({ input }).on('line', (line) => {
          lines.push(line);
          if (line.includes(READY_LINE)) resolve();
        });
      }
    });
    return new MemberProcess(own.endpoint, child);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** At once, as a power cut would. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if ((this.#child.exitCode ?? this.#child.signalCode) !== null) return;
    const ended = once(this.#child, 'exit');
    if (!this.#child.killed) this.#child.kill('SIGTERM');
    await ended;
  }
}
