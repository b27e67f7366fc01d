/**
 * Which path of the JSON gateway is which RPC: etcd's `google.api.http` bindings, additional ones included. What each
 * RPC takes and gives comes from the service descriptors.
 */
import {
  Auth,
  Cluster,
  Election,
  KV,
  Lease,
  Lock,
  Maintenance,
  Watch,
  type MethodDescriptor,
  type ServiceDescriptor,
} from '@concord/protocol';

/** A method that etcd's gateway leaves out has none; the test beside this file knows which. */
type Paths<Service extends ServiceDescriptor> = {
  readonly [Method in keyof Service['methods']]?: readonly string[];
};

/** Paths of every method of a service, below `/v3/`. */
const bind = <Service extends ServiceDescriptor>(
  service: Service,
  paths: Paths<Service>,
): [path: string, method: MethodDescriptor][] =>
  Object.entries<MethodDescriptor>(service.methods).flatMap(([name, method]) =>
    (paths[name] ?? []).map((path): [string, MethodDescriptor] => [path, method]),
  );

/** RPCs by path below `/v3/`. */
export const GATEWAY_ROUTES: ReadonlyMap<string, MethodDescriptor> = new Map([
  ...bind(KV, {
    range: ['kv/range'],
    put: ['kv/put'],
    deleteRange: ['kv/deleterange'],
    txn: ['kv/txn'],
    compact: ['kv/compaction'],
  }),
  ...bind(Watch, { watch: ['watch'] }),
  ...bind(Lease, {
    leaseGrant: ['lease/grant'],
    leaseRevoke: ['lease/revoke', 'kv/lease/revoke'],
    leaseKeepAlive: ['lease/keepalive'],
    leaseTimeToLive: ['lease/timetolive', 'kv/lease/timetolive'],
    leaseLeases: ['lease/leases', 'kv/lease/leases'],
  }),
  ...bind(Cluster, {
    memberAdd: ['cluster/member/add'],
    memberRemove: ['cluster/member/remove'],
    memberUpdate: ['cluster/member/update'],
    memberList: ['cluster/member/list'],
    memberPromote: ['cluster/member/promote'],
  }),
  ...bind(Maintenance, {
    alarm: ['maintenance/alarm'],
    status: ['maintenance/status'],
    defragment: ['maintenance/defragment'],
    hash: ['maintenance/hash'],
    hashKV: ['maintenance/hashkv'],
    snapshot: ['maintenance/snapshot'],
    moveLeader: ['maintenance/transfer-leadership'],
    downgrade: ['maintenance/downgrade'],
  }),
  ...bind(Auth, {
    authEnable: ['auth/enable'],
    authDisable: ['auth/disable'],
    authStatus: ['auth/status'],
    authenticate: ['auth/authenticate'],
    userAdd: ['auth/user/add'],
    userGet: ['auth/user/get'],
    userList: ['auth/user/list'],
    userDelete: ['auth/user/delete'],
    userChangePassword: ['auth/user/changepw'],
    userGrantRole: ['auth/user/grant'],
    userRevokeRole: ['auth/user/revoke'],
    roleAdd: ['auth/role/add'],
    roleGet: ['auth/role/get'],
    roleList: ['auth/role/list'],
    roleDelete: ['auth/role/delete'],
    roleGrantPermission: ['auth/role/grant'],
    roleRevokePermission: ['auth/role/revoke'],
  }),
  ...bind(Lock, { lock: ['lock/lock'], unlock: ['lock/unlock'] }),
  ...bind(Election, {
    campaign: ['election/campaign'],
    proclaim: ['election/proclaim'],
    leader: ['election/leader'],
    observe: ['election/observe'],
    resign: ['election/resign'],
  }),
]);
