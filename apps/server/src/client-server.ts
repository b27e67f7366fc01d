/** What clients of a member talk to: the RPC services and the HTTP endpoints, on every client address. */
import { GrpcServer, type GrpcServerOptions } from '@concord/grpc-server';
import type { Replica } from '@concord/kv';
import type { ArchiveProgress, LmdbStore } from '@concord/storage';
import type { Address } from './config/address.ts';
import type { FlagValues } from './config/flags.ts';
import type { PeerTransport } from './peer/transport.ts';
import type { HttpPort } from './http/http-port.ts';
import { HttpSide } from './http/http-side.ts';
import { openMetricsPort } from './http/metrics-port.ts';
import type { Identity } from './identity.ts';
import { listenOn } from './listener.ts';
import type { Log } from './log.ts';
import type { Monitor } from './metrics/monitor.ts';
import type { OperatorLog } from './operator-log.ts';
import { registerServices, type Services } from './rpc/services.ts';
import type { PortSecurity } from './tls/port-security.ts';
import { isSecure, type TransportSecurity } from './tls/transport-security.ts';

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
  readonly security: TransportSecurity;
  readonly log: Log;
  readonly monitor: Monitor;
  /** Bytes that the log has written. */
  writtenBytes(): number;
  /** Of the log, where it is archived. */
  archive(): ArchiveProgress | undefined;
  readonly operatorLog: OperatorLog;
  /** This member has raised the alarm NOSPACE. */
  readonly noSpaceRaised: () => void;
}

type ClientAddressFlag = 'listen-client-urls' | 'listen-client-http-urls';

export class ClientServer {
  /** `host:port`, or the path of a socket. */
  readonly endpoints: readonly string[];
  readonly #servers: readonly GrpcServer[];
  readonly #metricsPorts: readonly HttpPort[];
  readonly #services: Services;
  readonly #http: HttpSide;

  private constructor(
    services: Services,
    http: HttpSide,
    servers: readonly GrpcServer[],
    metricsPorts: readonly HttpPort[],
    endpoints: readonly string[],
  ) {
    this.#services = services;
    this.#http = http;
    this.#servers = servers;
    this.#metricsPorts = metricsPorts;
    this.endpoints = endpoints;
  }

  /** Serves when it resolves. Throws `ConfigurationError`. */
  static async start(options: ClientServerOptions): Promise<ClientServer> {
    const { values, log } = options;
    const security = options.security.client;
    const services = registerServices(options);
    const { registry } = services;
    const http = new HttpSide(options, registry, messageBytesMax(values));
    const servers: GrpcServer[] = [];
    const served: string[] = [];
    const open = async (address: Address, flag: ClientAddressFlag): Promise<string> => {
      const isForHttp = flag === 'listen-client-http-urls';
      const isGrpcAlone = !isForHttp && values['listen-client-http-urls'].length > 0;
      const server = new GrpcServer(isForHttp ? new Map() : registry.methods, {
        ...serverOptions(values),
        ...(!isGrpcAlone && { http: http.client(address) }),
        ...tlsOptions(security, isSecure(address)),
        isPlainToo: isAlsoPlain(address, values[flag]),
      });
      servers.push(server);
      const endpoint = await listenOn(server, address, flag);
      served.push(endpoint);
      return endpoint;
    };
    const endpoints: string[] = [];
    for (const address of values['listen-client-urls'].filter(isServedByItself)) {
      endpoints.push(await open(address, 'listen-client-urls'));
    }
    for (const address of values['listen-client-http-urls'].filter(isServedByItself)) {
      await open(address, 'listen-client-http-urls');
    }
    const metricsPorts = await Promise.all(
      values['listen-metrics-urls'].map((address) =>
        openMetricsPort(address, http.metrics(address), security),
      ),
    );
    // Who waits for the first of these lines goes on to any of the ports.
    for (const address of served) log.info({ address }, 'ready to serve client requests');
    return new ClientServer(services, http, servers, metricsPorts, endpoints);
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
    this.#http.stop();
    await Promise.all(this.#metricsPorts.map((port) => port.close()));
    await Promise.all(this.#servers.map((server) => server.close(STOP_GRACE_MS)));
    await this.#services.auth.stop();
  }
}

/** One port may be listed with TLS and without; whoever connects shows which it is, as with etcd. */
const isAlsoPlain = (address: Address, all: readonly Address[]): boolean =>
  isSecure(address) && all.some((other) => !isSecure(other) && isSamePlace(other, address));

/** Not by a secure port at the same place. */
const isServedByItself = (address: Address, _: number, all: readonly Address[]): boolean =>
  isSecure(address) || !all.some((other) => isSecure(other) && isSamePlace(other, address));

const isSamePlace = (a: Address, b: Address): boolean => a.host === b.host && a.port === b.port;

/** What a port hears first tells whether the client took it for what it is. */
function tlsOptions(security: PortSecurity, isServedWithTls: boolean): GrpcServerOptions {
  const { refusals } = security;
  const onForeignProtocol = (peer: string, protocol: 'tls' | 'unknown'): void =>
    refusals.foreign(peer, protocol);
  const serving = isServedWithTls ? security.serve() : undefined;
  if (serving === undefined) return { onForeignProtocol };
  return { onForeignProtocol, tls: serving.tls, tlsGate: serving.gate };
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
