/**
 * A cluster of members as processes, of Concord or of etcd, for as long as a test runs. Members are known by their
 * number, from 1 on; a member keeps its number, addresses and data directory through stops and crashes.
 */
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mountSmallDisk, unmount } from './small-disk.ts';
import { MemberProcess, type Exit } from './member-process.ts';
import type { ClusterNetwork, Place } from './network.ts';

/** An executable that takes etcd's flags. */
export interface ServerKind {
  readonly name: string;
  readonly command: string;
}

export interface ClusterOptions {
  readonly kind: ServerKind;
  readonly size: number;
  readonly network: ClusterNetwork;
  readonly token?: string;
  /** Flags of every member beyond the common ones. */
  readonly flags?: readonly string[];
  /** The last of the first members gets a disk of this size, which can be filled; needs a namespace of one's own. */
  readonly smallDiskBytes?: number;
  /** Variables of a member's process beyond this one's; `directory` is the cluster's. */
  readonly environment?: (
    member: ClusterMember,
    directory: string,
  ) => Readonly<Record<string, string>>;
}

/** A member that runs or has run. */
export interface ClusterMember extends Place {
  readonly number: number;
  readonly name: string;
  readonly dataDirectory: string;
  readonly logFile: string;
  /** `--initial-cluster` and its state, as this member is started with. */
  readonly initialCluster: string;
  readonly state: 'new' | 'existing';
}

export class Cluster implements AsyncDisposable {
  readonly kind: ServerKind;
  readonly network: ClusterNetwork;
  /** Data directories, logs and whatever a test wants to be kept with them. */
  readonly directory: string;
  readonly #options: ClusterOptions;
  readonly #members = new Map<number, ClusterMember>();
  readonly #processes = new Map<number, MemberProcess>();
  readonly #smallDisks = new Set<number>();
  #keepsDirectory = false;
  #lastNumber = 0;

  private constructor(options: ClusterOptions) {
    this.kind = options.kind;
    this.network = options.network;
    this.#options = options;
    this.directory = mkdtempSync(join(tmpdir(), `cluster-${options.kind.name}-`));
  }

  /** Resolves once every member serves. */
  static async start(options: ClusterOptions): Promise<Cluster> {
    const cluster = new Cluster(options);
    try {
      const numbers = Array.from({ length: options.size }, (_, i) => i + 1);
      const places = await Promise.all(numbers.map((number) => options.network.place(number)));
      const initial = places.map(({ peerUrl }, i) => `m${i + 1}=${peerUrl}`).join();
      for (const number of numbers) await cluster.#place(number, initial, 'new');
      cluster.#mountSmallDisk(options.size);
      await Promise.all(numbers.map((number) => cluster.start(number)));
    } catch (error) {
      await cluster[Symbol.asyncDispose]();
      throw error;
    }
    return cluster;
  }

