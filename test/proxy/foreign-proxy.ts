/** etcd's own gRPC proxy as a process of its own. It dies with this process anyway. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../conformance/harness/free-ports.ts';

export class ForeignProxy implements AsyncDisposable {
  /** `host:port`. */
  readonly endpoint: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, endpoint: string) {
    this.#child = child;
    this.endpoint = endpoint;
    process.once('exit', () => child.kill('SIGKILL'));
  }

  /** Resolves when it takes connections. @param executable etcd's */
  static async start(executable: string, flags: readonly string[]): Promise<ForeignProxy> {
    const [port = 0] = await freePorts(1);
    const endpoint = `127.0.0.1:${port}`;
    const listen = [`--listen-addr=${endpoint}`, `--advertise-client-url=${endpoint}`];
    const child = spawn(executable, ['grpc-proxy', 'start', ...listen, ...flags], {
      stdio: 'ignore',
    });
    const proxy = new ForeignProxy(child, endpoint);
    while (!(await isOpen(port))) {
      if (child.exitCode !== null) throw new Error(`etcd's proxy ended with ${child.exitCode}`);
      await sleep(20);
    }
    return proxy;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (isConnected: boolean): void => {
      socket.destroy();
      resolve(isConnected);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });
}
