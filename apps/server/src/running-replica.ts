/**
 * A replica in the real world: its clock ticks, the other members hear it and are heard, and what it has to tell
 * an operator is told.
 */
import { Replica, readConfiguration, type ReplicaOptions, type World } from '@concord/kv';
import type { Member as MemberRecord } from '@concord/protocol';
import type { MemberStorage } from '@concord/storage';
import type { InitialMember } from './bootstrap/bootstrap.ts';
import { REQUEST_OVERHEAD_BYTES } from './client-server.ts';
import { clusterVersionOf } from './cluster-version.ts';
import type { Configuration } from './config/configuration.ts';
import type { FlagValues } from './config/flags.ts';
import { Departure } from './departure.ts';
import type { Identity } from './identity.ts';
import type { Log } from './log.ts';
import { OperatorLog } from './operator-log.ts';
import type { Monitor } from './metrics/monitor.ts';
import { membersJson } from './peer/members-json.ts';
import { PeerTransport } from './peer/transport.ts';
import { replayable } from './replayable.ts';
import type { PortSecurity } from './tls/port-security.ts';

/** etcd's: five seconds for the disk and the network, and two elections. */
const REQUEST_TIMEOUT_BASE_MS = 5000;
/** Election timeouts without a leader after which clients that want one are told (etcd's). */
const LEADERLESS_ELECTIONS_MAX = 3;
/** Looks in one interval at which watchers are to be told of progress, so that they hear of it a tenth late at most. */
const PROGRESS_LOOKS = 10;
/** A tenth of the shortest interval. */
const PROGRESS_LOOK_MS_MIN = 10;

export interface RunningReplicaOptions {
  readonly configuration: Configuration;
  readonly identity: Identity;
  readonly storage: MemberStorage;
  readonly monitor: Monitor;
  readonly log: Log;
  readonly security: PortSecurity;
  /** Whom to talk to until the state tells who the members are. */
  readonly firstPeers: readonly InitialMember[];
  /** The cluster has removed this member, for good. */
  readonly removed: () => void;
  /** By which leases count, where it is not the machine's clock. */
  readonly leaseNow?: (() => number) | undefined;
}

export class RunningReplica {
  readonly replica: Replica;
  readonly transport: PeerTransport;
  readonly operatorLog: OperatorLog;
  /** Called when there has been no leader for long. */
  onLeaderLost: () => void = () => undefined;
  /** Called when this member begins or ceases to refuse its clients. */
  onFenceChanged: () => void = () => undefined;
  readonly #options: RunningReplicaOptions;
  readonly #ticker: NodeJS.Timeout;
  #progressTicker: NodeJS.Timeout | undefined;
  readonly #electionTicks: number;
  #leaderlessTicks = 0;
  #lastTickMs = performance.now();
  #isFenced = false;
  readonly #departure: Departure;
  /** Changes of the members that a restart might not know of yet. */
  #unstoredChanges = 0;

  static async start(options: RunningReplicaOptions): Promise<RunningReplica> {
    const { configuration, identity, storage, log, monitor } = options;
    const { values } = configuration;
    // The port is open before there is a replica: what comes until then may get lost, like everything here.
    const late: { running?: RunningReplica } = {};
    const transport = await PeerTransport.start({
      identity,
      listen: values['listen-peer-urls'],
      advertisedUrls: values['initial-advertise-peer-urls'].map(({ text }) => text),
      tls: options.security,
      log,
      stallMs: values['election-timeout'],
      now: () => performance.now(),
      receive: (messages) => late.running?.replica.step(messages),
      observer: monitor.network,
      unreachable: (id) => late.running?.replica.reportUnreachable(id),
      snapshots: storage.snapshots,
      snapshotSent: (id, arrived) => late.running?.replica.reportSnapshot(id, arrived),
      members: () => membersJson(late.running?.replica.machine.members.list() ?? []),
      clusterVersion: () => clusterVersionOf(late.running?.replica),
      isRemoved: (id) => late.running !== undefined && late.running.#tellsRemoved(id),
      removed: (by) => late.running !== undefined && late.running.#toldRemoved(by),
    });
    late.running = new RunningReplica(options, transport);
    return late.running;
  }

