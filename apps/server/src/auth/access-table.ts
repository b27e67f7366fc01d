/**
 * What each RPC asks of its caller while authentication is on. Every method that is served has a row, which a test
 * proves; a method without one is for root alone. The rows are the answers that etcd 3.7.3 gave.
 */
import {
  Auth,
  Cluster,
  Election,
  Health,
  KV,
  Lease,
  Lock,
  Maintenance,
  ServerReflection,
  Watch,
} from '@concord/protocol';

/**
 * - `open`: nobody is asked who he is
 * - `no-wrong-token`: nobody has to have a token, but who shows one has to have a good one
 * - `known`: any user
 * - `where-answered`: decided against the state in which the request is applied or answered
 * - `root`: who has the role root, decided when the call comes in
 */
export type Access = 'open' | 'no-wrong-token' | 'known' | 'where-answered' | 'root';

/** The same service under the name that it had before. */
export const OLDER_REFLECTION = '/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo';

export const accessTable: Readonly<Record<string, Access>> = {
  [KV.methods.range.path]: 'where-answered',
  [KV.methods.put.path]: 'where-answered',
  [KV.methods.deleteRange.path]: 'where-answered',
  [KV.methods.txn.path]: 'where-answered',
  [KV.methods.compact.path]: 'where-answered',
  [KV.methods.rangeStream.path]: 'where-answered',

  [Watch.methods.watch.path]: 'where-answered',

  [Lease.methods.leaseGrant.path]: 'known',
  [Lease.methods.leaseRevoke.path]: 'where-answered',
  [Lease.methods.leaseKeepAlive.path]: 'where-answered',
  [Lease.methods.leaseTimeToLive.path]: 'known',
  [Lease.methods.leaseLeases.path]: 'where-answered',

  [Cluster.methods.memberAdd.path]: 'root',
  [Cluster.methods.memberRemove.path]: 'root',
  [Cluster.methods.memberUpdate.path]: 'root',
  [Cluster.methods.memberPromote.path]: 'root',
  [Cluster.methods.memberList.path]: 'known',

  // Reading alarms; what changes them is decided where it is applied.
  [Maintenance.methods.alarm.path]: 'known',
  [Maintenance.methods.status.path]: 'known',
  [Maintenance.methods.defragment.path]: 'root',
  [Maintenance.methods.hash.path]: 'root',
  [Maintenance.methods.hashKV.path]: 'root',
  [Maintenance.methods.snapshot.path]: 'root',
  [Maintenance.methods.moveLeader.path]: 'root',
  [Maintenance.methods.downgrade.path]: 'root',

  [Auth.methods.authenticate.path]: 'open',
  [Auth.methods.authStatus.path]: 'no-wrong-token',
  [Auth.methods.authEnable.path]: 'where-answered',
  [Auth.methods.authDisable.path]: 'where-answered',
  [Auth.methods.userAdd.path]: 'where-answered',
  [Auth.methods.userGet.path]: 'where-answered',
  [Auth.methods.userList.path]: 'where-answered',
  [Auth.methods.userDelete.path]: 'where-answered',
  [Auth.methods.userChangePassword.path]: 'where-answered',
  [Auth.methods.userGrantRole.path]: 'where-answered',
  [Auth.methods.userRevokeRole.path]: 'where-answered',
  [Auth.methods.roleAdd.path]: 'where-answered',
  [Auth.methods.roleGet.path]: 'where-answered',
  [Auth.methods.roleList.path]: 'where-answered',
  [Auth.methods.roleDelete.path]: 'where-answered',
  [Auth.methods.roleGrantPermission.path]: 'where-answered',
  [Auth.methods.roleRevokePermission.path]: 'where-answered',

  // They are clients of the services above, with the credentials of whoever calls them.
  [Lock.methods.lock.path]: 'open',
  [Lock.methods.unlock.path]: 'open',
  [Election.methods.campaign.path]: 'open',
  [Election.methods.proclaim.path]: 'open',
  [Election.methods.leader.path]: 'open',
  [Election.methods.observe.path]: 'open',
  [Election.methods.resign.path]: 'open',

  [Health.methods.check.path]: 'open',
  [Health.methods.list.path]: 'open',
  [Health.methods.watch.path]: 'open',

  // What is served is no secret: the contracts are public.
  [ServerReflection.methods.serverReflectionInfo.path]: 'open',
  [OLDER_REFLECTION]: 'open',
};

export const accessOf = (path: string): Access => accessTable[path] ?? 'root';
