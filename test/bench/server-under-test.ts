/**
 * A real server as a process: Concord's own or an etcd, started with the same flags on free ports and a
 * data directory of the caller's choice. Shared by the bench, the crash test and the foreign clients.
 *
 * Invariant: no server outlives this process; each runs in a process group of its own, so that a
 * launcher and the server that it launches are killed together.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { H2Client } from './h2-client.ts';
import { message } from './protobuf.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Above what any run writes, so that no server stops at its default of 2 GiB. */
const QUOTA_BYTES = 8 * 2 ** 30;
/** A start that takes longer than this has failed; a million keys take seconds. */
const START_SECONDS_MAX = 120;
/** A stop that takes longer than this is ended by SIGKILL. */
const STOP_SECONDS_MAX = 30;
/** How often a starting server is asked whether it serves: the resolution of a start-up time. */
const POLL_MILLISECONDS = 2;
/** What Concord and etcd alike log once they serve; the Contract's ready line. */
const READY_LINE = 'ready to serve client requests';
/** Ports that the kernel gives to nobody by itself (Linux hands out 32,768 and above). */
const PORTS = { first: 12_000, end: 32_000 } as const;
/** Bytes of a server's log that a failure to start shows. */
const LOG_TAIL_CHARACTERS = 2_000;

/** An executable that takes etcd's flags. */
export interface ServerKind {
  /** How reports call it. */
  readonly name: string;
  readonly command: string;
}

/** Concord's executable, or undefined where the server is not built. With a breakage planted, its sources. */
export function concordKind(): ServerKind | undefined {
  if (process.env['CONCORD_BREAKAGE'] !== undefined) {
    return { name: 'concord', command: join(ROOT, 'test/sim/breakages/planted-concord') };
  }
  const command = join(ROOT, 'apps', 'server', 'bin', 'concord');
  const built = existsSync(join(ROOT, 'apps', 'server', 'dist', 'main.js'));
  return built && isExecutable(command) ? { name: 'concord', command } : undefined;
}

/** The `etcd` on the PATH, or undefined where there is none. */
export function etcdKind(): ServerKind | undefined {
  const command = commandOnPath('etcd');
  return command === undefined ? undefined : { name: 'etcd', command };
}

/** Where a command is on the PATH; undefined when it is not. */
export function commandOnPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // Missing or not executable: either way it cannot be run.
  }
}

/** How to start a server. */
export interface StartOptions {
  readonly kind: ServerKind;
  /** Kept between starts to restart on the same data. */
  readonly dataDir: string;
  /** Takes the server's output, appended. */
  readonly logFile: string;
  /** Free ones when not given. */
  readonly ports?: ServerPorts;
  /** Which member of which cluster it is; one alone when not given. */
  readonly member?: ClusterPlace;
  /** Flags beyond the common ones. */
  readonly extraFlags?: readonly string[];
}

/** A member's place in a cluster. */
export interface ClusterPlace {
  readonly name: string;
  /** As `--initial-cluster` takes it. */
  readonly initialCluster: string;
}

/** Where a server listens on 127.0.0.1. */
export interface ServerPorts {
  readonly client: number;
  readonly peer: number;
}

/** Servers alive, to be killed when this process ends. */
const alive = new Set<ServerUnderTest>();
process.on('exit', () => {
  for (const server of alive) server.killGroup();
});

/** A running server. */
export class ServerUnderTest {
  readonly kind: ServerKind;
  readonly ports: ServerPorts;
  readonly #process: ChildProcess;
  readonly #logFile: string;
  /** Where this start's part of the log begins. */
  readonly #logStart: number;
  readonly #exited: Promise<void>;

  /** Starts the process without waiting for it to serve; `ready` does that. */
  static async spawn(options: StartOptions): Promise<ServerUnderTest> {
    const ports = options.ports ?? (await freePorts());
    return new ServerUnderTest(options, ports);
  }

