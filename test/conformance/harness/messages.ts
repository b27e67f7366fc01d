/**
 * etcd's messages as this client shows them: proto field names, 64-bit integers as decimal strings, enums
 * by name (a number where the name is unknown), bytes as Buffers. Fields of a response are always present
 * except messages and members of a oneof.
 */
export type Int64 = number | string;
export type EnumValue = number | string;

export interface Header {
  readonly cluster_id: string;
  readonly member_id: string;
  readonly revision: string;
  readonly raft_term: string;
}

export interface KeyValue {
  readonly key: Buffer;
  readonly create_revision: string;
  readonly mod_revision: string;
  readonly version: string;
  readonly value: Buffer;
  readonly lease: string;
}

export interface RangeRequest {
  readonly key?: Buffer;
  readonly range_end?: Buffer;
  readonly limit?: Int64;
  readonly revision?: Int64;
  readonly sort_order?: EnumValue;
  readonly sort_target?: EnumValue;
  readonly serializable?: boolean;
  readonly keys_only?: boolean;
  readonly count_only?: boolean;
  readonly min_mod_revision?: Int64;
  readonly max_mod_revision?: Int64;
  readonly min_create_revision?: Int64;
  readonly max_create_revision?: Int64;
}

export interface RangeResponse {
  readonly header: Header | null;
  readonly kvs: readonly KeyValue[];
  readonly more: boolean;
  readonly count: string;
}

export interface PutRequest {
  readonly key?: Buffer;
  readonly value?: Buffer;
  readonly lease?: Int64;
  readonly prev_kv?: boolean;
  readonly ignore_value?: boolean;
  readonly ignore_lease?: boolean;
}

export interface PutResponse {
  readonly header: Header | null;
  readonly prev_kv: KeyValue | null;
}

export interface DeleteRangeRequest {
  readonly key?: Buffer;
  readonly range_end?: Buffer;
  readonly prev_kv?: boolean;
}

export interface DeleteRangeResponse {
  readonly header: Header | null;
  readonly deleted: string;
  readonly prev_kvs: readonly KeyValue[];
}

export interface Compare {
  readonly result?: EnumValue;
  readonly target?: EnumValue;
  readonly key?: Buffer;
  readonly range_end?: Buffer;
  readonly version?: Int64;
  readonly create_revision?: Int64;
  readonly mod_revision?: Int64;
  readonly value?: Buffer;
  readonly lease?: Int64;
}

/** One member of the oneof is set, or none: an empty operation. */
export interface RequestOp {
  readonly request_range?: RangeRequest;
  readonly request_put?: PutRequest;
  readonly request_delete_range?: DeleteRangeRequest;
  readonly request_txn?: TxnRequest;
}

export interface ResponseOp {
  readonly response_range?: RangeResponse;
  readonly response_put?: PutResponse;
  readonly response_delete_range?: DeleteRangeResponse;
  readonly response_txn?: TxnResponse;
}

export interface TxnRequest {
  readonly compare?: readonly Compare[];
  readonly success?: readonly RequestOp[];
  readonly failure?: readonly RequestOp[];
}

export interface TxnResponse {
  readonly header: Header | null;
  readonly succeeded: boolean;
  readonly responses: readonly ResponseOp[];
}

export interface CompactionRequest {
  readonly revision?: Int64;
  readonly physical?: boolean;
}

export interface HeaderOnly {
  readonly header: Header | null;
}

export interface LeaseGrantRequest {
  readonly TTL?: Int64;
  readonly ID?: Int64;
}

export interface LeaseGrantResponse {
  readonly header: Header | null;
  readonly ID: string;
  readonly TTL: string;
  readonly error: string;
}

export interface LeaseRequest {
  readonly ID?: Int64;
}

export interface LeaseKeepAliveResponse {
  readonly header: Header | null;
  readonly ID: string;
  readonly TTL: string;
}

export interface LeaseTimeToLiveRequest {
  readonly ID?: Int64;
  readonly keys?: boolean;
}

export interface LeaseTimeToLiveResponse {
  readonly header: Header | null;
  readonly ID: string;
  readonly TTL: string;
  readonly grantedTTL: string;
  readonly keys: readonly Buffer[];
}

