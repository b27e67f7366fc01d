/** `concord grpc-proxy start`: the composition of the proxy, from its flags to its port. */
import { createServer } from 'node:http';
import { GrpcServer, type GrpcServerOptions } from '@concord/grpc-server';
import { parseAddress } from '../../config/address.ts';
import { ConfigurationError } from '../../config/command-line.ts';
import { FlagError } from '../../config/flag-error.ts';
import { Access } from '../../http/access.ts';
import { profileRoutes } from '../../http/debug-profile.ts';
import { HealthCounts } from '../../http/health-counts.ts';
import { HttpPort } from '../../http/http-port.ts';
import { createRouter, type Endpoint, type Route } from '../../http/router.ts';
import { listenOn } from '../../listener.ts';
import type { Log } from '../../log.ts';
import { Metrics } from '../../metrics/metrics.ts';
import { processFamilies } from '../../metrics/process-families.ts';
import { rpcFamilies } from '../../metrics/rpc-families.ts';
import type { PortSecurity } from '../../tls/port-security.ts';
import { isSecure } from '../../tls/transport-security.ts';
import { parseHostPort } from '../host-port.ts';
import type { RunningProxy } from '../running-proxy.ts';
import { Cluster } from './cluster/cluster.ts';
import { openClusterTls, type ClusterTls } from './cluster-tls.ts';
import { findEndpoints, followMembers, urlOf } from './endpoint-urls.ts';
import type { GrpcProxyValues } from './flags.ts';
import { clusterMetrics } from './http/cluster-metrics.ts';
import { leasingFamilies, proxyFamilies } from './http/proxy-families.ts';
import { clusterHealth, proxyHealth } from './http/proxy-health.ts';
import { openListenTls, type ListenTls } from './listen-tls.ts';
import { ProxyServices } from './proxy-services.ts';

/** gRPC's own for a server that says nothing, as etcd's proxy. */
const REQUEST_BYTES_MAX = 4 * 1024 * 1024;
/** However many are allowed: each is memory that a client takes. */
const STREAMS_MAX = 10_000;
/** How long calls under way may take to end when the proxy stops. */
const STOP_GRACE_MS = 2000;
/** Of scrapers and probes. */
const METRICS_CONNECTIONS_MAX = 128;

/** Serves when it resolves. Throws `ConfigurationError`. */
export async function startGrpcProxy(values: GrpcProxyValues, log: Log): Promise<RunningProxy> {
  checkFlags(values);
  const listen = parseHostPort(values['listen-addr'], 'listen-addr');
  const listenTls = await openListenTls(values, listen.host, log);
  const clusterTls = openClusterTls(values, log);
  const endpoints = await findEndpoints(values, clusterTls.isWanted, log);
  const connect = connector(values, log);
  const cluster = connect(endpoints, clusterTls.security);
  const itself = new LazyClient(() => {
    const url = values['advertise-client-url'];
    return url === '' ? undefined : connect([urlOf(url, listenTls.isServed)], listenTls.security);
  });
  const services = new ProxyServices(values, cluster, log);
  const router = createRouter({
    routes: routesOf(values, { cluster, clusterTls, itself, services }),
    mounts: [],
    access: new Access({ origins: [], hosts: undefined, takesLoopback: true }),
    failed: (path, error) => log.error({ path, error: String(error) }, 'a request has failed'),
  });
  const server = new GrpcServer(services.registry.methods, {
    http: createServer(router),
    ...serverOptions(values),
    ...tlsOptions(listenTls),
  });
  const metricsPort = await openMetrics(values['metrics-addr'], router, listenTls);
  const address = { text: values['listen-addr'], scheme: 'http', ...listen } as const;
  const endpoint = await listenOn(server, address, 'listen-addr');
  const syncIntervalMs = values['endpoints-auto-sync-interval'];
  const unfollow = followMembers(cluster, syncIntervalMs, clusterTls.isWanted, log);
  services.start();
  log.info({ address: endpoint, endpoints }, 'started gRPC proxy');
  return {
    endpoint,
    stop: async () => {
      unfollow();
      await metricsPort?.close();
      await server.close(STOP_GRACE_MS);
      await services.stop();
      cluster.close();
      itself.close();
      listenTls.close();
    },
  };
}

function connector(values: GrpcProxyValues, log: Log) {
  return (endpoints: readonly string[], security: PortSecurity): Cluster =>
    new Cluster({
      endpoints,
      tls: () => security.dial(),
      messageBytesMax: values['max-recv-bytes'],
      keepaliveMs: values['dial-keepalive-time'],
      keepaliveTimeoutMs: values['dial-keepalive-timeout'],
      pingsWithoutCalls: values['permit-without-stream'],
      log,
    });
}

