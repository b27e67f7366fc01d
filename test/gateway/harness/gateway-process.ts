/**
 * A gateway as a process of its own, in front of a member of either backend: what tests of HTTP ask. The built program is
 * run, as users run it; `npm test` builds before it tests.
 *
 *     onEachBackend('services', (target) => {
 *       test('…', async () => { const answer = await target.gateway.json('GET', '/v1/services'); … });
 *     });
 *
 * Invariant: processes are gone once they are disposed of, and die with this process anyway.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { availableBackends, type BackendName } from '../../conformance/harness/backend.ts';
import { Server } from '../../conformance/harness/server.ts';

const PROGRAM = join(resolve(import.meta.dirname, '../../..'), 'apps/gateway/bin/concord-gateway');
/** A start takes a second or two; the rest is room for a machine that does ten other things. */
const START_MS_MAX = 60_000;
const STOP_MS_MAX = 15_000;
const READY = /concord-gateway: ready at (\S+)/;
const GRPC = /concord-gateway: gRPC at (\S+)/;
const LOG_LINES_KEPT = 60;

const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

const withEndpoints = (endpoints: readonly string[]): readonly string[] => [
  ...['--endpoints', endpoints.join(','), '--log-level', 'warn'],
  ...['--listen-port', '0', '--grpc-port', '0'],
];

export interface GatewayOptions {
  /** Flags beside those that every gateway here needs, such as `--dns-port=0`; without `--mode` nobody has to sign in. */
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** An answer whose body is JSON, or nothing. */
export interface JsonAnswer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface JsonRequest {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export class GatewayProcess implements AsyncDisposable {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** The newest lines of its log. */
  readonly log: readonly string[];
  readonly #child: ChildProcess;

  #isWanted = true;

  private constructor(url: string, child: ChildProcess, log: readonly string[]) {
    this.url = url;
    this.#child = child;
    this.log = log;
    child.once('close', (code, signal) => {
      if (!this.#isWanted) return;
      process.stderr.write(`the gateway ended (${signal ?? code}): ${log.join('\n')}\n`);
    });
  }

  /** @param endpoints - `host:port` of members */
  static async start(
    endpoints: readonly string[],
    { flags = [], environment = {} }: GatewayOptions = {},
  ): Promise<GatewayProcess> {
    const child = spawn(
      PROGRAM,
      [
        ...withEndpoints(endpoints),
        ...(flags.includes('--mode') ? [] : ['--mode', 'development']),
        ...flags,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } },
    );
    alive.add(child);
    child.once('exit', () => alive.delete(child));
    const log: string[] = [];
    return new GatewayProcess(await urlOf(child, log), child, log);
  }

  /** Where it speaks gRPC, such as `127.0.0.1:40124`: it says so before it is ready. */
  get grpcAddress(): string {
    const address = this.log
      .map((line) => GRPC.exec(line)?.[1])
      .find((found) => found !== undefined);
    if (address === undefined) throw new Error('the gateway does not say where it speaks gRPC');
    return address;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Asks for JSON; problem documents are JSON, too. */
  async json<Body = unknown>(
    method: string,
    path: string,
    { body, headers = {}, signal }: JsonRequest = {},
  ): Promise<JsonAnswer<Body>> {
    const response = await fetch(this.url + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as Body,
    };
  }

  /** Ends it as SIGTERM does, in good order. */
  async stop(): Promise<void> {
    this.#isWanted = false;
    await end(this.#child, 'SIGTERM');
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    this.#isWanted = false;
    await end(this.#child, 'SIGKILL');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** A member and a gateway before it. */
export class GatewayTarget {
  readonly backend: BackendName;
  #server: Server | undefined;
  #gateway: GatewayProcess | undefined;
  /** Those of `another()`. */
  readonly others: GatewayProcess[] = [];
  #names = 0;

  constructor(backend: BackendName) {
    this.backend = backend;
  }

  get gateway(): GatewayProcess {
    if (this.#gateway === undefined) throw new Error('the gateway runs while a test runs');
    return this.#gateway;
  }

  get server(): Server {
    if (this.#server === undefined) throw new Error('the member runs while a test runs');
    return this.#server;
  }

  /** A name that no other test on this member uses, such as `orders-7`. */
  name(of: string): string {
    return `${of}-${++this.#names}`;
  }

  /** One more gateway before the same member; stopped with the others. */
  async another(options?: GatewayOptions): Promise<GatewayProcess> {
    const gateway = await GatewayProcess.start([this.server.endpoint], options);
    this.others.push(gateway);
    return gateway;
  }

  async start(options: GatewayOptions): Promise<void> {
    const backend = availableBackends().find(({ name }) => name === this.backend);
    if (backend === undefined) throw new Error(`there is no ${this.backend} here`);
    this.#server = await Server.start(backend, { tls: false });
    this.#gateway = await GatewayProcess.start([this.server.endpoint], options);
  }

  async stop(): Promise<void> {
    const gateways = [...this.others, ...(this.#gateway === undefined ? [] : [this.#gateway])];
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await this.#server?.stop();
  }
}

/** Declares the tests of `body` for each backend of this machine, with a member and a gateway that they share. */
export function onEachBackend(
  name: string,
  body: (target: GatewayTarget) => void,
  options: GatewayOptions & { readonly backends?: readonly BackendName[] } = {},
): void {
  const available = availableBackends().map((backend) => backend.name);
  for (const backend of options.backends ?? (['concord', 'etcd'] as const)) {
    if (!available.includes(backend)) {
      test(`${name}, on ${backend}`, { skip: `there is no ${backend} here` }, () => undefined);
      continue;
    }
    describe(`${name}, on ${backend}`, () => {
      const target = new GatewayTarget(backend);
      before(() => target.start(options));
      after(() => target.stop());
      body(target);
    });
  }
}

function urlOf(child: ChildProcess, log: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (what: string): void => {
      child.kill('SIGKILL');
      reject(new Error(`the gateway ${what}; its last words:\n${log.join('\n')}`));
    };
    const timer = setTimeout(() => fail(`was not ready in ${START_MS_MAX} ms`), START_MS_MAX);
    for (const output of [child.stdout, child.stderr]) {
      if (output === null) continue;
      createInterface({ input: output }).on('line', (line) => {
        log.push(line);
        if (log.length > LOG_LINES_KEPT) log.shift();
        const url = READY.exec(line)?.[1];
        if (url === undefined) return;
        clearTimeout(timer);
        resolve(url);
      });
    }
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      fail(`ended before it was ready (${signal ?? code})`);
    });
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
  clearTimeout(timer);
}
