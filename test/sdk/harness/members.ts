/**
 * The members that a test of the SDK runs against, one or three of either backend, each behind a fault proxy. Built on
 * the harnesses of the conformance and cluster tests; here they look the same.
 */
import { FaultProxies } from '@concord/testing';
import { concordKind } from '../../bench/server-under-test.ts';
import { Cluster, type ClusterOptions } from '../../cluster/cluster.ts';
import { ProxiedNetwork } from '../../cluster/proxied-network.ts';
import type { Backend } from '../../conformance/harness/backend.ts';
import { Server } from '../../conformance/harness/server.ts';
import { WireClient } from '../../conformance/harness/wire-client.ts';

export interface MembersOptions {
  /** Default 1. Three take about two seconds to start. */
  readonly members?: 1 | 3;
  /** Flags of every member, such as `--quota-backend-bytes=16777216`. */
  readonly flags?: readonly string[];
}

/** What can be done to the processes; members are counted from 0. */
interface Processes extends AsyncDisposable {
  /** Past the proxies. */
  readonly direct: readonly string[];
  stop(member: number): Promise<void>;
  kill(member: number): Promise<void>;
  /** Resolves when it serves; alone among members that are down, it does not. */
  start(member: number): Promise<void>;
  /** SIGSTOP, and SIGCONT. */
  pause(member: number): void;
  resume(member: number): void;
  /** Keeps a member from the others (not from its clients) until the answered function is called. */
  isolate(member: number): Promise<() => Promise<void>>;
}

export class Members implements AsyncDisposable {
  readonly backend: Backend;
  readonly processes: Processes;
  /** A proxy before each member: `lines.at(0).cut()`. */
  readonly lines: FaultProxies;
  /** Our witness, past the proxies: no client of ours, so it shares no mistake with them. */
  readonly wire: WireClient;

  private constructor(backend: Backend, processes: Processes, lines: FaultProxies) {
    this.backend = backend;
    this.processes = processes;
    this.lines = lines;
    this.wire = new WireClient(processes.direct[0] ?? '');
  }

  static async start(backend: Backend, options: MembersOptions = {}): Promise<Members> {
    const { members = 1, flags = [] } = options;
    const processes = await (members === 1
      ? oneMember(backend, flags)
      : cluster(backend, members, flags));
    return new Members(backend, processes, await FaultProxies.start({ targets: processes.direct }));
  }

  /** `host:port` of the proxies: what a client under test is given. */
  get endpoints(): readonly string[] {
    return this.lines.endpoints;
  }

  /** Which member leads at the moment, asked of the members themselves; -1 when nobody says so. */
  async leader(): Promise<number> {
    const answers = await Promise.all(
      this.processes.direct.map(async (endpoint) => {
        const client = new WireClient(endpoint, 2000);
        try {
          const outcome = await client.call('Status', {});
          if ('code' in outcome) return false;
          const { leader, header } = outcome.response;
          return leader !== '0' && leader === header?.member_id;
        } finally {
          client.close();
        }
      }),
    );
    return answers.indexOf(true);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.wire.close();
    await this.lines[Symbol.asyncDispose]();
    await this.processes[Symbol.asyncDispose]();
  }
}

async function oneMember(backend: Backend, flags: readonly string[]): Promise<Processes> {
  const server = await Server.start(backend, { flags, tls: false });
  return {
    direct: [server.endpoint],
    stop: () => server.halt('SIGTERM'),
    kill: () => server.halt('SIGKILL'),
    start: () => server.restart(),
    pause: () => void process.kill(server.pid, 'SIGSTOP'),
    resume: () => void process.kill(server.pid, 'SIGCONT'),
    isolate: () => Promise.reject(new Error('a member alone has nobody to be kept from')),
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/** Another process may take a free port before a member binds it: then all of them start again elsewhere. */
async function startCluster(
  options: Omit<ClusterOptions, 'network'>,
): Promise<{ network: ProxiedNetwork; members: Cluster }> {
  for (let attempt = 1; ; attempt++) {
    const network = new ProxiedNetwork();
    try {
      return { network, members: await Cluster.start({ ...options, network }) };
    } catch (error) {
      await network[Symbol.asyncDispose]();
      if (attempt < 3 && String(error).includes('address already in use')) continue;
      throw error;
    }
  }
}

async function cluster(
  backend: Backend,
  size: number,
  flags: readonly string[],
): Promise<Processes> {
  const { name, executable } = backend;
  const kind = name === 'etcd' ? { name, command: executable } : concordKind();
  if (kind === undefined)
    throw new Error(`no ${backend.name} to run: "npm run build" makes Concord's`);
  const { network, members } = await startCluster({ kind, size, flags });
  const others = (member: number): number[] =>
    Array.from({ length: size }, (_, i) => i + 1).filter((number) => number !== member + 1);
  return {
    direct: members.endpoints,
    stop: async (member) => {
      await members.stop(member + 1);
    },
    kill: (member) => members.process(member + 1).kill(),
    start: (member) => members.start(member + 1),
    pause: (member) => {
      members.process(member + 1).pause();
    },
    resume: (member) => {
      members.process(member + 1).resume();
    },
    isolate: (member) =>
      network.cut(
        others(member).flatMap((other) => [
          { from: member + 1, to: other },
          { from: other, to: member + 1 },
        ]),
      ),
    [Symbol.asyncDispose]: async () => {
      await members[Symbol.asyncDispose]();
      await network[Symbol.asyncDispose]();
    },
  };
}