  /** Members that were not given up, running or not. */
  get members(): readonly ClusterMember[] {
    return [...this.#members.values()];
  }

  get endpoints(): readonly string[] {
    return this.members.map(({ endpoint }) => endpoint);
  }

  hasMember(number: number): boolean {
    return this.#members.has(number);
  }

  member(number: number): ClusterMember {
    const member = this.#members.get(number);
    if (member === undefined) throw new Error(`the cluster has no member ${number}`);
    return member;
  }

  /** The process of a member, the last one where it does not run. */
  process(number: number): MemberProcess {
    const process = this.#processes.get(number);
    if (process === undefined) throw new Error(`member ${number} was never started`);
    return process;
  }

  /** A number, name and place for one more member; the cluster has to be told of it (`member add`) before it starts. */
  async newPlace(): Promise<{ number: number; name: string; place: Place }> {
    const number = this.#lastNumber + 1;
    return { number, name: `m${number}`, place: await this.network.place(number) };
  }

  /** Takes in a member that the cluster was told of; `initialCluster` as `member add` printed it. */
  async join(number: number, initialCluster: string): Promise<ClusterMember> {
    return this.#place(number, initialCluster, 'existing');
  }

  /** Starts a member's process; resolves when it serves. */
  async start(number: number): Promise<void> {
    await this.spawn(number).ready;
  }

  /** Starts a member's process without waiting; `flags` take the place of the cluster's own. */
  spawn(number: number, flags = this.#options.flags ?? []): MemberProcess {
    const member = this.member(number);
    const [executable, ...before]: readonly string[] = [...member.launcher, this.kind.command];
    const process = new MemberProcess({
      executable: executable ?? this.kind.command,
      arguments: [...before, ...commonFlags(member, this.#options.token ?? 'test'), ...flags],
      logFile: member.logFile,
      environment: this.#options.environment?.(member, this.directory) ?? {},
    });
    this.#processes.set(number, process);
    return process;
  }

  /** How often members, those that were removed included, have logged a text. */
  countInLogs(text: string): number {
    const files = globSync('*.log', { cwd: this.directory });
    const logs = files.map((file) => readFileSync(join(this.directory, file), 'utf8'));
    return logs.reduce((sum, log) => sum + log.split(text).length - 1, 0);
  }

  /** Throws where a member has ended by itself. */
  assertAlive(): void {
    for (const [number, process] of this.#processes) {
      if (!process.hasFailed) continue;
      throw new Error(`member ${number} ended by itself; its last words:\n${process.lastWords}`);
    }
  }

  stop(number: number): Promise<Exit> {
    return this.process(number).stop();
  }

  /** Whether a test can fill the disk of this member. */
  isDiskSmall(number: number): boolean {
    return this.#smallDisks.has(number);
  }

  /** Forgets a member that is no more part of the cluster, and its data. */
  async forget(number: number): Promise<void> {
    await this.process(number).kill();
    this.#unmount(number);
    rmSync(this.member(number).dataDirectory, { recursive: true, force: true });
    this.#members.delete(number);
  }

  /** Leaves data and logs where they are when the cluster ends; answers where that is. */
  keep(): string {
    this.#keepsDirectory = true;
    return this.directory;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#processes.values()].map((process) => process.kill()));
    for (const number of this.#smallDisks) this.#unmount(number);
    if (!this.#keepsDirectory) rmSync(this.directory, { recursive: true, force: true });
  }

  #mountSmallDisk(number: number): void {
    const { smallDiskBytes } = this.#options;
    if (smallDiskBytes === undefined) return;
    mountSmallDisk(this.member(number).dataDirectory, smallDiskBytes);
    this.#smallDisks.add(number);
  }

  /** With the process gone, what is to be kept is copied out first. */
  #unmount(number: number): void {
    if (!this.#smallDisks.delete(number)) return;
    const { dataDirectory } = this.member(number);
    if (this.#keepsDirectory) cpSync(dataDirectory, `${dataDirectory}-kept`, { recursive: true });
    unmount(dataDirectory);
  }

  async #place(
    number: number,
    initialCluster: string,
    state: 'new' | 'existing',
  ): Promise<ClusterMember> {
    const name = `m${number}`;
    const place = await this.network.place(number);
    const dataDirectory = join(this.directory, name);
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    const logFile = join(this.directory, `${name}.log`);
    const member = { ...place, number, name, dataDirectory, logFile, initialCluster, state };
    this.#members.set(number, member);
    this.#lastNumber = Math.max(this.#lastNumber, number);
    return member;
  }
}

function commonFlags(member: ClusterMember, token: string): string[] {
  const { name, dataDirectory, clientUrl, peerUrl, listenPeerUrl, initialCluster, state } = member;
  const flags = {
    name,
    'data-dir': dataDirectory,
    'listen-client-urls': clientUrl,
    'advertise-client-urls': clientUrl,
    'listen-peer-urls': listenPeerUrl ?? peerUrl,
    'initial-advertise-peer-urls': peerUrl,
    'initial-cluster': initialCluster,
    'initial-cluster-state': state,
    'initial-cluster-token': token,
  };
  return Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
}