  private constructor(options: RunningReplicaOptions, transport: PeerTransport) {
    this.#options = options;
    this.transport = transport;
    const { configuration, identity, storage, firstPeers, log } = options;
    const { values } = configuration;
    const replicaOptions = replicaOptionsOf(identity, values);
    this.#electionTicks = replicaOptions.raft.electionTicks ?? 1;
    this.operatorLog = new OperatorLog({
      log,
      identity,
      dataDirectory: configuration.dataDirectory,
      replica: () => this.replica,
      isConnected: (id) => transport.connectedSinceMs(id) !== undefined,
    });
    this.#departure = new Departure({
      log,
      stayers: () => this.#otherVoters(),
      leave: options.removed,
    });
    const { hardState, base } = storage;
    const entries = replayable(storage.entries, values['force-new-cluster']);
    this.replica = new Replica(replicaOptions, { hardState, base, entries }, this.#world());
    this.#setPeers();
    if (this.replica.machine.members.list().length > 0) this.operatorLog.membersChanged();
    else {
      transport.setPeers(firstPeers.map(({ id, peerUrls }) => ({ id, urls: peerUrls })));
    }
    const heartbeatMs = values['heartbeat-interval'];
    this.#ticker = setInterval(() => this.#tick(), heartbeatMs);
    const lookMs = Math.max(
      PROGRESS_LOOK_MS_MIN,
      values['watch-progress-notify-interval'] / PROGRESS_LOOKS,
    );
    if (lookMs < heartbeatMs) {
      const { machine } = this.replica;
      this.#progressTicker = setInterval(() => machine.watches.tick(machine.leaseNow), lookMs);
    }
    const voters = readConfiguration(this.replica.machine.overlay)?.voters ?? [];
    if (voters.length === 1 && voters[0] === identity.memberId) this.replica.campaign();
  }

  /** Before a stop: leadership goes to another, if this member has it. */
  handOver(): Promise<void> {
    return new Promise((resolve) => this.replica.handOver(resolve));
  }

  async stop(): Promise<void> {
    clearInterval(this.#ticker);
    clearInterval(this.#progressTicker);
    await new Promise<void>((resolve) => this.replica.stop(resolve));
    await this.transport.close();
  }

  #world(): World {
    const { storage, monitor, leaseNow } = this.#options;
    return {
      ...(leaseNow !== undefined && { leaseNow }),
      log: monitor.diskTimes.observedLog(storage.wal),
      store: monitor.diskTimes.observedStore(storage.store),
      observer: monitor.applied,
      transport: this.transport,
      snapshots: storage.snapshots,
      membershipChanged: () => this.#membershipChanged(),
      roleChanged: () => this.operatorLog.roleChanged(),
      now: () => performance.now(),
      random: Math.random,
      schedule: (run) => void setImmediate(run),
    };
  }

  #tick(): void {
    this.#noteLateness();
    this.replica.tick();
    const isLeaderless = this.replica.leader === 0n;
    this.#leaderlessTicks = isLeaderless ? this.#leaderlessTicks + 1 : 0;
    if (this.#leaderlessTicks === LEADERLESS_ELECTIONS_MAX * this.#electionTicks) {
      this.operatorLog.waitsForLeader();
      this.onLeaderLost();
    }
    this.operatorLog.alarmsChanged();
    if (this.replica.isFenced !== this.#isFenced) {
      this.#isFenced = this.replica.isFenced;
      this.operatorLog.fenceChanged(this.#isFenced);
      this.onFenceChanged();
    }
  }

  /** A leader that ticks late sends its heartbeats late: the disk, or a long turn, has held it up. */
  #noteLateness(): void {
    const { configuration, monitor } = this.#options;
    const nowMs = performance.now();
    const isLate = nowMs - this.#lastTickMs > 2 * configuration.values['heartbeat-interval'];
    if (isLate && this.replica.isLeader) monitor.counts.lateHeartbeats += 1;
    this.#lastTickMs = nowMs;
  }

  #membershipChanged(): void {
    const { members } = this.replica.machine;
    if (members.isRemoved(this.#options.identity.memberId)) return this.#removed();
    this.operatorLog.membersChanged();
    this.#setPeers();
    this.#unstoredChanges++;
    this.replica.whenStored(() => {
      this.#unstoredChanges--;
      // Now those that were removed are cut off.
      this.#setPeers();
    });
  }

  /**
   * Who is told that it was removed may leave for good. A restart of this member must not bring back a configuration
   * that needs it, so nobody is told before that is stored.
   */
  #tellsRemoved(id: bigint): boolean {
    return this.#unstoredChanges === 0 && this.replica.machine.members.isRemoved(id);
  }

  #otherVoters(): readonly { readonly id: bigint; readonly name: string }[] {
    const { memberId } = this.#options.identity;
    const members = this.replica.machine.members.list();
    const voters = members.filter(({ ID, isLearner }) => !isLearner && ID !== memberId);
    return voters.map(({ ID: id, name }) => ({ id, name }));
  }

  #setPeers(): void {
    const members = this.replica.machine.members.list();
    if (members.length > 0) this.transport.setPeers(members.map(addressOf));
  }

  #toldRemoved(by: bigint): void {
    this.#departure.told(by);
    this.#removed();
  }

  #removed(): void {
    if (this.#departure.hasBegun) return;
    this.operatorLog.removed();
    this.#departure.begin();
  }
}

const addressOf = ({ ID, peerURLs }: MemberRecord): { id: bigint; urls: readonly string[] } => ({
  id: ID,
  urls: peerURLs,
});

function replicaOptionsOf(identity: Identity, values: FlagValues): ReplicaOptions {
  const electionTimeoutMs = values['election-timeout'];
  return {
    ...identity,
    raft: {
      electionTicks: Math.ceil(electionTimeoutMs / values['heartbeat-interval']),
      heartbeatTicks: 1,
      preVote: values['pre-vote'],
    },
    requestTimeoutMs: REQUEST_TIMEOUT_BASE_MS + 2 * electionTimeoutMs,
    electionTimeoutMs,
    logEntriesKept: values['snapshot-catchup-entries'],
    membership: {
      isStrict: values['strict-reconfig-check'],
      learnersMax: values['max-learners'],
    },
    progressNotifyMs: values['watch-progress-notify-interval'],
    tokenTtlMs: values['auth-token-ttl'] * 1000,
    fragmentBytes: values['max-request-bytes'] + REQUEST_OVERHEAD_BYTES,
  };
}
