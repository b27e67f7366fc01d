/** What clients of a member talk to: the RPC services and the HTTP endpoints, on every client address. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { GrpcServer, type GrpcServerOptions } from '@concord/grpc-server';
import { BY_MEMBER, encodeCommand, type Command, type Replica } from '@concord/kv';
import { AlarmRequest_AlarmAction as AlarmAction, AlarmType } from '@concord/protocol';
import type { LmdbStore } from '@concord/storage';
import { createMemberAuth, type MemberAuth } from './auth/member-auth.ts';
import type { DiskTimes } from './disk-times.ts';
import type { FlagValues } from './config/flags.ts';
import type { PeerTransport } from './peer/transport.ts';
import { gatewayMounts } from './http/gateway/gateway.ts';
import { health } from './http/health.ts';
import { createHttpServer } from './http/http-server.ts';
import { kvMount } from './http/kv/kv-api.ts';
import { Metrics } from './http/metrics.ts';
import { createRouter, type Mount, type Route } from './http/router.ts';
import { V2Api } from './http/v2/v2-api.ts';
import { version } from './http/version.ts';
import { formatId, type Identity } from './identity.ts';
import { listen, listenHttp, readTlsFiles } from './listener.ts';
import type { Log } from './log.ts';
import type { OperatorLog } from './operator-log.ts';
import { Admission } from './rpc/admission.ts';
import { AuthService } from './rpc/auth.ts';
import { ClusterService } from './rpc/cluster.ts';
import { KvService } from './rpc/kv.ts';
import { LeaseService } from './rpc/lease.ts';
import { LocalCalls } from './rpc/local-call.ts';
import { Limits, QUOTA_BYTES_DEFAULT } from './rpc/limits.ts';
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
  readonly diskTimes: DiskTimes;
  readonly operatorLog: OperatorLog;
}

export class ClientServer {
  /** `host:port`, or the path of a socket. */
  readonly endpoints: readonly string[];
  readonly #servers: readonly GrpcServer[];
  readonly #metricsServers: readonly Server[];
  readonly #registry: MethodRegistry;
  readonly #auth: MemberAuth;
  readonly #v2: V2Api | undefined;

  private constructor(
    registry: MethodRegistry,
    auth: MemberAuth,
    v2: V2Api | undefined,
    servers: readonly GrpcServer[],
    metricsServers: readonly Server[],
    endpoints: readonly string[],
  ) {
    this.#registry = registry;
    this.#auth = auth;
    this.#v2 = v2;
    this.#servers = servers;
    this.#metricsServers = metricsServers;
    this.endpoints = endpoints;
  }

  /** Serves when it resolves. Throws `ConfigurationError`. */
  static async start(options: ClientServerOptions): Promise<ClientServer> {
    const { values, log } = options;
    const auth = createMemberAuth(options.replica, values, log);
    const registry = registerServices(options, auth);
    const httpRoutes = httpEndpoints(options, registry);
    const route = (mounts: readonly Mount[]): RequestListener =>
      createRouter(httpRoutes, mounts, (path, error) =>
        log.error({ path, error: String(error) }, 'an HTTP endpoint failed'),
      );
    const v2 = values['enable-v2'] ? createV2Api(options, registry) : undefined;
    const mounts = createMounts(registry, values);
    const router = route(v2 === undefined ? mounts : [...mounts, v2.mount]);
    const tls = readTlsFiles(values);
    const servers: GrpcServer[] = [];
    const endpoints: string[] = [];
    for (const address of values['listen-client-urls']) {
      const isSecure = address.scheme === 'https' || address.scheme === 'unixs';
      const server = new GrpcServer(registry.methods, {
        ...serverOptions(values, router),
        ...(isSecure && tls !== undefined && { tls }),
      });
      const endpoint = await listen(server, address);
      servers.push(server);
      endpoints.push(endpoint);
      log.info({ address: endpoint }, 'ready to serve client requests');
    }
    const metricsServers = await Promise.all(
      values['listen-metrics-urls'].map((address) => listenHttp(createServer(route([])), address)),
    );
    return new ClientServer(registry, auth, v2, servers, metricsServers, endpoints);
  }

  /** There has been no leader for long: streams of clients that want one are ended. */
  leaderLost(): void {
    this.#registry.leaderLost();
  }

  async stop(): Promise<void> {
    this.#v2?.stop();
    for (const server of this.#metricsServers) {
      server.close();
      server.closeAllConnections();
    }
    await Promise.all(this.#servers.map((server) => server.close(STOP_GRACE_MS)));
    await this.#auth.stop();
  }
}

