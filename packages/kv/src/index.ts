/** What committed entries mean, and the loop that applies them: see README.md and DESIGN.md. */
export { hasPut } from './alarm-rules.ts';
export type { Alarm } from './alarms.ts';
export { Alarms } from './alarms.ts';
export { readApplied } from './applied.ts';
export { forceNewCluster, foundCluster } from './cluster-founding.ts';
export type { Applied } from './applied.ts';
export type { ApplyOutcome } from './apply-outcome.ts';
export { decodeCommand, decodeRequest, encodeCommand, payloadOf } from './command.ts';
export type { Command, CommandKind } from './command.ts';
export { Asker, BY_MEMBER, isNameTooLong } from './auth/asker.ts';
export type { AskedBy } from './auth/asker.ts';
export type { Refusal } from './auth/access-control.ts';
export { rootPermission } from './auth/administration.ts';
export type { Auth } from './auth/auth.ts';
export type { Session } from './auth/tokens.ts';
export type { KeyAccess, User } from './auth/user.ts';
export { readConfiguration } from './configuration-row.ts';
export {
  ETCD_STORAGE_VERSION,
  etcdBuckets,
  metaKeys as etcdMetaKeys,
  readEtcdMember,
  readEtcdNumber,
} from './interchange/etcd-bucket.ts';
export type { EtcdBucket } from './interchange/etcd-bucket.ts';
export { EtcdExport } from './interchange/etcd-export.ts';
export { EtcdImport } from './interchange/etcd-import.ts';
export type { EtcdImportEnd, EtcdImportReport } from './interchange/etcd-import.ts';
export { EtcdRowError, decodeRecordKey, parseRevisionKey } from './interchange/etcd-row.ts';
export type { EtcdRowSink, HeldRows } from './interchange/etcd-export.ts';
export { LogReplay } from './log-replay.ts';
export type { ReplayEnd } from './log-replay.ts';
export type { LeaseTime } from './leader-calls.ts';
export { decideGrant, ttlSecondsMin } from './lease/lease-limits.ts';
export { crc32c } from './hash/crc32c.ts';
export type { HashKvResult } from './hash/hash-kv.ts';
export { Lessor } from './lease/lessor.ts';
export type { TimeToLiveOutcome } from './lease/lessor.ts';
export type {
  AnswerMessage,
  CallMessage,
  MemberMessage,
  StateHashMessage,
} from './member-message.ts';
export { Members } from './members.ts';
export { MemoryStore } from './memory-store.ts';
export type { Change } from './mvcc/change.ts';
export type { RangePiece, RangeWalk, RangeWalkEnd } from './mvcc/range-walk.ts';
export { MvccStore } from './mvcc/mvcc-store.ts';
export type {
  DeleteRangeResult,
  OpResult,
  PutResult,
  RangeResult,
  TxnResult,
} from './mvcc/result.ts';
export { tables } from './ordered-store.ts';
export type { OrderedStore, ScanRange, StoreBatch, Table, TableWrites } from './ordered-store.ts';
export type { MembershipRules } from './membership-changes.ts';
export { ORIGIN_BYTES, isForwarded } from './proposal-origin.ts';
export type { Settle } from './proposals.ts';
export { Replica } from './replica.ts';
export type { RecoveredState, ReplicaOptions } from './replica-options.ts';
export { ResponseHeaderWriter, writeNestedHeader } from './response-header.ts';
export { StateMachine } from './state-machine.ts';
export { findDisagreement } from './table-agreement.ts';
export { checkDeleteRange, checkPut, checkRange, checkRangeStream, checkTxn } from './txn/check.ts';
export { numbersHold, valueHolds } from './txn/condition.ts';
export { isReadOnly, isSerializable } from './txn/read-only.ts';
export type { WatchSink } from './watch/watch-sink.ts';
export { WatchStream } from './watch/watch-stream.ts';
export type {
  DurableLog,
  HeldSnapshot,
  ReplicaObserver,
  Snapshots,
  Transport,
  World,
} from './world.ts';
