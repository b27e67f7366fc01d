/**
 * One of Concord's proxies as a process of its own, from the sources: the TCP gateway or the gRPC proxy.
 *
 * Invariant: the process is gone once `stop` resolves, and dies with this process anyway.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const repository = resolve(import.meta.dirname, '../../..');
const main = join(repository, 'apps/server/src/proxy/main.ts');
const LOG_LINES_KEPT = 40;
/** What each says when it serves, with its address. */
const READY = /started gRPC proxy|ready to proxy client requests/;

const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** With `CONCORD_PROXY=1` the conformance tests talk to every server through a gRPC proxy. */
export const isProxyWanted = (): boolean => process.env['CONCORD_PROXY'] === '1';

export class ProxyProcess implements AsyncDisposable {
  /** `host:port`. */
  readonly endpoint: string;
  /** Lines of its log so far, the newest last. */
  readonly log: readonly string[];
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, endpoint: string, log: readonly string[]) {
    this.#child = child;
    this.endpoint = endpoint;
    this.log = log;
  }

  /** Resolves when it serves, on a port of its own choice unless the flags name one. */
  static async start(
    kind: 'gateway' | 'grpc-proxy',
    flags: readonly string[],
  ): Promise<ProxyProcess> {
    const own = flags.some((flag) => flag.startsWith('--listen-addr'))
      ? []
      : ['--listen-addr=127.0.0.1:0'];
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--conditions=@concord/source',
        main,
        kind,
        'start',
        ...own,
        ...flags,
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    alive.add(child);
    child.once('exit', () => alive.delete(child));
    const log: string[] = [];
    const address = await new Promise<string>((ready, fail) => {
      createInterface({ input: child.stderr }).on('line', (line) => {
        log.push(line);
        if (log.length > LOG_LINES_KEPT) log.shift();
        if (READY.test(line)) ready((JSON.parse(line) as { address: string }).address);
      });
      child.once('close', (code) =>
        fail(new Error(`${kind} ended with ${code} before it was ready:\n${log.join('\n')}`)),
      );
    });
    return new ProxyProcess(child, address, log);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