export interface LeaseLeasesResponse {
  readonly header: Header | null;
  readonly leases: readonly { readonly ID: string }[];
}

export interface Member {
  readonly ID: string;
  readonly name: string;
  readonly peerURLs: readonly string[];
  readonly clientURLs: readonly string[];
  readonly isLearner: boolean;
}

export interface MemberListResponse {
  readonly header: Header | null;
  readonly members: readonly Member[];
}

export interface AlarmRequest {
  readonly action?: EnumValue;
  readonly memberID?: Int64;
  readonly alarm?: EnumValue;
}

export interface AlarmResponse {
  readonly header: Header | null;
  readonly alarms: readonly { readonly memberID: string; readonly alarm: EnumValue }[];
}

export interface StatusResponse {
  readonly header: Header | null;
  readonly version: string;
  readonly dbSize: string;
  readonly leader: string;
  readonly raftIndex: string;
  readonly raftTerm: string;
  readonly raftAppliedIndex: string;
  readonly errors: readonly string[];
  readonly dbSizeInUse: string;
  readonly isLearner: boolean;
  readonly storageVersion: string;
  readonly dbSizeQuota: string;
  readonly downgradeInfo: { readonly enabled: boolean; readonly targetVersion: string } | null;
}

export interface HashResponse {
  readonly header: Header | null;
  readonly hash: number;
}

export interface HashKVResponse {
  readonly header: Header | null;
  readonly hash: number;
  readonly compact_revision: string;
  readonly hash_revision: string;
}

export interface WatchCreateRequest {
  readonly key?: Buffer;
  readonly range_end?: Buffer;
  readonly start_revision?: Int64;
  readonly progress_notify?: boolean;
  readonly filters?: readonly EnumValue[];
  readonly prev_kv?: boolean;
  readonly watch_id?: Int64;
  readonly fragment?: boolean;
}

export interface WatchRequest {
  readonly create_request?: WatchCreateRequest;
  readonly cancel_request?: { readonly watch_id?: Int64 };
  readonly progress_request?: object;
}

export interface WatchEvent {
  readonly type: EnumValue;
  readonly kv: KeyValue | null;
  readonly prev_kv: KeyValue | null;
}

export interface WatchResponse {
  readonly header: Header | null;
  readonly watch_id: string;
  readonly created: boolean;
  readonly canceled: boolean;
  readonly compact_revision: string;
  readonly cancel_reason: string;
  readonly fragment: boolean;
  readonly events: readonly WatchEvent[];
}

export interface Permission {
  readonly permType?: EnumValue;
  readonly key?: Buffer;
  readonly range_end?: Buffer;
}

export interface UserAddRequest {
  readonly name?: string;
  readonly password?: string;
  readonly options?: { readonly no_password?: boolean };
  readonly hashedPassword?: string;
}

export interface PermissionRange {
  readonly role?: string;
  readonly key?: Buffer;
  readonly range_end?: Buffer;
}

export interface RangeStreamResponse {
  readonly range_response: RangeResponse | null;
}

export interface DowngradeRequest {
  readonly action?: EnumValue;
  readonly version?: string;
}

export interface DowngradeResponse {
  readonly header: Header | null;
  readonly version: string;
}

export interface LockRequest {
  readonly name?: Buffer;
  readonly lease?: Int64;
}

export interface LockResponse {
  readonly header: Header | null;
  readonly key: Buffer;
}

export interface CampaignRequest extends LockRequest {
  readonly value?: Buffer;
}

export interface LeaderKey {
  readonly name: Buffer;
  readonly key: Buffer;
  readonly rev: string;
  readonly lease: string;
}

export interface CampaignResponse {
  readonly header: Header | null;
  readonly leader: LeaderKey | null;
}

export interface ProclaimRequest {
  readonly leader?: Partial<LeaderKey>;
  readonly value?: Buffer;
}

export interface LeaderResponse {
  readonly header: Header | null;
  readonly kv: KeyValue | null;
}

export interface HealthCheckResponse {
  readonly status: EnumValue;
}

export interface ReflectionRequest {
  readonly file_by_filename?: string;
  readonly file_containing_symbol?: string;
  readonly file_containing_extension?: { readonly containing_type: string };
  readonly all_extension_numbers_of_type?: string;
  readonly list_services?: string;
}

