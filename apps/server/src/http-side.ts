/**
 * What answers HTTP at the addresses of a member: everything for clients, and what a monitor asks at addresses for
 * metrics, which others may reach.
 */
import type { RequestListener } from 'node:http';
import type { Replica } from '@concord/kv';
import type { LmdbStore } from '@concord/storage';
import type { Address } from './config/address.ts';
import type { FlagValues } from './config/flags.ts';
import { descriptorLimit } from './descriptors.ts';
import { Access, accessRules } from './http/access.ts';
import { debugVars } from './http/debug-vars.ts';
import { profileRoutes } from './http/debug-profile.ts';
import { health } from './http/health.ts';
import { livenessChecks, readinessChecks } from './http/probe-checks.ts';
import { probeRoutes } from './http/probe.ts';
import { createRouter, type Mount, type Route } from './http/router.ts';
import { version } from './http/version.ts';
import type { Log } from './log.ts';
import { Metrics } from './metrics/metrics.ts';
import type { Monitor } from './metrics/monitor.ts';
import type { PeerTransport } from './peer/transport.ts';
import type { MethodMetrics } from './rpc/method-metrics.ts';

export interface HttpSideOptions {
  readonly replica: Replica;
  readonly store: LmdbStore;
  readonly transport: PeerTransport;
  readonly values: FlagValues;
  readonly log: Log;
  readonly monitor: Monitor;
  readonly methods: readonly MethodMetrics[];
  /** APIs with paths of their own. */
  readonly mounts: readonly Mount[];
  /** 0 for none. */
  readonly quotaBytes: number;
  /** Bytes that the log has written. */
  writtenBytes(): number;
}

export interface HttpSide {
  client(address: Address): RequestListener;
  metrics(address: Address): RequestListener;
}

export function createHttpSide(options: HttpSideOptions): HttpSide {
  const { values, log, mounts } = options;
  const monitored = monitoringRoutes(options);
  const routes = new Map([...monitored, ...debugRoutes(options)]);
  const failed = (path: string, error: unknown): void =>
    log.error({ path, error: String(error) }, 'an HTTP endpoint failed');
  const access = (address: Address) => new Access(accessRules(values, address));
  return {
    client: (address) => createRouter({ routes, mounts, access: access(address), failed }),
    metrics: (address) =>
      createRouter({ routes: monitored, mounts: [], access: access(address), failed }),
  };
}

function monitoringRoutes(options: HttpSideOptions): ReadonlyMap<string, Route> {
  const { replica, store, monitor, methods, quotaBytes, transport, writtenBytes } = options;
  const peers = () => transport.statuses();
  const metrics = new Metrics(
    monitor.families({ replica, store, methods, quotaBytes, writtenBytes, peers }),
  );
  return new Map<string, Route>([
    ['/health', { endpoint: health(replica, monitor.health), methods: 'GET' }],
    ...probeRoutes('livez', livenessChecks(replica), monitor.health),
    ...probeRoutes('readyz', readinessChecks(replica), monitor.health),
    ['/metrics', { endpoint: metrics.endpoint, methods: 'any' }],
  ]);
}

function debugRoutes({ replica, values }: HttpSideOptions): ReadonlyMap<string, Route> {
  const isProfiled = values['enable-pprof'] || values['log-level'] === 'debug';
  return new Map<string, Route>([
    ['/version', { endpoint: version, methods: 'GET' }],
    ['/debug/vars', { endpoint: debugVars(replica, descriptorLimit()), methods: 'GET' }],
    ...(isProfiled ? profileRoutes() : []),
  ]);
}
