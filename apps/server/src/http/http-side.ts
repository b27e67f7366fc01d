/** What a member answers by HTTP: of clients everything, at an address for metrics only what a monitor asks. */
import type { RequestListener, Server } from 'node:http';
import type { ClientServerOptions } from '../client-server.ts';
import { clusterVersionOf } from '../cluster-version.ts';
import type { Address } from '../config/address.ts';
import type { FlagValues } from '../config/flags.ts';
import { descriptorLimit } from '../descriptors.ts';
import { Metrics } from '../metrics/metrics.ts';
import type { MonitorSources } from '../metrics/monitor.ts';
import { shownQuotaBytes } from '../rpc/limits.ts';
import { LocalCalls } from '../rpc/local-call.ts';
import { tlsMetrics } from '../tls/tls-metrics.ts';
import type { MethodRegistry } from '../rpc/method.ts';
import { Access, accessRules } from './access.ts';
import { profileRoutes } from './debug-profile.ts';
import { debugVars } from './debug-vars.ts';
import { Gateway } from './gateway/gateway.ts';
import { health } from './health.ts';
import { kvMount } from './kv/kv-api.ts';
import { livenessChecks, readinessChecks } from './probe-checks.ts';
import { probeRoutes } from './probe.ts';
import { createHttpServer } from './http-server.ts';
import { createRouter, createUpgrade, type Mount, type Route } from './router.ts';
import { V2Api } from './v2/v2-api.ts';
import { version } from './version.ts';

type Routes = ReadonlyMap<string, Route>;

export class HttpSide {
  readonly #options: ClientServerOptions;
  readonly #monitored: Routes;
  readonly #routes: Routes;
  readonly #mounts: readonly Mount[];
  readonly #gateway: Gateway | undefined;
  readonly #v2: V2Api | undefined;

  /** @param bodyBytesMax what one message of a client may have at most. */
  constructor(options: ClientServerOptions, registry: MethodRegistry, bodyBytesMax: number) {
    this.#options = options;
    this.#monitored = monitoringRoutes(options, registry, () => this.#v2?.counts);
    this.#routes = new Map([...this.#monitored, ...debugRoutes(options)]);
    const calls = new LocalCalls(registry.methods);
    this.#v2 = options.values['enable-v2'] ? createV2Api(options, calls) : undefined;
    const isOverHttp = options.values['enable-grpc-gateway'];
    const isNameAUser = (): boolean =>
      options.values['client-cert-auth'] && options.replica.machine.auth.isEnabled;
    this.#gateway = isOverHttp ? new Gateway(calls, bodyBytesMax, isNameAUser) : undefined;
    this.#mounts = [
      ...(this.#gateway?.mounts ?? []),
      ...(isOverHttp ? [kvMount(calls, bodyBytesMax)] : []),
      ...(this.#v2 === undefined ? [] : [this.#v2.mount]),
    ];
  }

  /** Not listening. */
  client(address: Address): Server {
    const access = new Access(accessRules(this.#options.values, address));
    return createHttpServer(this.#router(access, this.#routes, this.#mounts), {
      upgrade: createUpgrade({ mounts: this.#mounts, access }),
    });
  }

  /** Without the APIs: others than clients can reach it. */
  metrics(address: Address): RequestListener {
    const access = new Access(accessRules(this.#options.values, address));
    return this.#router(access, this.#monitored, []);
  }

  stop(): void {
    this.#gateway?.stop();
    this.#v2?.stop();
  }

  #router(access: Access, routes: Routes, mounts: readonly Mount[]): RequestListener {
    const { log } = this.#options;
    return createRouter({
      routes,
      mounts,
      access,
      failed: (path, error) => log.error({ path, error: String(error) }, 'an HTTP endpoint failed'),
    });
  }
}

function monitoringRoutes(
  options: ClientServerOptions,
  registry: MethodRegistry,
  v2: MonitorSources['v2'],
): Routes {
  const { replica, store, values, monitor, transport, writtenBytes, archive, security } = options;
  const metrics = new Metrics(
    monitor.families({
      replica,
      store,
      methods: registry.metrics,
      quotaBytes: shownQuotaBytes(values['quota-backend-bytes']),
      writtenBytes,
      archive,
      peers: () => transport.statuses(),
      v2,
    }),
    tlsMetrics([security.client, security.peer]),
  );
  return new Map<string, Route>([
    ['/health', { endpoint: health(replica, monitor.health), methods: 'GET' }],
    ...probeRoutes('livez', livenessChecks(replica), monitor.health),
    ...probeRoutes('readyz', readinessChecks(replica), monitor.health),
    ['/metrics', { endpoint: metrics.endpoint, methods: 'any' }],
  ]);
}

const isProfiled = (values: FlagValues): boolean =>
  values['enable-pprof'] || values['log-level'] === 'debug';

function debugRoutes({ replica, values }: ClientServerOptions): Routes {
  return new Map<string, Route>([
    ['/version', { endpoint: version(() => clusterVersionOf(replica)), methods: 'GET' }],
    ['/debug/vars', { endpoint: debugVars(replica, descriptorLimit()), methods: 'GET' }],
    ...(isProfiled(values) ? profileRoutes() : []),
  ]);
}

function createV2Api(
  { replica, transport, identity, values, log }: ClientServerOptions,
  calls: LocalCalls,
): V2Api {
  const { memberId, clusterId } = identity;
  return new V2Api({
    calls,
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
      auth: () => ({
        isOn: replica.machine.auth.isEnabled,
        revision: replica.machine.auth.revision,
      }),
    },
    txnOpsMax: values['max-txn-ops'],
    now: () => Date.now(),
    onFailure: (what, error) => log.error({ what, error: String(error) }, 'the v2 API failed'),
  });
}
