/** The whole SDK in one import: see README.md. */
export { Concord, type CloseOptions } from './concord.ts';
export type { ConnectOptions, SharedCacheOptions } from './connect-options.ts';
export { connect } from './connect.ts';
export type { HealthOptions, HealthReport } from './health.ts';

export {
  Client,
  compare,
  ConcordError,
  exists,
  missing,
  op,
  type AppOptions,
  type CallOptions,
  type ClientOptions,
  type ConcordErrorCode,
  type Condition,
  type Credentials,
  type Duration,
  type Entry,
  type Events,
  type Logger,
  type Mirror,
  type Outcome,
  type Session,
  type TlsOptions,
  type Watch,
} from '@concord/client';
export {
  defineService,
  type DiscoverOptions,
  type DrainOptions,
  type DrainReport,
  type Instance,
  type InstanceState,
  type RegisterOptions,
  type Registration,
  type Registry,
  type ServiceDefinition,
  type ServiceView,
} from '@concord/registry';
export {
  defineConfig,
  type ConfigDefinition,
  type Configuration,
  type LiveValue,
  type WatchOptions as ConfigWatchOptions,
} from '@concord/config';
export {
  assertFresh,
  ClusterFenceStore,
  MemoryFenceStore,
  type Candidacy,
  type Elections,
  type FenceStore,
  type HeldElection,
  type HeldLock,
  type HeldLocks,
  type Leader,
  type LockInspection,
  type LockOptions,
  type Locks,
  type TickOptions,
  type TickResult,
} from '@concord/lock';
