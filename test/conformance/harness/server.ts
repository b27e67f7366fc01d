/**
 * One member of one backend as a process of its own, on free ports and a temporary data directory. Both
 * backends take etcd's flags and both log `ready to serve client requests`, so starting them is the same.
 *
 * With `CONCORD_TLS=1` the member serves TLS alone, and `clientPort` is the plain end of a tunnel to it. With
 * `CONCORD_PROXY=1`, `endpoint` is a gRPC proxy before the member; HTTP is the member's own all the same.
 *
 * Invariant: the process and its directory are gone once `stop` resolves, and die with this process anyway.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Backend } from './backend.ts';
import { freePorts } from './free-ports.ts';
import { isProxyWanted, ProxyProcess } from './proxy-process.ts';
import { isTlsWanted, TlsTunnel, type Guise } from './tls-tunnel.ts';
import { Version } from './version.ts';

/** A start takes about a second; the rest is room for a machine that does ten other things. */
const START_MS_MAX = 60_000;
/** A graceful stop may take etcd's request timeout, 7 s. */
const STOP_MS_MAX = 15_000;
/** Another process may take a free port before the server binds it. */
const ATTEMPTS_MAX = 3;
const READY_LINE = 'ready to serve client requests';
const LOG_LINES_KEPT = 40;

export interface ServerOptions {
  /** Flags after the ones that every start needs, such as `--max-txn-ops=3`. */
  readonly flags?: readonly string[];
  /** Serves TLS, whatever the run is like; `clientPort` takes plain text all the same. */
  readonly tls?: boolean;
  /** Where the server serves TLS. Default: it asks for a certificate, which has no name. */
  readonly guise?: Guise;
  /** Another port for clients, with TLS; the certificates are the flags' business. */
  readonly securePort?: number;
  /** `ETCD_*` variables, for settings whose flag has another name in each version. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where HTTP is served, if flags move it away from the client port. */
  readonly httpPort?: number;
}

