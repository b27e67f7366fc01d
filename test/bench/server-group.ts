/**
 * One server, or a cluster of several, as one thing to measure: started, stopped and restarted together. The
 * leader's address comes first, so that a single caller asks the leader of every kind of server alike.
 */
import { join } from 'node:path';
import { H2Client } from './h2-client.ts';
import { FieldCursor, message } from './protobuf.ts';
import {
  ServerUnderTest,
  freePorts,
  type ServerKind,
  type ServerPorts,
} from './server-under-test.ts';

export interface GroupOptions {
  readonly kind: ServerKind;
  /** Holds a data directory and a log for each member. */
  readonly folder: string;
  readonly members: number;
}

/** Fields of `StatusResponse` and of the `ResponseHeader` in it. */
const HEADER = 1;
const MEMBER_ID = 2;
const LEADER = 4;

export class ServerGroup {
  readonly #options: GroupOptions;
  readonly #ports: readonly ServerPorts[];
  #servers: ServerUnderTest[] = [];

  private constructor(options: GroupOptions, ports: readonly ServerPorts[]) {
    this.#options = options;
    this.#ports = ports;
  }

  /** Serves when it resolves. */
  static async start(options: GroupOptions): Promise<ServerGroup> {
    const ports: ServerPorts[] = [];
    while (ports.length < options.members) ports.push(await freePorts());
    const group = new ServerGroup(options, ports);
    await group.#start();
    return group;
  }

  /** Client ports, the leader's first. */
  get clientPorts(): readonly number[] {
    return this.#servers.map(({ ports }) => ports.client);
  }

  get pids(): readonly number[] {
    return this.#servers.map(({ pid }) => pid);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.stop()));
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.#start();
  }

  async #start(): Promise<void> {
    const { kind, folder } = this.#options;
    const initialCluster = this.#ports
      .map(({ peer }, i) => `m${i + 1}=http://127.0.0.1:${peer}`)
      .join();
    this.#servers = await Promise.all(
      this.#ports.map((ports, i) => {
        const name = `m${i + 1}`;
        const files = { dataDir: join(folder, name), logFile: join(folder, `${name}.log`) };
        return ServerUnderTest.start({ kind, ...files, ports, member: { name, initialCluster } });
      }),
    );
    const leads = await Promise.all(this.#servers.map(isLeader));
    const leader = this.#servers[leads.indexOf(true)];
    if (leader === undefined) throw new Error(`${kind.name}: nobody leads although all serve`);
    this.#servers.sort((a, b) => Number(b === leader) - Number(a === leader));
  }
}

async function isLeader({ ports }: ServerUnderTest): Promise<boolean> {
  const client = await H2Client.connect('127.0.0.1', ports.client);
  try {
    return saysLeader(await client.request('/etcdserverpb.Maintenance/Status', message()));
  } finally {
    client.close();
  }
}

/** Ids are compared as the nearest floating-point numbers: three random ones never meet. */
function saysLeader(status: Uint8Array): boolean {
  const cursor = new FieldCursor().reset(status, 0, status.length);
  let member: number | undefined;
  let leader: number | undefined;
  for (let field = cursor.next(); field !== 0; field = cursor.next()) {
    if (field === LEADER) leader = cursor.value;
    if (field !== HEADER) continue;
    const header = new FieldCursor().reset(status, cursor.start, cursor.end);
    for (let part = header.next(); part !== 0; part = header.next()) {
      if (part === MEMBER_ID) member = header.value;
    }
  }
  return member !== undefined && member === leader;
}
