/**
 * A session of the newest etcdctl, as data: what Debian's has no command for or says otherwise, in every output
 * format that it can be compared in: members and learners, and authentication from the first user to the last.
 */
import { step } from './etcdctl-script.ts';
import type { Step } from './etcdctl-script.ts';

type More = Omit<Step, 'args'>;

/** The command in each format that says the same on every run. */
function inAllFormats(line: string, more: More = {}): Step[] {
  return ['', ' -w json', ' -w fields', ' -w table'].map((format) => step(line + format, more));
}

const BRANCHES = 'mod("k1") > "0"\n\nput k1 x\nget k1\n\ndel k1\nget k2\n\n';

const KEYS: readonly Step[] = [
  ...['k1 v1', 'k2 v2', 'k3 v3', 'k1 v1b'].map((pair) => step(`put ${pair}`)),
  ...inAllFormats('get k1'),
  ...inAllFormats('get k --prefix'),
  ...inAllFormats('get k --prefix --count-only'),
  step('get k --prefix --min-mod-rev=3'),
  step('get k --prefix --max-mod-rev=3'),
  step('get k --prefix --min-create-rev=3'),
  step('get k --prefix --max-create-rev=3'),
  ...inAllFormats('put k1 v'),
  ...inAllFormats('put k1 v --prev-kv'),
  ...inAllFormats('del k1 --prev-kv'),
  step('del k2 k4 --range -w json'),
  step('del k1 k4 --range --prev-kv'),
  ...inAllFormats('txn', { input: BRANCHES }),
  step('compaction 3'),
  step('compaction 3'),
  step('compaction 0'),
  step('compaction 999'),
  step('watch k1 --rev=1'),
  step('endpoint hashkv --rev=1'),
  step('endpoint hashkv --rev=1000'),
  ...inAllFormats('alarm list'),
  step('move-leader 123'),
];

const LEARNER = ['learner', /Member +([0-9a-f]{15,16}) added/] as const;

const MEMBERS: readonly Step[] = [
  ...inAllFormats('member list'),
  step('member list --consistency=s'),
  step('member add m2 --peer-urls=foo'),
  step('member remove 123abc'),
  step('member update 123abc --peer-urls=http://127.0.0.1:1'),
  step('member promote 123abc'),
  step('member add l1 --learner --peer-urls=http://127.0.0.1:1', { capture: LEARNER }),
  step('member add l2 --learner --peer-urls=http://127.0.0.1:2'),
  step('member promote $learner'),
  step('move-leader $learner'),
  step('member update $learner --peer-urls=http://127.0.0.1:3'),
  step('put written while-a-learner-is-away'),
  step('member remove $learner'),
  step('member remove $learner'),
  step('member promote $learner'),
  step('member list'),
];

const ROLES: readonly Step[] = [
  ...inAllFormats('auth status'),
  step('auth disable'),
  step('auth enable'),
  step('role add r1'),
  step('role add r1'),
  step("role add ''"),
  step('role add r2 -w json'),
  ...inAllFormats('role list'),
  step('role get nope'),
  ...inAllFormats('role grant-permission r1 readwrite foo'),
  step('role grant-permission r1 read a b'),
  step('role grant-permission r1 write p/ --prefix'),
  step('role grant-permission r1 read z --from-key'),
  step('role grant-permission nope read z'),
  step('role grant-permission r1 bogus z'),
  step('role grant-permission r1 read b a'),
  ...inAllFormats('role get r1'),
  step('role revoke-permission r1 a b'),
  step('role revoke-permission r1 a b'),
  step('role revoke-permission r1 z --from-key'),
  step('role revoke-permission nope a'),
  step('role revoke-permission r1 p/ --prefix -w json'),
  step('role get r1'),
];

const USERS: readonly Step[] = [
  step('user add root:rootpw'),
  step('user add root:rootpw'),
  step('user add u1:pw'),
  step('user add u2:pw -w json'),
  step('user add u3 --no-password'),
  step('user add u4 --interactive=false', { input: 'pw4\n' }),
  step('user add :pw'),
  ...inAllFormats('user list'),
  ...inAllFormats('user get u1'),
  step('user get nope'),
  step('auth enable'),
  step('user grant-role root root'),
  step('role add root'),
  step('user grant-role root root'),
  ...inAllFormats('user grant-role u1 r1'),
  step('user grant-role u1 nope'),
  step('user grant-role nope r1'),
  step('user get u1 --detail'),
  step('user passwd u2 --interactive=false', { input: 'pw2\n' }),
  step('user passwd nope --interactive=false', { input: 'pw2\n' }),
  step('user revoke-role u1 r1'),
  step('user revoke-role u1 r1'),
  step('user grant-role u1 r1'),
  step('user grant-role u2 r2'),
];

const LEASE = ['lease', /lease ([0-9a-f]{16})/] as const;

const AUTHENTICATED: readonly Step[] = [
  step('auth enable'),
  ...['', '--user=root:bad ', '--user=nope:x ', '--user=u3:x ', '--user=u2:pw2 '].map((user) =>
    step(`${user}get foo`),
  ),
  step('--user=root:rootpw auth status'),
  ...[
    'put foo bar',
    'get foo',
    'get other',
    'put other x',
    'del foo --prev-kv',
    'del foo --prefix',
    'user list',
    'user get u1',
    'user get u2',
    'role get r1',
    'role get r2',
    'member list',
    'endpoint health',
    'alarm list',
    'defrag',
    'endpoint hashkv',
    'compaction 5',
    'move-leader 123',
    'watch other',
    'auth disable',
  ].map((command) => step(`--user=u1:pw ${command}`)),
  ...['member list', 'endpoint health', 'endpoint status', 'lease grant 9', 'watch foo'].map(
    (command) => step(command),
  ),
  step('--user=u1:pw lease grant 100', { capture: LEASE }),
  step('--user=u1:pw put foo x --lease=$lease'),
  step('--user=u2:pw2 lease revoke $lease'),
  step('--user=u2:pw2 lease timetolive $lease --keys'),
  step('--user=u2:pw2 lease keep-alive --once $lease'),
  step('lease list'),
  step('lease timetolive $lease'),
  step('lease keep-alive --once $lease'),
  step('lease revoke $lease'),
  step('--user=u1:pw txn', { input: 'ver("foo") > "0"\n\nget foo\n\nput other 1\n\n' }),
  step('--user=u1:pw txn', { input: 'ver("other") > "0"\n\nget foo\n\nput foo 1\n\n' }),
  ...[
    'user delete root',
    'role delete root',
    'user revoke-role root root',
    'user delete u4',
    'user delete u4',
    'role delete r2',
    'user get u2',
    'get foo',
    'endpoint health',
    'lock l1 echo locked',
    'auth disable',
    'auth disable',
  ].map((command) => step(`--user=root:rootpw ${command}`)),
  step('auth status'),
  step('lock l1', { untilLines: 1 }),
  step('elect e1 me', { untilLines: 2 }),
];

/** The whole session, in order. */
export const NEWEST_SESSION: readonly Step[] = [
  ...KEYS,
  ...MEMBERS,
  ...ROLES,
  ...USERS,
  ...AUTHENTICATED,
];
