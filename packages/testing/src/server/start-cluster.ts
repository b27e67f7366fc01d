/**
 * A cluster for tests: several members in threads of this process, fault proxies before them and between them.
 * `await using cluster = await startCluster({ members: 3 })`, and everything is gone at the end.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FaultProxies } from '../proxy/fault-proxies.ts';
import { PeerLines } from '../proxy/peer-lines.ts';
import { durationMs, type Duration } from './duration.ts';
import { EmbeddedMember, type MemberStart } from './embedded-member.ts';
import { leaseId, type LeaseId } from './lease-id.ts';
import type { ServerOptions } from './start-server.ts';

export interface ClusterOptions extends Pick<ServerOptions, 'flags' | 'time'> {
  /** How many. Default 3. */
  readonly members?: number;
}

/** Another program may take a free port before a member does. */
const ATTEMPTS_MAX = 3;
/** More members than a test needs; each is a thread with a store of its own. */
const MEMBERS_MAX = 9;

/**
 * Members are counted from 0.
 *
 * @throws RangeError unless there are 1 to 9 members; rejects with a member's own words if it can't start
 */
export async function startCluster(options: ClusterOptions = {}): Promise<TestCluster> {
  const { members: count = 3, flags = [], time = 'real' } = options;
  if (!Number.isInteger(count) || count < 1 || count > MEMBERS_MAX) {
    throw new RangeError(
      `startCluster: members is ${count}; give a whole number from 1 to ${MEMBERS_MAX}`,
    );
  }
  for (let attempt = 1; ; attempt++) {
    const cluster = await layOut(count, flags, time);
    try {
      await cluster.restart();
      return cluster;
    } catch (error) {
      await cluster.stop();
      if (attempt === ATTEMPTS_MAX || !String(error).includes('EADDRINUSE')) throw error;
    }
  }
}

/** Everything but the members themselves: their directory, the lines, and how each is started. */
async function layOut(
  count: number,
  flags: readonly string[],
  time: 'real' | 'virtual',
): Promise<TestCluster> {
  const directory = await mkdtemp(join(tmpdir(), 'concord-cluster-'));
  const peerPorts = await freePorts(count);
  const peerLines = await PeerLines.start(peerPorts);
  // Where they lead is known once the members serve; that they will be there is known before.
  const lines = await FaultProxies.start({ targets: peerPorts.map((port) => `127.0.0.1:${port}`) });
  const initialCluster = peerLines.urls.map((url, member) => `m${member}=${url}`).join();
  const starts = peerPorts.map((port, member) => ({
    time,
    flags: [
      ...['--name', `m${member}`, '--data-dir', join(directory, `m${member}`)],
      ...['--log-level', 'error', '--initial-cluster', initialCluster],
      ...['--listen-client-urls', 'http://127.0.0.1:0'],
      ...['--advertise-client-urls', `http://${lines.endpoints[member] ?? ''}`],
      ...['--listen-peer-urls', `http://127.0.0.1:${port}`],
      ...['--initial-advertise-peer-urls', peerLines.urls[member] ?? ''],
      ...flags,
    ],
  }));
  return new TestCluster({ directory, starts, lines, peerLines });
}

interface ClusterParts {
  readonly directory: string;
  readonly starts: readonly MemberStart[];
  readonly lines: FaultProxies;
  readonly peerLines: PeerLines;
}

export class TestCluster implements AsyncDisposable {
  /** The ways of clients to the members: `cluster.lines.at(0).delay(50)`. */
  readonly lines: FaultProxies;
  readonly #parts: ClusterParts;
  readonly #members = new Map<number, EmbeddedMember>();
  #stopped: Promise<void> | undefined;

  /** @internal */
  constructor(parts: ClusterParts) {
    this.#parts = parts;
    this.lines = parts.lines;
  }

  /** `host:port` of each member, in their order; they stay the same when a member restarts. */
  get endpoints(): readonly string[] {
    return this.lines.endpoints;
  }

  /** Which member leads; `undefined` while none does. */
  async leader(): Promise<number | undefined> {
    for (const [number, member] of this.#members) {
      if ((await member.tell({ kind: 'leads' })) === 1) return number;
    }
    return undefined;
  }

