/** What clients of a member talk to: the RPC services and the HTTP endpoints, on every client address. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { GrpcServer, type GrpcServerOptions } from '@concord/grpc-server';
import type { Replica } from '@concord/kv';
import type { LmdbStore } from '@concord/storage';
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
import { LocalCalls } from './rpc/local-call.ts';
import type { MethodRegistry } from './rpc/method.ts';
import { quotaOf, registerServices, shownQuota, type Services } from './rpc/services.ts';

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
  readonly #services: Services;
  readonly #v2: V2Api | undefined;

  private constructor(
    services: Services,
    v2: V2Api | undefined,
    servers: readonly GrpcServer[],
    metricsServers: readonly Server[],
    endpoints: readonly string[],
  ) {
    this.#services = services;
    this.#v2 = v2;
    this.#servers = servers;
    this.#metricsServers = metricsServers;
    this.endpoints = endpoints;
  }

  /** Serves when it resolves. Throws `ConfigurationError`. */
  static async start(options: ClientServerOptions): Promise<ClientServer> {
    const { values, log } = options;
    const services = registerServices(options);
    const { registry } = services;
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
    return new ClientServer(services, v2, servers, metricsServers, endpoints);
  }

  /** There has been no leader for long: streams of clients that want one are ended. */
  leaderLost(): void {
    this.#services.registry.leaderLost();
  }

  /** This member has begun to refuse its clients, or takes them again. */
  fenceChanged(): void {
    this.#services.health.changed();
  }

  async stop(): Promise<void> {
    this.#services.health.stopping();
    this.#v2?.stop();
    for (const server of this.#metricsServers) {
      server.close();
      server.closeAllConnections();
    }
    await Promise.all(this.#servers.map((server) => server.close(STOP_GRACE_MS)));
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
