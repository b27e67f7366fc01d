/** A cluster of real etcd members on free ports of this machine, for as long as a test runs. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePorts } from '../conformance/harness/free-ports.ts';

const READY_LINE = 'ready to serve client requests';

export interface EtcdMember {
  readonly name: string;
  readonly peerUrl: string;
  /** `host:port`. */
  readonly endpoint: string;
}

export class EtcdCluster implements AsyncDisposable {
  readonly members: readonly EtcdMember[];
  /** As `--initial-cluster` takes it. */
  readonly initialCluster: string;
  readonly #directory: string;
  readonly #children: ChildProcess[] = [];

  private constructor(members: readonly EtcdMember[]) {
    this.members = members;
    this.initialCluster = members.map(({ name, peerUrl }) => `${name}=${peerUrl}`).join();
    this.#directory = mkdtempSync(join(tmpdir(), 'etcd-cluster-'));
  }

  /** Resolves once every member serves, which takes a majority. */
  static async start(executable: string, size: number, token: string): Promise<EtcdCluster> {
    const ports = await freePorts(2 * size);
    const members = Array.from({ length: size }, (_, i) => ({
      name: `m${i + 1}`,
      peerUrl: `http://127.0.0.1:${ports[2 * i]}`,
      endpoint: `127.0.0.1:${ports[2 * i + 1]}`,
    }));
    const cluster = new EtcdCluster(members);
    try {
      await Promise.all(members.map((member) => cluster.#launch(executable, member, token)));
    } catch (error) {
      await cluster[Symbol.asyncDispose]();
      throw error;
    }
    return cluster;
  }

  async #launch(executable: string, member: EtcdMember, token: string): Promise<void> {
    const client = `http://${member.endpoint}`;
    const child = spawn(
      executable,
      [
        ...['--name', member.name, '--data-dir', join(this.#directory, member.name)],
        ...['--listen-client-urls', client, '--advertise-client-urls', client],
        ...['--listen-peer-urls', member.peerUrl],
        ...['--initial-advertise-peer-urls', member.peerUrl],
        ...['--initial-cluster', this.initialCluster, '--initial-cluster-token', token],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#children.push(child);
    const lines: string[] = [];
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => reject(new Error(`etcd ended: ${lines.slice(-20).join('\n')}`)));
      for (const input of [child.stdout, child.stderr]) {
        createInterface({ input }).on('line', (line) => {
          lines.push(line);
          if (line.includes(READY_LINE)) resolve();
        });
      }
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const running = this.#children.filter(
      ({ exitCode, signalCode }) => (exitCode ?? signalCode) === null,
    );
    const ended = running.map((child) => once(child, 'exit'));
    for (const child of running) child.kill('SIGKILL');
    await Promise.all(ended);
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