function serverOptions(values: FlagValues, router: RequestListener): GrpcServerOptions {
  return {
    http: createHttpServer(router),
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

function registerServices(
  { replica, store, identity, values, log, operatorLog }: ClientServerOptions,
  auth: MemberAuth,
): MethodRegistry {
  const quotaBytes = quotaOf(values);
  const limits = new Limits({
    requestBytesMax: values['max-request-bytes'],
    txnOpsMax: values['max-txn-ops'],
    quotaBytes,
    usedBytes: () => store.size().usedBytes,
    isOutOfSpace: () => replica.machine.alarms.isRaised(AlarmType.NOSPACE),
    raiseNoSpace: (raised) => raiseNoSpace(replica, identity, log, raised),
  });
  const registry = new MethodRegistry(new Admission(replica, auth.authenticator));
  new KvService(replica, limits).register(registry);
  new WatchService(replica).register(registry);
  new LeaseService(replica, limits, {
    electionTimeoutMs: values['election-timeout'],
    now: () => performance.now(),
  }).register(registry);
  const unixSeconds = (): number => Math.floor(Date.now() / 1000);
  new ClusterService(replica, unixSeconds, (request, reason) =>
    operatorLog.changeRefused(request, reason),
  ).register(registry);
  const size = () => store.size();
  new MaintenanceService(replica, { quotaBytes: shownQuota(quotaBytes), size }).register(registry);
  new SnapshotService(replica, store, log).register(registry);
  new AuthService(replica, auth.desk).register(registry);
  return registry;
}

/** What one message of a client may have at most. */
const messageBytesMax = (values: FlagValues): number =>
  values['max-request-bytes'] + REQUEST_OVERHEAD_BYTES;

/** The APIs over HTTP that stand on the RPCs. Not on the address for metrics, which others can reach. */
function createMounts(registry: MethodRegistry, values: FlagValues): Mount[] {
  const calls = new LocalCalls(registry.methods);
  const bytesMax = messageBytesMax(values);
  return [...gatewayMounts(calls, bytesMax), kvMount(calls, bytesMax)];
}

function httpEndpoints(
  { replica, store, identity, values, diskTimes }: ClientServerOptions,
  registry: MethodRegistry,
): ReadonlyMap<string, Route> {
  const metrics = new Metrics({
    memberId: formatId(identity.memberId),
    replica,
    methods: registry.metrics,
    storeSize: () => store.size(),
    quotaBytes: shownQuota(quotaOf(values)),
    diskTimes,
  });
  return new Map<string, Route>([
    ['/health', { endpoint: health(replica), methods: 'GET' }],
    ['/version', { endpoint: version, methods: 'GET' }],
    ['/metrics', { endpoint: metrics.endpoint, methods: 'any' }],
  ]);
}

function createV2Api(
  { replica, transport, identity, values, log }: ClientServerOptions,
  registry: MethodRegistry,
): V2Api {
  const { memberId, clusterId } = identity;
  return new V2Api({
    calls: new LocalCalls(registry.methods),
    member: {
      name: values.name,
      id: memberId,
      clusterId,
      leader: () => replica.leader,
      raft: () => ({ index: replica.commitIndex, term: replica.term }),
      followers: () =>
        replica.machine.members.list().flatMap(({ ID }) => {
          const status = transport.status(ID);
          return status === undefined ? [] : [{ id: ID, ...status }];
        }),
      clientUrls: () => replica.machine.members.list().flatMap(({ clientURLs }) => clientURLs),
      isRemoved: (id) => replica.machine.members.isRemoved(id),
    },
    now: () => Date.now(),
    onFailure: (what, error) => log.error({ what, error: String(error) }, 'the v2 API failed'),
  });
}

function quotaOf(values: FlagValues): number {
  const flag = values['quota-backend-bytes'];
  if (flag === 0) return QUOTA_BYTES_DEFAULT;
  return flag < 0 ? Infinity : flag;
}

/** Without a quota etcd reports none. */
const shownQuota = (quotaBytes: number): number => (Number.isFinite(quotaBytes) ? quotaBytes : 0);

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
  replica.propose(command, encodeCommand(command), () => raised(), BY_MEMBER);
}
