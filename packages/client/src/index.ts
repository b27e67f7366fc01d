/** An etcd v3 client: see README.md. */
export {
  Auth,
  type Access,
  type GrantedPermission,
  type Permission,
} from './administration/auth.ts';
export {
  Cluster,
  type AddMemberOptions,
  type ClusterMember,
  type MemberAdded,
} from './administration/cluster.ts';
export {
  Maintenance,
  type Alarm,
  type AlarmKind,
  type MemberOptions,
  type MemberStatus,
  type SnapshotChunk,
  type StoreHash,
} from './administration/maintenance.ts';
export { Client, type ClientEvents, type ConnectionChange } from './client.ts';
export type { AppOptions, ClientOptions } from './client-options.ts';
export { durationMs, DURATION_MS_MAX, type Duration } from './duration.ts';
export {
  ConcordError,
  type ConcordErrorCode,
  type ConcordErrorDetails,
  type Outcome,
} from './errors.ts';
export {
  EventSource,
  EVENTS_BUFFERED_MAX,
  type Events,
  type ListenOptions,
  type StreamOptions,
} from './events.ts';
export { keyBytes, keyText } from './key-text.ts';
export {
  compare,
  exists,
  missing,
  type Comparable,
  type Comparison,
  type Condition,
} from './kv/condition.ts';
export { Entry } from './kv/entry.ts';
export { describeRange, type Key, type KeyRange } from './kv/key-space.ts';
export {
  KeyValues,
  PAGE_ENTRIES,
  type DeleteOptions,
  type GetOptions,
  type PagesOptions,
  type PutOptions,
  type RangeOptions,
} from './kv/key-values.ts';
export type {
  DeleteResult,
  DeleteSelection,
  PutResult,
  PutSelection,
  RangeResult,
  RangeSelection,
} from './kv/requests.ts';
export {
  op,
  TxnBuilder,
  type CommitOptions,
  type CommitTxn,
  type Operation,
  type OperationResult,
  type TxnResult,
} from './kv/txn.ts';
export {
  Leases,
  type GrantOptions,
  type LeaseGrant,
  type LeaseTimeToLive,
} from './lease/leases.ts';
export {
  Session,
  type CloseOptions,
  type LossCause,
  type SessionEvents,
  type SessionOptions,
  type SessionState,
} from './lease/session.ts';
export { silentLogger, type Logger } from './logger.ts';
export {
  Mirror,
  type MirrorBatch,
  type MirrorOptions,
  type MirrorState,
  type ResyncReason,
} from './mirror/mirror.ts';
export { checkNames, invalid, show, type CallOptions } from './options.ts';
export { errorType, spanFailed } from './telemetry.ts';
export type { Credentials, TlsOptions } from './transport/credentials.ts';
export type { Change } from './watch/change.ts';
export { Watch, WATCH_BUFFERED_MAX, type WatchBatch, type WatchOptions } from './watch/watch.ts';
