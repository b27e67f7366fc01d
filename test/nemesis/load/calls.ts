/** The calls that clients of the nemesis make: for each kind its method and its messages. */
import {
  Cluster,
  KV,
  Lease,
  type CompactionRequest,
  type CompactionResponse,
  type DeleteRangeRequest,
  type DeleteRangeResponse,
  type LeaseGrantRequest,
  type LeaseGrantResponse,
  type LeaseKeepAliveRequest,
  type LeaseKeepAliveResponse,
  type LeaseRevokeRequest,
  type LeaseRevokeResponse,
  type MemberListRequest,
  type MemberListResponse,
  type PutRequest,
  type PutResponse,
  type RangeRequest,
  type RangeResponse,
  type TxnRequest,
  type TxnResponse,
} from '@concord/protocol';

/** Request and response, by kind of call. */
export interface Calls {
  put: [PutRequest, PutResponse];
  'delete-range': [DeleteRangeRequest, DeleteRangeResponse];
  txn: [TxnRequest, TxnResponse];
  range: [RangeRequest, RangeResponse];
  compact: [CompactionRequest, CompactionResponse];
  'lease-grant': [LeaseGrantRequest, LeaseGrantResponse];
  'lease-keep-alive': [LeaseKeepAliveRequest, LeaseKeepAliveResponse];
  'lease-revoke': [LeaseRevokeRequest, LeaseRevokeResponse];
  'member-list': [MemberListRequest, MemberListResponse];
}

export type CallKind = keyof Calls;
export type RequestOf<Kind extends CallKind> = Calls[Kind][0];
export type ResponseOf<Kind extends CallKind> = Calls[Kind][1];

export const methods = {
  put: KV.methods.put,
  'delete-range': KV.methods.deleteRange,
  txn: KV.methods.txn,
  range: KV.methods.range,
  compact: KV.methods.compact,
  'lease-grant': Lease.methods.leaseGrant,
  'lease-keep-alive': Lease.methods.leaseKeepAlive,
  'lease-revoke': Lease.methods.leaseRevoke,
  'member-list': Cluster.methods.memberList,
} as const;