export interface ReflectionResponse {
  readonly original_request: ReflectionRequest | null;
  readonly file_descriptor_response?: { readonly file_descriptor_proto: readonly Buffer[] };
  readonly all_extension_numbers_response?: { readonly base_type_name: string };
  readonly list_services_response?: { readonly service: readonly { readonly name: string }[] };
  readonly error_response?: { readonly error_code: number; readonly error_message: string };
}

/** Request and response of every unary method this client calls, by the method's name. */
export interface UnaryMethods {
  Range: [RangeRequest, RangeResponse];
  Put: [PutRequest, PutResponse];
  DeleteRange: [DeleteRangeRequest, DeleteRangeResponse];
  Txn: [TxnRequest, TxnResponse];
  Compact: [CompactionRequest, HeaderOnly];
  LeaseGrant: [LeaseGrantRequest, LeaseGrantResponse];
  LeaseRevoke: [LeaseRequest, HeaderOnly];
  LeaseTimeToLive: [LeaseTimeToLiveRequest, LeaseTimeToLiveResponse];
  LeaseLeases: [object, LeaseLeasesResponse];
  MemberList: [{ readonly linearizable?: boolean }, MemberListResponse];
  Alarm: [AlarmRequest, AlarmResponse];
  Status: [object, StatusResponse];
  Defragment: [object, HeaderOnly];
  Hash: [object, HashResponse];
  HashKV: [{ readonly revision?: Int64 }, HashKVResponse];
  AuthEnable: [object, HeaderOnly];
  AuthDisable: [object, HeaderOnly];
  AuthStatus: [object, HeaderOnly & { readonly enabled: boolean; readonly authRevision: string }];
  Authenticate: [
    { readonly name?: string; readonly password?: string },
    HeaderOnly & { readonly token: string },
  ];
  UserAdd: [UserAddRequest, HeaderOnly];
  UserGet: [{ readonly name?: string }, HeaderOnly & { readonly roles: readonly string[] }];
  UserList: [object, HeaderOnly & { readonly users: readonly string[] }];
  UserDelete: [{ readonly name?: string }, HeaderOnly];
  UserChangePassword: [{ readonly name?: string; readonly password?: string }, HeaderOnly];
  UserGrantRole: [{ readonly user?: string; readonly role?: string }, HeaderOnly];
  UserRevokeRole: [{ readonly name?: string; readonly role?: string }, HeaderOnly];
  RoleAdd: [{ readonly name?: string }, HeaderOnly];
  RoleGet: [{ readonly role?: string }, HeaderOnly & { readonly perm: readonly Permission[] }];
  RoleList: [object, HeaderOnly & { readonly roles: readonly string[] }];
  RoleDelete: [{ readonly role?: string }, HeaderOnly];
  RoleGrantPermission: [{ readonly name?: string; readonly perm?: Permission }, HeaderOnly];
  RoleRevokePermission: [PermissionRange, HeaderOnly];
  MoveLeader: [{ readonly targetID?: Int64 }, HeaderOnly];
  Downgrade: [DowngradeRequest, DowngradeResponse];
  MemberPromote: [{ readonly ID?: Int64 }, MemberListResponse];
  MemberUpdate: [
    { readonly ID?: Int64; readonly peerURLs?: readonly string[] },
    MemberListResponse,
  ];
  Lock: [LockRequest, LockResponse];
  Unlock: [{ readonly key?: Buffer }, HeaderOnly];
  Campaign: [CampaignRequest, CampaignResponse];
  Proclaim: [ProclaimRequest, HeaderOnly];
  Leader: [{ readonly name?: Buffer }, LeaderResponse];
  Resign: [ProclaimRequest, HeaderOnly];
  'health.Check': [{ readonly service?: string }, HealthCheckResponse];
  'health.List': [object, { readonly statuses: Readonly<Record<string, HealthCheckResponse>> }];
}

export type UnaryMethod = keyof UnaryMethods;
export type RequestOf<M extends UnaryMethod> = UnaryMethods[M][0];
export type ResponseOf<M extends UnaryMethod> = UnaryMethods[M][1];