  /** Starts the process and waits until it serves. */
  static async start(options: StartOptions): Promise<ServerUnderTest> {
    const server = await ServerUnderTest.spawn(options);
    try {
      await server.ready();
    } catch (error) {
      await server.kill();
      const log = readFileSync(options.logFile, 'utf8').slice(-LOG_TAIL_CHARACTERS);
      throw new Error(`${options.kind.name} did not start; the end of its log:\n${log}`, {
        cause: error,
      });
    }
    return server;
  }

  private constructor(options: StartOptions, ports: ServerPorts) {
    this.kind = options.kind;
    this.ports = ports;
    const log = openSync(options.logFile, 'a');
    this.#logFile = options.logFile;
    this.#logStart = fstatSync(log).size;
    const flags = [...commonFlags(options, ports), ...(options.extraFlags ?? [])];
    this.#process = spawn(options.kind.command, flags, {
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    alive.add(this);
    this.#exited = new Promise((resolve) => {
      const onExit = (): void => {
        alive.delete(this);
        resolve();
      };
      this.#process.once('exit', onExit);
      this.#process.once('error', onExit);
    });
  }

  /** `127.0.0.1:PORT`, as clients take it. */
  get endpoint(): string {
    return `127.0.0.1:${this.ports.client}`;
  }

  /** The id of the server's process: launchers replace themselves by it (`exec`). */
  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Resolves when it says that it serves and a linearizable read succeeds. Rejects when the process ends or the time is over. */
  async ready(): Promise<void> {
    const deadline = performance.now() + START_SECONDS_MAX * 1000;
    while (performance.now() < deadline) {
      if (!alive.has(this)) throw new Error(`${this.kind.name} ended by itself`);
      if ((await this.#answers()) && this.#saysReady()) return;
      await sleep(POLL_MILLISECONDS);
    }
    throw new Error(`${this.kind.name} does not serve after ${START_SECONDS_MAX} s`);
  }

  /** SIGTERM, as an operator stops it; resolves when it has ended. */
  async stop(): Promise<void> {
    if (!alive.has(this)) return;
    this.#process.kill('SIGTERM');
    const patience = setTimeout(() => this.killGroup(), STOP_SECONDS_MAX * 1000);
    await this.#exited;
    clearTimeout(patience);
    this.killGroup();
  }

  /** SIGKILL, as a crash; resolves when it has ended. */
  async kill(): Promise<void> {
    this.killGroup();
    await this.#exited;
  }

  /** SIGKILL to the launcher and all that it launched, at once. */
  killGroup(): void {
    if (this.pid === 0) return;
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch {
      // The group is gone already, which is what was wanted.
    }
  }

  /** An answer alone proves nothing: a stranger may have taken the port in the meantime. */
  #saysReady(): boolean {
    return readFileSync(this.#logFile).includes(READY_LINE, this.#logStart);
  }

  async #answers(): Promise<boolean> {
    try {
      const client = await H2Client.connect('127.0.0.1', this.ports.client);
      try {
        await client.request('/etcdserverpb.KV/Range', message([1, 'ready?']));
        return true;
      } finally {
        client.close();
      }
    } catch {
      return false; // Not listening, or without a leader yet: asked again until the deadline.
    }
  }
}

/** Flags that every server gets, so that the comparison is of like with like: durable, defaults otherwise. */
function commonFlags({ dataDir, member }: StartOptions, { client, peer }: ServerPorts): string[] {
  const clientUrl = `http://127.0.0.1:${client}`;
  const peerUrl = `http://127.0.0.1:${peer}`;
  const flags = {
    name: member?.name ?? 'member',
    'data-dir': dataDir,
    'listen-client-urls': clientUrl,
    'advertise-client-urls': clientUrl,
    'listen-peer-urls': peerUrl,
    'initial-advertise-peer-urls': peerUrl,
    'initial-cluster': member?.initialCluster ?? `member=${peerUrl}`,
    'quota-backend-bytes': QUOTA_BYTES,
  };
  return Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
}

/** Two ports that nobody listens on at the moment. */
export async function freePorts(): Promise<ServerPorts> {
  const client = await freePort();
  let peer = await freePort();
  while (peer === client) peer = await freePort();
  return { client, peer };
}

/** Tries random ports until one can be listened on. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.first, PORTS.end);
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