/** This proxy as its own client, made when somebody asks: before there is a port it would find nobody. */
class LazyClient {
  readonly #connect: () => Cluster | undefined;
  #cluster: Cluster | undefined;

  constructor(connect: () => Cluster | undefined) {
    this.#connect = connect;
  }

  get(): Cluster | undefined {
    return (this.#cluster ??= this.#connect());
  }

  close(): void {
    this.#cluster?.close();
  }
}

interface Parts {
  readonly cluster: Cluster;
  readonly clusterTls: ClusterTls;
  readonly itself: LazyClient;
  readonly services: ProxyServices;
}

function routesOf(
  values: GrpcProxyValues,
  { cluster, clusterTls, itself, services }: Parts,
): ReadonlyMap<string, Route> {
  const health = new HealthCounts();
  const metrics = new Metrics([
    ...processFamilies(),
    ...proxyFamilies(services.cache, services.watches.counts, health),
    ...(services.leasing === undefined ? [] : leasingFamilies(services.leasing.protocol.ownership)),
    ...rpcFamilies(services.registry.metrics),
  ]);
  const ofMember = clusterMetrics(
    () => cluster.urls,
    () => clusterTls.security.dial(),
  );
  return new Map<string, Route>([
    ['/metrics', { endpoint: ofMember, methods: 'any' }],
    ['/health', get(clusterHealth(cluster, health))],
    ['/proxy/metrics', { endpoint: metrics.endpoint, methods: 'any' }],
    ['/proxy/health', get(proxyHealth(() => itself.get(), health))],
    ...(values['enable-pprof'] ? profileRoutes() : []),
  ]);
}

const serverOptions = (values: GrpcProxyValues): GrpcServerOptions => ({
  limits: {
    messageBytesMax: REQUEST_BYTES_MAX,
    concurrentStreamsMax: Math.min(values['max-concurrent-streams'], STREAMS_MAX),
  },
  keepalive: {
    minTimeMs: values['grpc-keepalive-min-time'],
    intervalMs: values['grpc-keepalive-interval'],
    timeoutMs: values['grpc-keepalive-timeout'],
  },
});

const get = (endpoint: Endpoint): Route => ({ endpoint, methods: 'GET' });

function checkFlags(values: GrpcProxyValues): void {
  const { 'resolver-prefix': prefix, 'resolver-ttl': ttlSeconds } = values;
  if (prefix !== '' && ttlSeconds < 1) {
    throw new ConfigurationError(
      `invalid resolver-ttl ${ttlSeconds}: with --resolver-prefix ${prefix} it is a number of seconds`,
    );
  }
  if (prefix === '' && ttlSeconds > 0) {
    throw new ConfigurationError(
      `invalid resolver-prefix "": --resolver-ttl ${ttlSeconds} is that of a registration, which takes a prefix`,
    );
  }
  if (prefix !== '' && values['advertise-client-url'] === '') {
    throw new ConfigurationError(
      `invalid advertise-client-url "": it is what is registered below --resolver-prefix ${prefix}`,
    );
  }
}

function tlsOptions({ isServed, security }: ListenTls): GrpcServerOptions {
  const onForeignProtocol = (peer: string, protocol: 'tls' | 'unknown'): void =>
    security.refusals.foreign(peer, protocol);
  const serving = isServed ? security.serve() : undefined;
  if (serving === undefined) return { onForeignProtocol };
  return { onForeignProtocol, tls: serving.tls, tlsGate: serving.gate };
}

/** Throws `ConfigurationError`. */
async function openMetrics(
  text: string,
  router: ReturnType<typeof createRouter>,
  { isServed, security }: ListenTls,
): Promise<HttpPort | undefined> {
  if (text === '') return undefined;
  const address = metricsAddress(text);
  if (isSecure(address) && !isServed) {
    throw new ConfigurationError(
      `--metrics-addr ${text} has the scheme of TLS: give --cert-file and --key-file, or --auto-tls`,
    );
  }
  const port = new HttpPort({
    http: createServer(router),
    serving: isSecure(address) ? security.serve() : undefined,
    connectionsMax: METRICS_CONNECTIONS_MAX,
    foreign: (peer, protocol) => security.refusals.foreign(peer, protocol),
  });
  await port.listen(address, 'metrics-addr');
  return port;
}

function metricsAddress(text: string): ReturnType<typeof parseAddress> {
  try {
    return parseAddress(text);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    throw new ConfigurationError(
      `invalid argument "${text}" for "--metrics-addr": ${error.message}`,
    );
  }
}