/** Every child still alive, so that an aborted run leaves none behind. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

export class Server implements AsyncDisposable {
  readonly backend: Backend;
  readonly clientPort: number;
  readonly peerPort: number;
  readonly version: Version;
  readonly #place: Place;
  readonly #proxy: ProxyProcess | undefined;
  #child: ChildProcess;

  private constructor(
    place: Place,
    child: ChildProcess,
    version: Version,
    proxy: ProxyProcess | undefined,
  ) {
    this.#proxy = proxy;
    this.backend = place.backend;
    this.clientPort = place.clientPort;
    this.peerPort = place.peerPort;
    this.version = version;
    this.#place = place;
    this.#child = child;
  }

  static async start(backend: Backend, options: ServerOptions = {}): Promise<Server> {
    const directory = mkdtempSync(join(tmpdir(), `conformance-${backend.name}-`));
    for (let attempt = 1; ; attempt++) {
      const [serverPort = 0, peerPort = 0] = await freePorts(2);
      const isSecure = options.tls ?? isTlsWanted();
      const tunnel = isSecure ? await TlsTunnel.open(serverPort, options.guise) : undefined;
      const clientPort = tunnel?.port ?? serverPort;
      const place = { backend, directory, serverPort, clientPort, tunnel, peerPort, options };
      try {
        const child = await launch(place);
        try {
          const version = await askVersion(options.httpPort ?? clientPort);
          const flags = [`--endpoints=127.0.0.1:${clientPort}`, '--advertise-client-url='];
          const proxy = isProxyWanted() ? await ProxyProcess.start('grpc-proxy', flags) : undefined;
          return new Server(place, child, version, proxy);
        } catch (error) {
          await terminate(child, 'SIGKILL');
          throw error;
        }
      } catch (error) {
        tunnel?.close();
        rmSync(join(directory, 'data'), { recursive: true, force: true });
        if (attempt < ATTEMPTS_MAX && String(error).includes('address already in use')) continue;
        rmSync(directory, { recursive: true, force: true });
        throw error;
      }
    }
  }

  /** Where the member itself listens: with TLS, behind the tunnel. */
  get serverPort(): number {
    return this.#place.serverPort;
  }

  /** The one with TLS, where one was asked for. */
  get securePort(): number {
    return this.#place.options.securePort ?? 0;
  }

  get endpoint(): string {
    return this.#proxy?.endpoint ?? `127.0.0.1:${this.clientPort}`;
  }

  get pid(): number {
    assert(this.#child.pid !== undefined, 'it was started');
    return this.#child.pid;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Stops the process with `signal` and starts it again on the same directory and ports. */
  async restart(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await terminate(this.#child, signal);
    this.#child = await launch(this.#place);
  }

  /** Ends the process with `signal` and leaves its data; `restart` brings it back. */
  async halt(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await terminate(this.#child, signal);
  }

  /** Ends the process as SIGTERM does and removes its data. */
  async stop(): Promise<void> {
    await this.#proxy?.stop();
    await terminate(this.#child, 'SIGTERM');
    this.#place.tunnel?.close();
    rmSync(this.#place.directory, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

interface Place {
  readonly backend: Backend;
  readonly directory: string;
  /** Where the member listens. */
  readonly serverPort: number;
  readonly tunnel: TlsTunnel | undefined;
  /** Where clients connect. */
  readonly clientPort: number;
  readonly peerPort: number;
  readonly options: ServerOptions;
}

/** Starts the process and resolves when it says that it serves. */
async function launch(place: Place): Promise<ChildProcess> {
  const child = spawn(
    place.backend.executable,
    [...(place.backend.arguments ?? []), ...flagsOf(place)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...place.options.environment },
    },
  );
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  try {
    await untilReady(place.backend, child);
  } catch (error) {
    await terminate(child, 'SIGKILL');
    throw error;
  }
  return child;
}

function flagsOf({
  directory,
  serverPort,
  clientPort,
  tunnel,
  peerPort,
  options,
}: Place): string[] {
  const clientUrl = `http://127.0.0.1:${clientPort}`;
  const peerUrl = `http://127.0.0.1:${peerPort}`;
  const { securePort } = options;
  const secure = securePort === undefined ? '' : `,https://127.0.0.1:${securePort}`;
  return [
    '--name=conformance',
    `--data-dir=${join(directory, 'data')}`,
    `--listen-client-urls=${tunnel === undefined ? 'http' : 'https'}://127.0.0.1:${serverPort}${secure}`,
    ...(tunnel?.serverFlags ?? []),
    `--advertise-client-urls=${clientUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=conformance=${peerUrl}`,
    ...(options.flags ?? []),
  ];
}

function untilReady(backend: Backend, child: ChildProcess): Promise<void> {
  const log: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (what: string): void =>
      reject(new Error(`${backend.name} ${what}; its last words:\n${log.join('\n')}`));
    const timer = setTimeout(() => fail(`was not ready in ${START_MS_MAX} ms`), START_MS_MAX);
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      finish();
    };
    for (const output of [child.stdout, child.stderr]) {
      if (output === null) continue;
      createInterface({ input: output }).on('line', (line) => {
        log.push(line);
        if (log.length > LOG_LINES_KEPT) log.shift();
        if (line.includes(READY_LINE)) settle(resolve);
      });
    }
    child.once('error', (error) => settle(() => fail(`did not start: ${error.message}`)));
    // 'close' comes after the last line of output, 'exit' may come before it.
    child.once('close', (code, signal) =>
      settle(() => fail(`ended before it was ready (${signal ?? code})`)),
    );
  });
}

function terminate(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      resolve();
      return;
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill(signal);
  });
}

async function askVersion(clientPort: number): Promise<Version> {
  const response = await fetch(`http://127.0.0.1:${clientPort}/version`);
  const { etcdserver } = (await response.json()) as { etcdserver: string };
  return Version.parse(etcdserver);
}
