/**
 * A running member: the composition root, where the pure core meets a real disk, real sockets and real clocks.
 * Opens the data directory, recovers what it holds, elects itself, publishes itself, and only then serves.
 */
import { createServer } from 'node:http';
import { GrpcServer } from '@concord/grpc-server';
import { Replica, encodeCommand, type Command } from '@concord/kv';
import { AlarmRequest_AlarmAction as AlarmAction, AlarmType } from '@concord/protocol';
import type { Configuration } from './config/configuration.ts';
import { health } from './http/health.ts';
import { Metrics } from './http/metrics.ts';
import { createRouter, type Endpoint } from './http/router.ts';
import { version } from './http/version.ts';
import { formatId, identify } from './identity.ts';
import { listen, readTlsFiles } from './listener.ts';
import type { Log } from './log.ts';
import { openStorage, type MemberStorage } from './member-storage.ts';
import { ClusterService } from './rpc/cluster.ts';
import { KvService } from './rpc/kv.ts';
import { LeaseService } from './rpc/lease.ts';
import { Limits, QUOTA_BYTES_DEFAULT } from './rpc/limits.ts';
import { MaintenanceService } from './rpc/maintenance.ts';
import { MethodRegistry } from './rpc/method.ts';
import { WatchService } from './rpc/watch.ts';
import { CONCORD_VERSION, ETCD_VERSION } from './version.ts';

/** etcd's: five seconds for the disk and the network, and two elections. */
const REQUEST_TIMEOUT_BASE_MS = 5000;
/** What the gRPC layer allows above `--max-request-bytes`, for the framing of a request. */
const REQUEST_OVERHEAD_BYTES = 512 * 1024;
/** Entries that stay in memory for members that are a little behind (etcd's `--snapshot-catchup-entries`). */
const LOG_ENTRIES_KEPT = 5000;
/** How long calls under way may take to end when the member stops. */
const STOP_GRACE_MS = 2000;

export interface Member {
  /** Resolves once everything applied is stored and every socket and file is closed. */
  stop(): Promise<void>;
}

/** Throws `ConfigurationError` and `StorageError`. `failed` is called when the member cannot go on. */
export async function startMember(
  { values, dataDirectory, initialCluster }: Configuration,
  log: Log,
  failed: (error: Error) => void,
): Promise<Member> {
  const identity = identify(values.name, initialCluster, values['initial-cluster-token']);
  const tls = readTlsFiles(values);
  const storage = openStorage({ dataDirectory, walDirectory: values['wal-dir'], identity, failed });
  const { clusterId, memberId } = storage.identity;
  log.info(
    {
      'member-id': formatId(memberId),
      'cluster-id': formatId(clusterId),
      'data-dir': dataDirectory,
    },
    'starting a member',
  );

  const electionTimeoutMs = values['election-timeout'];
  const replica = new Replica(
    {
      clusterId,
      memberId,
      raft: {
        electionTicks: Math.ceil(electionTimeoutMs / values['heartbeat-interval']),
        heartbeatTicks: 1,
        preVote: values['pre-vote'],
      },
      requestTimeoutMs: REQUEST_TIMEOUT_BASE_MS + 2 * electionTimeoutMs,
      electionTimeoutMs,
      logEntriesKept: LOG_ENTRIES_KEPT,
      txnOpsMax: values['max-txn-ops'],
      requestBytesMax: values['max-request-bytes'],
      progressNotifyMs: values['watch-progress-notify-interval'],
    },
    storage.recovered,
    {
      log: storage.log,
      store: storage.store,
      transport: { send: () => undefined },
      now: () => performance.now(),
      random: Math.random,
      schedule: (run) => void setImmediate(run),
    },
  );
  const ticker = setInterval(() => replica.tick(), values['heartbeat-interval']);
  replica.campaign();
  await publish(replica, values, memberId);

  const server = createClientServer(replica, storage, values, tls, log);
  for (const address of values['listen-client-urls']) {
    await listen(server, address);
    log.info({ address: address.text }, 'ready to serve client requests');
  }
  return {
    stop: async () => {
      await server.close(STOP_GRACE_MS);
      clearInterval(ticker);
      await new Promise<void>((resolve) => replica.stop(resolve));
      await storage.close();
    },
  };
}

