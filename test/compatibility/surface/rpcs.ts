/** Every RPC of etcd 3.7's services, of Lock and Election, and gRPC's own that etcd serves. */
import { cluster, conformance, differs, more, same, shownIn, type Row } from '../row.ts';

const snapshot = shownIn('test/snapshot');
const authOff = conformance('auth', 'anybody may change users and roles');
const authLists = conformance('auth', 'lists are in the order of names, roles of a user too');
const access = conformance('auth-access', 'What each RPC asks of its caller');
const members = cluster('members', 'print the same on Concord as on etcd, ids included');

const kv: readonly Row[] = [
  same(
    'etcdserverpb.KV/Range',
    conformance(
      'range',
      'reads one key, a half-open range, everything from a key on, and everything',
    ),
  ),
  same(
    'etcdserverpb.KV/RangeStream',
    conformance('range-stream', 'comes to what Range answers, whatever is asked of it'),
  ),
  same(
    'etcdserverpb.KV/Put',
    conformance('put', 'stores any bytes as key and value, and an absent value as an empty one'),
  ),
  same(
    'etcdserverpb.KV/DeleteRange',
    conformance('delete-range', 'removes the one key, or the half-open range'),
  ),
  same(
    'etcdserverpb.KV/Txn',
    conformance('txn', 'executes one branch in order, and later operations see earlier ones'),
  ),
  same(
    'etcdserverpb.KV/Compact',
    conformance('compact', 'forbids reads below its revision and allows them at it'),
  ),
];

const watchAndLease: readonly Row[] = [
  more(
    'etcdserverpb.Watch/Watch',
    'an open watch ends within a second of what allowed it being revoked',
    conformance('watch', 'delivers puts and deletions as they are, one response a revision'),
    conformance('watch-history', 'replays history from the start revision on, then goes live'),
    conformance('auth-access', 'hear within a second of what is revoked, and others go on'),
  ),
  same(
    'etcdserverpb.Lease/LeaseGrant',
    conformance('lease', 'grants the id that is asked for, once'),
  ),
  same(
    'etcdserverpb.Lease/LeaseRevoke',
    conformance('lease', 'revoking deletes every attached key, and a lease can be revoked once'),
  ),
  same(
    'etcdserverpb.Lease/LeaseKeepAlive',
    conformance('lease', 'keeps alive: one answer a request, in order, TTL 0 for an unknown lease'),
  ),
  same(
    'etcdserverpb.Lease/LeaseTimeToLive',
    conformance('lease', 'tells what is left of a lease, and its keys if asked'),
  ),
  same(
    'etcdserverpb.Lease/LeaseLeases',
    conformance('lease', 'lists the leases, the one that ends first first'),
  ),
];

const clusterRows: readonly Row[] = [
  same('etcdserverpb.Cluster/MemberAdd', members),
  same('etcdserverpb.Cluster/MemberRemove', members),
  same('etcdserverpb.Cluster/MemberUpdate', members),
  same(
    'etcdserverpb.Cluster/MemberList',
    conformance('cluster', 'lists the one member, linearizably'),
    members,
  ),
  same(
    'etcdserverpb.Cluster/MemberPromote',
    conformance('cluster', 'only a learner that is there is promoted'),
    members,
  ),
];

const maintenance: readonly Row[] = [
  more(
    'etcdserverpb.Maintenance/Alarm',
    'NOSPACE goes by itself once there is room',
    conformance('maintenance', 'NOSPACE blocks what needs space'),
    conformance('alarm', 'goes by itself once there is room, and comes again'),
  ),
  same(
    'etcdserverpb.Maintenance/Status',
    conformance(
      'maintenance',
      'status tells a version clients can parse, a size above zero, and itself as leader',
    ),
  ),
  differs(
    'etcdserverpb.Maintenance/Defragment',
    'answers at once and blocks nobody: freed pages are used again without it',
    conformance('maintenance', 'defragmenting answers without a header and changes nothing'),
  ),
  differs(
    'etcdserverpb.Maintenance/Hash',
    'a number of the stored pages, as in etcd; pages differ, so the number does',
    conformance('maintenance', 'hash tells a number, and the same one while nothing is written'),
  ),
  same(
    'etcdserverpb.Maintenance/HashKV',
    conformance('maintenance', 'the hash of a known history is known'),
    conformance('maintenance', 'a revision that was compacted to keeps the hash that it had'),
  ),
  same(
    'etcdserverpb.Maintenance/Snapshot',
    snapshot(
      'stream',
      'comes in pieces of 32 KiB that say what remains, and ends with their SHA-256',
    ),
    snapshot('interchange', "has a status that etcd's tool and ours agree on"),
  ),
  same(
    'etcdserverpb.Maintenance/MoveLeader',
    conformance(
      'maintenance',
      'leadership goes to nobody who is not there, and to the leader itself',
    ),
    members,
  ),
  differs(
    'etcdserverpb.Maintenance/Downgrade',
    "the cluster's version falls and rises as etcd's does; a member of an older etcd cannot take this one's place then: the way to it is a snapshot",
    conformance('maintenance', 'only the version before is a target, by two or three numbers'),
    conformance('maintenance', 'one takes the cluster to the version before, and back'),
  ),
];

