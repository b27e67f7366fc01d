/** What clients of a member talk to: the RPC services and the HTTP endpoints, on every client address. */
import { createServer, type Server } from 'node:http';
import { GrpcServer, type GrpcServerOptions } from '@concord/grpc-server';
import { encodeCommand, type Command, type Replica } from '@concord/kv';
import {
  AlarmRequest_AlarmAction as AlarmAction,
  AlarmType,
  MembershipRequest_Action as ChangeAction,
} from '@concord/protocol';
import type { LmdbStore } from '@concord/storage';
import type { Address } from './config/address.ts';
import type { FlagValues } from './config/flags.ts';
import type { PeerTransport } from './peer/transport.ts';
import { createHttpServer } from './http/http-server.ts';
import { HttpSide } from './http/http-side.ts';
import type { Identity } from './identity.ts';
import { listen, listenHttp, readTlsFiles } from './listener.ts';
import type { Log } from './log.ts';
import type { Monitor } from './metrics/monitor.ts';
import type { OperatorLog } from './operator-log.ts';
import { Admission } from './rpc/admission.ts';
import { ClusterService } from './rpc/cluster.ts';
import { KvService } from './rpc/kv.ts';
import { LeaseService } from './rpc/lease.ts';
import { Limits, quotaBytesOf, shownQuotaBytes } from './rpc/limits.ts';
import { MaintenanceService } from './rpc/maintenance.ts';
import { MethodRegistry } from './rpc/method.ts';
import { SnapshotService } from './rpc/snapshot.ts';
import { WatchService } from './rpc/watch.ts';

/** What the gRPC layer allows above `--max-request-bytes`, for the framing of a request. */
export const REQUEST_OVERHEAD_BYTES = 512 * 1024;
/** How long calls under way may take to end when the member stops. */
const STOP_GRACE_MS = 2000;

export interface ClientServerOptions {
  readonly replica: Replica;
  readonly transport: PeerTransport;
  readonly store: LmdbStore;
  readonly identity: Identity;
  readonly values: FlagValues;
  readonly log: Log;
  readonly monitor: Monitor;
  /** Bytes that the log has written. */
  writtenBytes(): number;
  readonly operatorLog: OperatorLog;
}

export class ClientServer {
  /** `host:port`, or the path of a socket. */
  readonly endpoints: readonly string[];
  readonly #servers: readonly GrpcServer[];
  readonly #metricsServers: readonly Server[];
  readonly #registry: MethodRegistry;
  readonly #http: HttpSide;

  private constructor(
    registry: MethodRegistry,
    http: HttpSide,
    servers: readonly GrpcServer[],
    metricsServers: readonly Server[],
    endpoints: readonly string[],
  ) {
    this.#registry = registry;
    this.#http = http;
    this.#servers = servers;
    this.#metricsServers = metricsServers;
    this.endpoints = endpoints;
  }

  /** Serves when it resolves. Throws `ConfigurationError`. */
  static async start(options: ClientServerOptions): Promise<ClientServer> {
    const { values, log } = options;
    const registry = registerServices(options);
    const http = new HttpSide(options, registry, messageBytesMax(values));
    const tls = readTlsFiles(values);
    const servers: GrpcServer[] = [];
    const open = async (address: Address, methods: MethodRegistry['methods'], flag: string) => {
      const isSecure = address.scheme === 'https' || address.scheme === 'unixs';
      const isGrpcAlone = flag === '--listen-client-urls' && hasOwnHttp;
      const server = new GrpcServer(methods, {
        ...serverOptions(values),
        ...(!isGrpcAlone && { http: createHttpServer(http.client(address)) }),
        ...(isSecure && tls !== undefined && { tls }),
      });
      servers.push(server);
      const endpoint = await listen(server, address, flag);
      log.info({ address: endpoint }, 'ready to serve client requests');
      return endpoint;
    };
    const hasOwnHttp = values['listen-client-http-urls'].length > 0;
    const endpoints: string[] = [];
    for (const address of values['listen-client-urls']) {
      endpoints.push(await open(address, registry.methods, '--listen-client-urls'));
    }
    for (const address of values['listen-client-http-urls']) {
      await open(address, new Map(), '--listen-client-http-urls');
    }
    const metricsServers = await Promise.all(
      values['listen-metrics-urls'].map((address) =>
        listenHttp(createServer(http.metrics(address)), address),
      ),
    );
    return new ClientServer(registry, http, servers, metricsServers, endpoints);
  }

  /** There has been no leader for long: streams of clients that want one are ended. */
  leaderLost(): void {
    this.#registry.leaderLost();
  }

  async stop(): Promise<void> {
    this.#http.stop();
    for (const server of this.#metricsServers) {
      server.close();
      server.closeAllConnections();
    }
    await Promise.all(this.#servers.map((server) => server.close(STOP_GRACE_MS)));
  }
}

/** What one message of a client may have at most. */
const messageBytesMax = (values: FlagValues): number =>
  values['max-request-bytes'] + REQUEST_OVERHEAD_BYTES;

function serverOptions(values: FlagValues): GrpcServerOptions {
  return {
    limits: {
      messageBytesMax: messageBytesMax(values),
      concurrentStreamsMax: values['max-concurrent-streams'],
    },
    keepalive: {
      minTimeMs: values['grpc-keepalive-min-time'],
      intervalMs: values['grpc-keepalive-interval'],
      timeoutMs: values['grpc-keepalive-timeout'],
    },
  };
}

function registerServices({
  replica,
  store,
  identity,
  values,
  log,
  operatorLog,
  monitor,
}: ClientServerOptions): MethodRegistry {
  const quotaFlag = values['quota-backend-bytes'];
  const limits = new Limits({
    requestBytesMax: values['max-request-bytes'],
    txnOpsMax: values['max-txn-ops'],
    quotaBytes: quotaBytesOf(quotaFlag),
    usedBytes: () => store.size().usedBytes,
    isOutOfSpace: () => replica.machine.alarms.isRaised(AlarmType.NOSPACE),
    raiseNoSpace: (raised) => raiseNoSpace(replica, identity, log, raised),
  });
  const registry = new MethodRegistry(new Admission(replica), monitor.calls);
  new KvService(replica, limits, monitor.reads).register(registry);
  new WatchService(replica).register(registry);
  new LeaseService(replica, limits, {
    electionTimeoutMs: values['election-timeout'],
    now: () => performance.now(),
  }).register(registry);
  const unixSeconds = (): number => Math.floor(Date.now() / 1000);
  new ClusterService(replica, unixSeconds, (request, reason) => {
    operatorLog.changeRefused(request, reason);
    if (request.action === ChangeAction.PROMOTE) monitor.counts.promotionRefused(reason);
  }).register(registry);
  const size = () => store.size();
  new MaintenanceService(replica, { quotaBytes: shownQuotaBytes(quotaFlag), size }).register(
    registry,
  );
  new SnapshotService(replica, store, log).register(registry);
  return registry;
}

function raiseNoSpace(
  replica: Replica,
  { memberId }: Identity,
  log: Log,
  raised: () => void,
): void {
  log.warn('the store has reached its quota: raising the alarm NOSPACE');
  const command: Command = {
    kind: 'alarm',
    request: { action: AlarmAction.ACTIVATE, memberID: memberId, alarm: AlarmType.NOSPACE },
  };
  replica.propose(command, encodeCommand(command), () => raised());
}