/** Tells the cluster this member's name and addresses; done when the entry is applied here. */
function publish(
  replica: Replica,
  values: Configuration['values'],
  memberId: bigint,
): Promise<void> {
  const command: Command = {
    kind: 'publish-member',
    request: {
      ID: memberId,
      name: values.name,
      peerURLs: values['initial-advertise-peer-urls'].map(({ text }) => text),
      clientURLs: values['advertise-client-urls'].map(({ text }) => text),
      isLearner: false,
    },
  };
  return new Promise((resolve, reject) => {
    replica.propose(command, encodeCommand(command), (outcome) => {
      if ('code' in outcome) reject(new Error(`could not publish this member: ${outcome.message}`));
      else resolve();
    });
  });
}

function createClientServer(
  replica: Replica,
  storage: MemberStorage,
  values: Configuration['values'],
  tls: ReturnType<typeof readTlsFiles>,
  log: Log,
): GrpcServer {
  const { memberId } = storage.identity;
  const { header } = replica;
  const quotaFlag = values['quota-backend-bytes'];
  const quotaBytes = quotaFlag === 0 ? QUOTA_BYTES_DEFAULT : quotaFlag < 0 ? Infinity : quotaFlag;
  const size = () => storage.store.size();
  const limits = new Limits({
    requestBytesMax: values['max-request-bytes'],
    txnOpsMax: values['max-txn-ops'],
    quotaBytes,
    usedBytes: () => size().usedBytes,
    isOutOfSpace: () => replica.machine.alarms.isRaised(AlarmType.NOSPACE),
    raiseNoSpace: () => raiseNoSpace(replica, memberId, log),
  });

  const registry = new MethodRegistry(() => replica.leader !== 0n);
  new KvService(replica, header, limits).register(registry);
  new WatchService(replica).register(registry);
  new LeaseService(replica, header, limits, {
    electionTimeoutMs: values['election-timeout'],
    now: () => performance.now(),
  }).register(registry);
  new ClusterService(replica, header).register(registry);
  const reportedQuota = Number.isFinite(quotaBytes) ? quotaBytes : 0;
  new MaintenanceService(replica, header, { quotaBytes: reportedQuota, size }).register(registry);

  const metrics = new Metrics({
    memberId: formatId(memberId),
    replica,
    methods: registry.metrics,
    traffic: () => server.traffic,
    storeSize: size,
    quotaBytes: reportedQuota,
  });
  const endpoints = new Map<string, Endpoint>([
    ['/health', health(replica)],
    ['/version', version],
    ['/metrics', metrics.endpoint],
  ]);
  const router = createRouter(endpoints, (path, error) =>
    log.error({ path, error }, 'an HTTP endpoint failed'),
  );
  const server: GrpcServer = new GrpcServer(registry.methods, {
    http1: createServer(router),
    ...(tls !== undefined && { tls }),
    maxMessageBytes: values['max-request-bytes'] + REQUEST_OVERHEAD_BYTES,
    maxConcurrentStreams: values['max-concurrent-streams'],
    keepalive: {
      minTimeMs: values['grpc-keepalive-min-time'],
      intervalMs: values['grpc-keepalive-interval'],
      timeoutMs: values['grpc-keepalive-timeout'],
    },
  });
  log.info(
    { 'etcd-version': ETCD_VERSION, 'concord-version': CONCORD_VERSION },
    'serving the API of etcd',
  );
  return server;
}

function raiseNoSpace(replica: Replica, memberID: bigint, log: Log): void {
  log.warn('the store has reached its quota: raising the alarm NOSPACE');
  const command: Command = {
    kind: 'alarm',
    request: { action: AlarmAction.ACTIVATE, memberID, alarm: AlarmType.NOSPACE },
  };
  replica.propose(command, encodeCommand(command), () => undefined);
}