const auth: readonly Row[] = [
  same(
    'etcdserverpb.Auth/AuthEnable',
    conformance(
      'auth',
      'it is off at first, and can be turned on once root exists and has the role root',
    ),
  ),
  same(
    'etcdserverpb.Auth/AuthDisable',
    conformance(
      'auth',
      'off makes it as it was, and tokens from before are none when it is on again',
    ),
  ),
  same(
    'etcdserverpb.Auth/AuthStatus',
    conformance('auth', 'status tells that it is off, and the revision, which each change raises'),
  ),
  more(
    'etcdserverpb.Auth/Authenticate',
    'guessing is slowed down',
    conformance('auth', 'only the right password gets one'),
    shownIn('apps/server/src/auth')(
      'guess-limit',
      'a hundred guesses take more than half an hour, whatever port they come from',
    ),
  ),
  ...['UserAdd', 'UserDelete', 'UserGrantRole', 'UserRevokeRole', 'RoleAdd', 'RoleDelete'].map(
    (name) => same(`etcdserverpb.Auth/${name}`, authOff),
  ),
  ...['UserGet', 'UserList', 'RoleList'].map((name) =>
    same(`etcdserverpb.Auth/${name}`, authLists),
  ),
  same(
    'etcdserverpb.Auth/UserChangePassword',
    conformance('auth', 'another password, and deletion, end the tokens of a user'),
  ),
  ...['RoleGet', 'RoleGrantPermission', 'RoleRevokePermission'].map((name) =>
    same(
      `etcdserverpb.Auth/${name}`,
      conformance('auth', 'permissions are kept by key, one for each range'),
      access,
    ),
  ),
];

const coordination: readonly Row[] = [
  more(
    'v3lockpb.Lock/Lock',
    'a waiter is told at once that its session has ended',
    conformance('lock', 'waiters have it in the order of their coming'),
    conformance('lock', 'a waiter is told at once that its own session has ended'),
  ),
  same(
    'v3lockpb.Lock/Unlock',
    conformance('lock', 'unlocking deletes the key, and one that is not there is no error'),
  ),
  more(
    'v3electionpb.Election/Campaign',
    'a candidate whose session has ended is told at once, and never elected',
    conformance('election', 'who campaigns alone wins, with a key that proves it'),
    conformance(
      'election',
      'a candidate is told at once that its own session has ended, and is never elected',
    ),
  ),
  more(
    'v3electionpb.Election/Proclaim',
    'without a lease it leaves the key on the one it has',
    conformance('election', 'proclaiming changes the value, for the leader alone'),
    conformance('election', 'proclaiming without a lease leaves the key on the one it has'),
  ),
  same(
    'v3electionpb.Election/Leader',
    conformance('election', 'without anybody there is no leader'),
  ),
  more(
    'v3electionpb.Election/Observe',
    'no leader is left out, however short each leads',
    conformance(
      'election',
      'observers see the leader of now, what it proclaims, and the next leader',
    ),
    conformance('election', 'an observer sees every leader, however short each leads'),
  ),
  same(
    'v3electionpb.Election/Resign',
    conformance(
      'election',
      'resigning lets the next one lead, and is success for who leads no more',
    ),
  ),
];

const ofGrpc: readonly Row[] = [
  same(
    'grpc.health.v1.Health/Check',
    conformance('health', 'the server as a whole serves, and there is no other service'),
  ),
  same('grpc.health.v1.Health/List', conformance('health', 'all services are listed')),
  more(
    'grpc.health.v1.Health/Watch',
    'who watches is told that the server stops',
    conformance('health', 'who watches is told at once, also that a service is not known'),
    conformance('health', 'who watches is told that the server stops'),
  ),
  more(
    'grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
    'etcd has none: tools such as grpcurl need no .proto files here',
    conformance('health', 'lists the services, itself included'),
  ),
  more(
    'grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo',
    'the same for older tools',
    conformance('health', 'the older version answers alike'),
  ),
];

export const rpcRows: readonly Row[] = [
  ...kv,
  ...watchAndLease,
  ...clusterRows,
  ...maintenance,
  ...auth,
  ...coordination,
  ...ofGrpc,
];
