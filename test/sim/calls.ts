/** The calls that simulated clients make: for each kind its RPC and its messages. */
import {
  Cluster,
  CompactionRequest,
  CompactionResponse,
  DeleteRangeRequest,
  DeleteRangeResponse,
  HashKVRequest,
  HashKVResponse,
  KV,
  Lease,
  LeaseGrantRequest,
  LeaseGrantResponse,
  LeaseKeepAliveRequest,
  LeaseKeepAliveResponse,
  LeaseLeasesRequest,
  LeaseLeasesResponse,
  LeaseRevokeRequest,
  LeaseRevokeResponse,
  LeaseTimeToLiveRequest,
  LeaseTimeToLiveResponse,
  Maintenance,
  MemberAddRequest,
  MemberAddResponse,
  MemberListRequest,
  MemberListResponse,
  MemberPromoteRequest,
  MemberPromoteResponse,
  MemberRemoveRequest,
  MemberRemoveResponse,
  MoveLeaderRequest,
  MoveLeaderResponse,
  PutRequest,
  PutResponse,
  RangeRequest,
  RangeResponse,
  TxnRequest,
  TxnResponse,
  encode,
  type MessageType,
} from '@concord/protocol';
import type { CallKind } from './temper.ts';

interface Requests {
  put: PutRequest;
  'delete-range': DeleteRangeRequest;
  txn: TxnRequest;
  range: RangeRequest;
  'past-range': RangeRequest;
  compact: CompactionRequest;
  'lease-grant': LeaseGrantRequest;
  'lease-keep-alive': LeaseKeepAliveRequest;
  'lease-revoke': LeaseRevokeRequest;
  'lease-time-to-live': LeaseTimeToLiveRequest;
  'lease-list': LeaseLeasesRequest;
  'hash-kv': HashKVRequest;
  'member-add': MemberAddRequest;
  'member-remove': MemberRemoveRequest;
  'member-promote': MemberPromoteRequest;
  'member-list': MemberListRequest;
  'move-leader': MoveLeaderRequest;
}

interface Responses {
  put: PutResponse;
  'delete-range': DeleteRangeResponse;
  txn: TxnResponse;
  range: RangeResponse;
  'past-range': RangeResponse;
  compact: CompactionResponse;
  'lease-grant': LeaseGrantResponse;
  'lease-keep-alive': LeaseKeepAliveResponse;
  'lease-revoke': LeaseRevokeResponse;
  'lease-time-to-live': LeaseTimeToLiveResponse;
  'lease-list': LeaseLeasesResponse;
  'hash-kv': HashKVResponse;
  'member-add': MemberAddResponse;
  'member-remove': MemberRemoveResponse;
  'member-promote': MemberPromoteResponse;
  'member-list': MemberListResponse;
  'move-leader': MoveLeaderResponse;
}

export type RequestOf<Kind extends CallKind> = Requests[Kind];
export type ResponseOf<Kind extends CallKind> = Responses[Kind];

interface Rpc<Kind extends CallKind> {
  readonly path: string;
  readonly request: MessageType<RequestOf<Kind>>;
  readonly response: MessageType<ResponseOf<Kind>>;
}

const { range, put, deleteRange, txn, compact } = KV.methods;
const { leaseGrant, leaseKeepAlive, leaseRevoke, leaseTimeToLive, leaseLeases } = Lease.methods;
const { hashKV, moveLeader } = Maintenance.methods;
const { memberAdd, memberRemove, memberPromote, memberList } = Cluster.methods;

export const rpcs: { readonly [Kind in CallKind]: Rpc<Kind> } = {
  put: { path: put.path, request: PutRequest, response: PutResponse },
  'delete-range': {
    path: deleteRange.path,
    request: DeleteRangeRequest,
    response: DeleteRangeResponse,
  },
  txn: { path: txn.path, request: TxnRequest, response: TxnResponse },
  range: { path: range.path, request: RangeRequest, response: RangeResponse },
  'past-range': { path: range.path, request: RangeRequest, response: RangeResponse },
  compact: { path: compact.path, request: CompactionRequest, response: CompactionResponse },
  'lease-grant': {
    path: leaseGrant.path,
    request: LeaseGrantRequest,
    response: LeaseGrantResponse,
  },
  'lease-keep-alive': {
    path: leaseKeepAlive.path,
    request: LeaseKeepAliveRequest,
    response: LeaseKeepAliveResponse,
  },
  'lease-revoke': {
    path: leaseRevoke.path,
    request: LeaseRevokeRequest,
    response: LeaseRevokeResponse,
  },
  'lease-time-to-live': {
    path: leaseTimeToLive.path,
    request: LeaseTimeToLiveRequest,
    response: LeaseTimeToLiveResponse,
  },
  'lease-list': {
    path: leaseLeases.path,
    request: LeaseLeasesRequest,
    response: LeaseLeasesResponse,
  },
  'hash-kv': { path: hashKV.path, request: HashKVRequest, response: HashKVResponse },
  'member-add': { path: memberAdd.path, request: MemberAddRequest, response: MemberAddResponse },
  'member-remove': {
    path: memberRemove.path,
    request: MemberRemoveRequest,
    response: MemberRemoveResponse,
  },
  'member-promote': {
    path: memberPromote.path,
    request: MemberPromoteRequest,
    response: MemberPromoteResponse,
  },
  'member-list': {
    path: memberList.path,
    request: MemberListRequest,
    response: MemberListResponse,
  },
  'move-leader': {
    path: moveLeader.path,
    request: MoveLeaderRequest,
    response: MoveLeaderResponse,
  },
};

/** A field number that no message of the protocol uses: readers pass over it, and logs carry it. */
const MARK_FIELD = 15_000;
const VARINT = 0;

/** The request with its number in it, so that no two requests are ever the same bytes. */
export function encodeMarked<Kind extends CallKind>(
  kind: Kind,
  request: RequestOf<Kind>,
  number: number,
): Uint8Array {
  const message = encode(rpcs[kind].request, request);
  const mark = [...varint(MARK_FIELD * 8 + VARINT), ...varint(number)];
  const bytes = new Uint8Array(message.length + mark.length);
  bytes.set(message);
  bytes.set(mark, message.length);
  return bytes;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}
