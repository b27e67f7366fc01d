/**
 * The fields of etcd's messages, by message: what JSON is made of and read by.
 *
 * Generated from proto/etcd/: edit that, not this.
 */
import type { FieldRow } from '../json/message-shape.ts';
import {
  Permission_Type,
} from './etcd/auth.ts';
import {
  Event_EventType,
} from './etcd/kv.ts';
import {
  AlarmRequest_AlarmAction,
  AlarmType,
  Compare_CompareResult,
  Compare_CompareTarget,
  DowngradeRequest_DowngradeAction,
  RangeRequest_SortOrder,
  RangeRequest_SortTarget,
  WatchCreateRequest_FilterType,
} from './etcd/rpc.ts';

export const JSON_FIELDS: Readonly<Record<string, readonly FieldRow[]>> = {
  'authpb.UserAddOptions': [
    { number: 1, name: 'no_password', type: 'bool' },
  ],
  'authpb.User': [
    { number: 1, name: 'name', type: 'bytes' },
    { number: 2, name: 'password', type: 'bytes' },
    { number: 3, name: 'roles', type: 'string', isRepeated: true },
    { number: 4, name: 'options', type: 'message', of: 'authpb.UserAddOptions' },
  ],
  'authpb.Permission': [
    { number: 1, name: 'permType', type: 'enum', values: Permission_Type },
    { number: 2, name: 'key', type: 'bytes' },
    { number: 3, name: 'range_end', type: 'bytes' },
  ],
  'authpb.Role': [
    { number: 1, name: 'name', type: 'bytes' },
    { number: 2, name: 'keyPermission', type: 'message', of: 'authpb.Permission', isRepeated: true },
  ],
  'mvccpb.KeyValue': [
    { number: 1, name: 'key', type: 'bytes' },
    { number: 2, name: 'create_revision', type: 'int64' },
    { number: 3, name: 'mod_revision', type: 'int64' },
    { number: 4, name: 'version', type: 'int64' },
    { number: 5, name: 'value', type: 'bytes' },
    { number: 6, name: 'lease', type: 'int64' },
  ],
  'mvccpb.Event': [
    { number: 1, name: 'type', type: 'enum', values: Event_EventType },
    { number: 2, name: 'kv', type: 'message', of: 'mvccpb.KeyValue' },
    { number: 3, name: 'prev_kv', type: 'message', of: 'mvccpb.KeyValue' },
  ],
  'leasepb.LeaseRecord': [
    { number: 1, name: 'ID', type: 'int64' },
    { number: 2, name: 'TTL', type: 'int64' },
    { number: 3, name: 'RemainingTTL', type: 'int64' },
  ],
  'etcdserverpb.ResponseHeader': [
    { number: 1, name: 'cluster_id', type: 'uint64' },
    { number: 2, name: 'member_id', type: 'uint64' },
    { number: 3, name: 'revision', type: 'int64' },
    { number: 4, name: 'raft_term', type: 'uint64' },
  ],
  'etcdserverpb.RangeRequest': [
    { number: 1, name: 'key', type: 'bytes' },
    { number: 2, name: 'range_end', type: 'bytes' },
    { number: 3, name: 'limit', type: 'int64' },
    { number: 4, name: 'revision', type: 'int64' },
    { number: 5, name: 'sort_order', type: 'enum', values: RangeRequest_SortOrder },
    { number: 6, name: 'sort_target', type: 'enum', values: RangeRequest_SortTarget },
    { number: 7, name: 'serializable', type: 'bool' },
    { number: 8, name: 'keys_only', type: 'bool' },
    { number: 9, name: 'count_only', type: 'bool' },
    { number: 10, name: 'min_mod_revision', type: 'int64' },
    { number: 11, name: 'max_mod_revision', type: 'int64' },
    { number: 12, name: 'min_create_revision', type: 'int64' },
    { number: 13, name: 'max_create_revision', type: 'int64' },
  ],
  'etcdserverpb.RangeResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'kvs', type: 'message', of: 'mvccpb.KeyValue', isRepeated: true },
    { number: 3, name: 'more', type: 'bool' },
    { number: 4, name: 'count', type: 'int64' },
  ],
  'etcdserverpb.RangeStreamResponse': [
    { number: 1, name: 'range_response', type: 'message', of: 'etcdserverpb.RangeResponse' },
  ],
  'etcdserverpb.PutRequest': [
    { number: 1, name: 'key', type: 'bytes' },
    { number: 2, name: 'value', type: 'bytes' },
    { number: 3, name: 'lease', type: 'int64' },
    { number: 4, name: 'prev_kv', type: 'bool' },
    { number: 5, name: 'ignore_value', type: 'bool' },
    { number: 6, name: 'ignore_lease', type: 'bool' },
  ],
  'etcdserverpb.PutResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'prev_kv', type: 'message', of: 'mvccpb.KeyValue' },
  ],
  'etcdserverpb.DeleteRangeRequest': [
    { number: 1, name: 'key', type: 'bytes' },
    { number: 2, name: 'range_end', type: 'bytes' },
    { number: 3, name: 'prev_kv', type: 'bool' },
  ],
  'etcdserverpb.DeleteRangeResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'deleted', type: 'int64' },
    { number: 3, name: 'prev_kvs', type: 'message', of: 'mvccpb.KeyValue', isRepeated: true },
  ],
  'etcdserverpb.RequestOp': [
    { number: 1, name: 'request_range', type: 'message', of: 'etcdserverpb.RangeRequest', oneof: 'etcdserverpb.RequestOp.request' },
    { number: 2, name: 'request_put', type: 'message', of: 'etcdserverpb.PutRequest', oneof: 'etcdserverpb.RequestOp.request' },
    { number: 3, name: 'request_delete_range', type: 'message', of: 'etcdserverpb.DeleteRangeRequest', oneof: 'etcdserverpb.RequestOp.request' },
    { number: 4, name: 'request_txn', type: 'message', of: 'etcdserverpb.TxnRequest', oneof: 'etcdserverpb.RequestOp.request' },
  ],
  'etcdserverpb.ResponseOp': [
    { number: 1, name: 'response_range', type: 'message', of: 'etcdserverpb.RangeResponse', oneof: 'etcdserverpb.ResponseOp.response' },
    { number: 2, name: 'response_put', type: 'message', of: 'etcdserverpb.PutResponse', oneof: 'etcdserverpb.ResponseOp.response' },
    { number: 3, name: 'response_delete_range', type: 'message', of: 'etcdserverpb.DeleteRangeResponse', oneof: 'etcdserverpb.ResponseOp.response' },
    { number: 4, name: 'response_txn', type: 'message', of: 'etcdserverpb.TxnResponse', oneof: 'etcdserverpb.ResponseOp.response' },
  ],
  'etcdserverpb.Compare': [
    { number: 1, name: 'result', type: 'enum', values: Compare_CompareResult },
    { number: 2, name: 'target', type: 'enum', values: Compare_CompareTarget },
    { number: 3, name: 'key', type: 'bytes' },
    { number: 4, name: 'version', type: 'int64', oneof: 'etcdserverpb.Compare.target_union' },
    { number: 5, name: 'create_revision', type: 'int64', oneof: 'etcdserverpb.Compare.target_union' },
    { number: 6, name: 'mod_revision', type: 'int64', oneof: 'etcdserverpb.Compare.target_union' },
    { number: 7, name: 'value', type: 'bytes', oneof: 'etcdserverpb.Compare.target_union' },
    { number: 8, name: 'lease', type: 'int64', oneof: 'etcdserverpb.Compare.target_union' },
    { number: 64, name: 'range_end', type: 'bytes' },
  ],
  'etcdserverpb.TxnRequest': [
    { number: 1, name: 'compare', type: 'message', of: 'etcdserverpb.Compare', isRepeated: true },
    { number: 2, name: 'success', type: 'message', of: 'etcdserverpb.RequestOp', isRepeated: true },
    { number: 3, name: 'failure', type: 'message', of: 'etcdserverpb.RequestOp', isRepeated: true },
  ],
  'etcdserverpb.TxnResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'succeeded', type: 'bool' },
    { number: 3, name: 'responses', type: 'message', of: 'etcdserverpb.ResponseOp', isRepeated: true },
  ],
  'etcdserverpb.CompactionRequest': [
    { number: 1, name: 'revision', type: 'int64' },
    { number: 2, name: 'physical', type: 'bool' },
  ],
  'etcdserverpb.CompactionResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'etcdserverpb.HashRequest': [],
  'etcdserverpb.HashResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'hash', type: 'uint32' },
  ],
  'etcdserverpb.HashKVRequest': [
    { number: 1, name: 'revision', type: 'int64' },
  ],
  'etcdserverpb.HashKVResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'hash', type: 'uint32' },
    { number: 3, name: 'compact_revision', type: 'int64' },
    { number: 4, name: 'hash_revision', type: 'int64' },
  ],
  'etcdserverpb.SnapshotRequest': [],
  'etcdserverpb.SnapshotResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'remaining_bytes', type: 'uint64' },
    { number: 3, name: 'blob', type: 'bytes' },
    { number: 4, name: 'version', type: 'string' },
  ],
  'etcdserverpb.WatchRequest': [
    { number: 1, name: 'create_request', type: 'message', of: 'etcdserverpb.WatchCreateRequest', oneof: 'etcdserverpb.WatchRequest.request_union' },
    { number: 2, name: 'cancel_request', type: 'message', of: 'etcdserverpb.WatchCancelRequest', oneof: 'etcdserverpb.WatchRequest.request_union' },
    { number: 3, name: 'progress_request', type: 'message', of: 'etcdserverpb.WatchProgressRequest', oneof: 'etcdserverpb.WatchRequest.request_union' },
  ],
  'etcdserverpb.WatchCreateRequest': [
    { number: 1, name: 'key', type: 'bytes' },
    { number: 2, name: 'range_end', type: 'bytes' },
    { number: 3, name: 'start_revision', type: 'int64' },
    { number: 4, name: 'progress_notify', type: 'bool' },
    { number: 5, name: 'filters', type: 'enum', values: WatchCreateRequest_FilterType, isRepeated: true },
    { number: 6, name: 'prev_kv', type: 'bool' },
    { number: 7, name: 'watch_id', type: 'int64' },
    { number: 8, name: 'fragment', type: 'bool' },
  ],
  'etcdserverpb.WatchCancelRequest': [
    { number: 1, name: 'watch_id', type: 'int64' },
  ],
  'etcdserverpb.WatchProgressRequest': [],
  'etcdserverpb.WatchResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'watch_id', type: 'int64' },
    { number: 3, name: 'created', type: 'bool' },
    { number: 4, name: 'canceled', type: 'bool' },
    { number: 5, name: 'compact_revision', type: 'int64' },
    { number: 6, name: 'cancel_reason', type: 'string' },
    { number: 7, name: 'fragment', type: 'bool' },
    { number: 11, name: 'events', type: 'message', of: 'mvccpb.Event', isRepeated: true },
  ],
  'etcdserverpb.LeaseGrantRequest': [
    { number: 1, name: 'TTL', type: 'int64' },
    { number: 2, name: 'ID', type: 'int64' },
  ],
  'etcdserverpb.LeaseGrantResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'ID', type: 'int64' },
    { number: 3, name: 'TTL', type: 'int64' },
    { number: 4, name: 'error', type: 'string' },
  ],
  'etcdserverpb.LeaseRevokeRequest': [
    { number: 1, name: 'ID', type: 'int64' },
  ],
  'etcdserverpb.LeaseRevokeResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'etcdserverpb.LeaseCheckpoint': [
    { number: 1, name: 'ID', type: 'int64' },
    { number: 2, name: 'remaining_TTL', type: 'int64' },
  ],
  'etcdserverpb.LeaseCheckpointRequest': [
    { number: 1, name: 'checkpoints', type: 'message', of: 'etcdserverpb.LeaseCheckpoint', isRepeated: true },
  ],
  'etcdserverpb.LeaseCheckpointResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'etcdserverpb.LeaseKeepAliveRequest': [
    { number: 1, name: 'ID', type: 'int64' },
  ],
  'etcdserverpb.LeaseKeepAliveResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'ID', type: 'int64' },
    { number: 3, name: 'TTL', type: 'int64' },
  ],
  'etcdserverpb.LeaseTimeToLiveRequest': [
    { number: 1, name: 'ID', type: 'int64' },
    { number: 2, name: 'keys', type: 'bool' },
  ],
  'etcdserverpb.LeaseTimeToLiveResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'ID', type: 'int64' },
    { number: 3, name: 'TTL', type: 'int64' },
    { number: 4, name: 'grantedTTL', type: 'int64' },
    { number: 5, name: 'keys', type: 'bytes', isRepeated: true },
  ],
  'etcdserverpb.LeaseLeasesRequest': [],
  'etcdserverpb.LeaseStatus': [
    { number: 1, name: 'ID', type: 'int64' },
  ],
  'etcdserverpb.LeaseLeasesResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'leases', type: 'message', of: 'etcdserverpb.LeaseStatus', isRepeated: true },
  ],
  'etcdserverpb.Member': [
    { number: 1, name: 'ID', type: 'uint64' },
    { number: 2, name: 'name', type: 'string' },
    { number: 3, name: 'peerURLs', type: 'string', isRepeated: true },
    { number: 4, name: 'clientURLs', type: 'string', isRepeated: true },
    { number: 5, name: 'isLearner', type: 'bool' },
  ],
  'etcdserverpb.MemberAddRequest': [
    { number: 1, name: 'peerURLs', type: 'string', isRepeated: true },
    { number: 2, name: 'isLearner', type: 'bool' },
  ],
  'etcdserverpb.MemberAddResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'member', type: 'message', of: 'etcdserverpb.Member' },
    { number: 3, name: 'members', type: 'message', of: 'etcdserverpb.Member', isRepeated: true },
  ],
  'etcdserverpb.MemberRemoveRequest': [
    { number: 1, name: 'ID', type: 'uint64' },
  ],
  'etcdserverpb.MemberRemoveResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'members', type: 'message', of: 'etcdserverpb.Member', isRepeated: true },
  ],
  'etcdserverpb.MemberUpdateRequest': [
    { number: 1, name: 'ID', type: 'uint64' },
    { number: 2, name: 'peerURLs', type: 'string', isRepeated: true },
  ],
  'etcdserverpb.MemberUpdateResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'members', type: 'message', of: 'etcdserverpb.Member', isRepeated: true },
  ],
  'etcdserverpb.MemberListRequest': [
    { number: 1, name: 'linearizable', type: 'bool' },
  ],
  'etcdserverpb.MemberListResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'members', type: 'message', of: 'etcdserverpb.Member', isRepeated: true },
  ],
  'etcdserverpb.MemberPromoteRequest': [
    { number: 1, name: 'ID', type: 'uint64' },
  ],
  'etcdserverpb.MemberPromoteResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'members', type: 'message', of: 'etcdserverpb.Member', isRepeated: true },
  ],
  'etcdserverpb.DefragmentRequest': [],
  'etcdserverpb.DefragmentResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'etcdserverpb.MoveLeaderRequest': [
    { number: 1, name: 'targetID', type: 'uint64' },
  ],
  'etcdserverpb.MoveLeaderResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'etcdserverpb.AlarmRequest': [
    { number: 1, name: 'action', type: 'enum', values: AlarmRequest_AlarmAction },
    { number: 2, name: 'memberID', type: 'uint64' },
    { number: 3, name: 'alarm', type: 'enum', values: AlarmType },
  ],
  'etcdserverpb.AlarmMember': [
    { number: 1, name: 'memberID', type: 'uint64' },
    { number: 2, name: 'alarm', type: 'enum', values: AlarmType },
  ],
  'etcdserverpb.AlarmResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'alarms', type: 'message', of: 'etcdserverpb.AlarmMember', isRepeated: true },
  ],
  'etcdserverpb.DowngradeRequest': [
    { number: 1, name: 'action', type: 'enum', values: DowngradeRequest_DowngradeAction },
    { number: 2, name: 'version', type: 'string' },
  ],
  'etcdserverpb.DowngradeResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'version', type: 'string' },
  ],
  'etcdserverpb.DowngradeVersionTestRequest': [
    { number: 1, name: 'ver', type: 'string' },
  ],
  'etcdserverpb.StatusRequest': [],
  'etcdserverpb.StatusResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'version', type: 'string' },
    { number: 3, name: 'dbSize', type: 'int64' },
    { number: 4, name: 'leader', type: 'uint64' },
    { number: 5, name: 'raftIndex', type: 'uint64' },
    { number: 6, name: 'raftTerm', type: 'uint64' },
    { number: 7, name: 'raftAppliedIndex', type: 'uint64' },
    { number: 8, name: 'errors', type: 'string', isRepeated: true },
    { number: 9, name: 'dbSizeInUse', type: 'int64' },
    { number: 10, name: 'isLearner', type: 'bool' },
    { number: 11, name: 'storageVersion', type: 'string' },
    { number: 12, name: 'dbSizeQuota', type: 'int64' },
    { number: 13, name: 'downgradeInfo', type: 'message', of: 'etcdserverpb.DowngradeInfo' },
  ],
  'etcdserverpb.DowngradeInfo': [
    { number: 1, name: 'enabled', type: 'bool' },
    { number: 2, name: 'targetVersion', type: 'string' },
  ],
  'etcdserverpb.AuthEnableRequest': [],
  'etcdserverpb.AuthDisableRequest': [],
  'etcdserverpb.AuthStatusRequest': [],
  'etcdserverpb.AuthenticateRequest': [
    { number: 1, name: 'name', type: 'string' },
    { number: 2, name: 'password', type: 'string' },
  ],
  'etcdserverpb.AuthUserAddRequest': [
    { number: 1, name: 'name', type: 'string' },
    { number: 2, name: 'password', type: 'string' },
    { number: 3, name: 'options', type: 'message', of: 'authpb.UserAddOptions' },
    { number: 4, name: 'hashedPassword', type: 'string' },
  ],
  'etcdserverpb.AuthUserGetRequest': [
    { number: 1, name: 'name', type: 'string' },
  ],
  'etcdserverpb.AuthUserDeleteRequest': [
    { number: 1, name: 'name', type: 'string' },
  ],
  'etcdserverpb.AuthUserChangePasswordRequest': [
    { number: 1, name: 'name', type: 'string' },
    { number: 2, name: 'password', type: 'string' },
    { number: 3, name: 'hashedPassword', type: 'string' },
  ],
  'etcdserverpb.AuthUserGrantRoleRequest': [
    { number: 1, name: 'user', type: 'string' },
    { number: 2, name: 'role', type: 'string' },
  ],
  'etcdserverpb.AuthUserRevokeRoleRequest': [
    { number: 1, name: 'name', type: 'string' },
    { number: 2, name: 'role', type: 'string' },
  ],
  'etcdserverpb.AuthRoleAddRequest': [
    { number: 1, name: 'name', type: 'string' },
  ],
  'etcdserverpb.AuthRoleGetRequest': [
    { number: 1, name: 'role', type: 'string' },
  ],
  'etcdserverpb.AuthUserListRequest': [],
  'etcdserverpb.AuthRoleListRequest': [],
  'etcdserverpb.AuthRoleDeleteRequest': [
    { number: 1, name: 'role', type: 'string' },
  ],
  'etcdserverpb.AuthRoleGrantPermissionRequest': [
    { number: 1, name: 'name', type: 'string' },
    { number: 2, name: 'perm', type: 'message', of: 'authpb.Permission' },
  ],
  'etcdserverpb.AuthRoleRevokePermissionRequest': [
    { number: 1, name: 'role', type: 'string' },
    { number: 2, name: 'key', type: 'bytes' },
    { number: 3, name: 'range_end', type: 'bytes' },
  ],
  'etcdserverpb.AuthEnableResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'etcdserverpb.AuthDisableResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'etcdserverpb.AuthStatusResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'enabled', type: 'bool' },
    { number: 3, name: 'authRevision', type: 'uint64' },
  ],
  'etcdserverpb.AuthenticateResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'token', type: 'string' },
  ],
  'etcdserverpb.AuthUserAddResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'etcdserverpb.AuthUserGetResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'roles', type: 'string', isRepeated: true },
  ],
  'etcdserverpb.AuthUserDeleteResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'etcdserverpb.AuthUserChangePasswordResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'etcdserverpb.AuthUserGrantRoleResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'etcdserverpb.AuthUserRevokeRoleResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'etcdserverpb.AuthRoleAddResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'etcdserverpb.AuthRoleGetResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'perm', type: 'message', of: 'authpb.Permission', isRepeated: true },
  ],
  'etcdserverpb.AuthRoleListResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'roles', type: 'string', isRepeated: true },
  ],
  'etcdserverpb.AuthUserListResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'users', type: 'string', isRepeated: true },
  ],
  'etcdserverpb.AuthRoleDeleteResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'etcdserverpb.AuthRoleGrantPermissionResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'etcdserverpb.AuthRoleRevokePermissionResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'v3electionpb.CampaignRequest': [
    { number: 1, name: 'name', type: 'bytes' },
    { number: 2, name: 'lease', type: 'int64' },
    { number: 3, name: 'value', type: 'bytes' },
  ],
  'v3electionpb.CampaignResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'leader', type: 'message', of: 'v3electionpb.LeaderKey' },
  ],
  'v3electionpb.LeaderKey': [
    { number: 1, name: 'name', type: 'bytes' },
    { number: 2, name: 'key', type: 'bytes' },
    { number: 3, name: 'rev', type: 'int64' },
    { number: 4, name: 'lease', type: 'int64' },
  ],
  'v3electionpb.LeaderRequest': [
    { number: 1, name: 'name', type: 'bytes' },
  ],
  'v3electionpb.LeaderResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'kv', type: 'message', of: 'mvccpb.KeyValue' },
  ],
  'v3electionpb.ResignRequest': [
    { number: 1, name: 'leader', type: 'message', of: 'v3electionpb.LeaderKey' },
  ],
  'v3electionpb.ResignResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'v3electionpb.ProclaimRequest': [
    { number: 1, name: 'leader', type: 'message', of: 'v3electionpb.LeaderKey' },
    { number: 2, name: 'value', type: 'bytes' },
  ],
  'v3electionpb.ProclaimResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
  'v3lockpb.LockRequest': [
    { number: 1, name: 'name', type: 'bytes' },
    { number: 2, name: 'lease', type: 'int64' },
  ],
  'v3lockpb.LockResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
    { number: 2, name: 'key', type: 'bytes' },
  ],
  'v3lockpb.UnlockRequest': [
    { number: 1, name: 'key', type: 'bytes' },
  ],
  'v3lockpb.UnlockResponse': [
    { number: 1, name: 'header', type: 'message', of: 'etcdserverpb.ResponseHeader' },
  ],
};