  /**
   * Lets time pass for all members. Resolves when all leases that have ended by then are gone, with their keys.
   *
   * @throws Error where the cluster's time is real, or nobody leads; RangeError for what is no span of time
   */
  async advance(span: Duration): Promise<void> {
    const ms = durationMs(span, 'cluster.advance');
    if (this.#parts.starts[0]?.time !== 'virtual') {
      throw new Error(
        "cluster.advance: the cluster's time is the real one; start it with startCluster({ time: 'virtual' })",
      );
    }
    await this.#leading('advance');
    await Promise.all(
      [...this.#members.values()].map((member) => member.tell({ kind: 'advance', ms })),
    );
  }

  /** Ends a lease now, as if it had not been kept alive. Rejects where there is none of the id, or nobody leads. */
  async expireLease(id: LeaseId): Promise<void> {
    const leading = await this.#leading('expireLease');
    await leading.tell({ kind: 'expire-lease', id: leaseId(id) });
  }

  /** Throws history away up to a revision, itself included; up to the newest by default. As `TestServer.compactPast`. */
  async compactPast(revision?: number): Promise<number> {
    const leading = await this.#leading('compactPast');
    return (await leading.tell({ kind: 'compact-past', revision })) ?? 0;
  }

  /**
   * With groups, such as `partition([0], [1, 2])`: members of different ones don't hear each other, while clients reach
   * all; who is in no group hears nobody. Without: clients reach no member, while members hear each other.
   */
  partition(...groups: readonly (readonly number[])[]): void {
    for (const member of groups.flat()) this.lines.at(member);
    if (groups.length === 0) this.lines.cut();
    else this.#parts.peerLines.partition(groups);
  }

  /** Ends every partition, and whatever else was done to the `lines`. */
  heal(): void {
    this.lines.heal();
    this.#parts.peerLines.heal();
  }

  /** Starts a member that was stopped; resolves when it serves, which takes a majority. */
  async start(member: number): Promise<void> {
    const start = this.#parts.starts[member];
    if (start === undefined || this.#members.has(member)) {
      throw new Error(`cluster.start: member ${member} runs already, or is none of this cluster`);
    }
    const started = new EmbeddedMember(start);
    this.#members.set(member, started);
    await started.ready;
    this.lines.at(member).target = started.endpoints[0] ?? '';
  }

  /** Stops a member, or, without one, the whole cluster for good. */
  async stop(member?: number): Promise<void> {
    if (member === undefined) return (this.#stopped ??= this.#stopAll());
    const running = this.#members.get(member);
    if (running === undefined) throw new Error(`cluster.stop: member ${member} doesn't run`);
    this.#members.delete(member);
    await running.stop();
  }

  /** Stops a member and starts it again on its data; without one, all of them together, those that don't run as well. */
  async restart(member?: number): Promise<void> {
    const members = member === undefined ? this.lines.all.map((_, one) => one) : [member];
    const running = members.filter((one) => this.#members.has(one));
    await Promise.all(running.map((one) => this.stop(one)));
    await Promise.all(members.map((one) => this.start(one)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #leading(verb: string): Promise<EmbeddedMember> {
    const leader = await this.leader();
    const member = leader === undefined ? undefined : this.#members.get(leader);
    if (member === undefined) throw new Error(`cluster.${verb}: nobody leads at the moment`);
    return member;
  }

  async #stopAll(): Promise<void> {
    const { lines, peerLines, directory } = this.#parts;
    await lines[Symbol.asyncDispose]();
    await Promise.all([...this.#members.values()].map((member) => member.stop()));
    await peerLines[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Ports that nobody listens at just now. */
async function freePorts(count: number): Promise<number[]> {
  const holders = Array.from({ length: count }, () => createServer());
  for (const holder of holders) await once(holder.listen(0, '127.0.0.1'), 'listening');
  const ports = holders.map((holder) => (holder.address() as AddressInfo).port);
  await Promise.all(holders.map((holder) => new Promise((resolve) => holder.close(resolve))));
  return ports;
}
